package belfry.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.base.Json;
import belfry.wire.ServiceException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventPatternTest {
    /** What AWS answered to each of these (see ORIGIN.md beside the file). */
    @TestFactory
    Stream<DynamicTest> answersAsAwsDid() throws IOException {
        try (InputStream file = EventPatternTest.class.getResourceAsStream("eventbridge-patterns.json")) {
            String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            return StreamSupport.stream(Json.parse(text).spliterator(), false)
                    .map(one -> DynamicTest.dynamicTest(one.path("name").asText(), () -> check(one)));
        }
    }

    private static void check(JsonNode one) {
        String pattern = Json.write(one.path("pattern"));
        if (one.path("expected").asText().equals("exception")) {
            assertThatThrownBy(() -> EventPattern.check(pattern))
                    .isInstanceOfSatisfying(
                            ServiceException.class,
                            refused -> assertThat(refused.code()).isEqualTo("InvalidEventPatternException"))
                    .hasMessageStartingWith("Event pattern is not valid. Reason: ");
        } else {
            EventPattern.check(pattern);
            assertThat(EventPattern.matches(pattern, one.path("event")))
                    .isEqualTo(one.path("expected").asBoolean());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"int\":42}|\"int\" must be an object or an array",
                "{\"a\":[{\"NUMERIC\":[\"=\",1]}]}|Unrecognized match type NUMERIC",
                "{\"a\":[]}|Empty arrays are not allowed",
                "{\"a\":[{\"numeric\":\">\"}]}|Value of numeric must be an array.",
                "{\"a\":[{\"wildcard\":\"a**b\"}]}|Consecutive wildcard characters at pos 2",
                "{\"a\":[{\"cidr\":\"10.0.0.0\"}]}|Malformed CIDR, one '/' required",
                "{\"a\":[{\"wildcard\":\"*:*:*:*:*:event-bus/*\"}]}|Rule is too complex - try using fewer",
                "\"x\"|Filter is not an object at [Source: (String)\"\"x\"\"; line: 1, column: 2]"
            })
    void complainsInTheWordsOfAws(String pattern, String reason) {
        assertThatThrownBy(() -> EventPattern.check(pattern))
                .hasMessageStartingWith("Event pattern is not valid. Reason: " + reason);
    }

    @Test
    void anOrdinaryWildcardIsNotTooComplex() {
        EventPattern.check("{\"detail\":{\"secret\":[{\"wildcard\":\"arn:aws:secretsmanager:*:*:secret:prod/*\"}]}}");
    }
}
