package belfry.trail;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.api.Services;
import belfry.base.Clock;
import belfry.base.Ids;
import belfry.base.Json;
import belfry.store.SqliteStore;
import belfry.wire.Operation;
import belfry.wire.ServiceException;
import belfry.wire.Struct;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same calls as in AWS's own records (from DataDog/stratus-red-team, Apache-2.0), told by our recorder: the same
 * members, the same parameters, the same answers.
 */
class RealRecordsTest {
    /** The order in which AWS writes members (semantics: cloudtrail.md §1.1); the copies of the records are sorted. */
    private static final List<String> ORDER = List.of(
            "eventVersion",
            "userIdentity",
            "eventTime",
            "eventSource",
            "eventName",
            "awsRegion",
            "sourceIPAddress",
            "userAgent",
            "errorCode",
            "errorMessage",
            "requestParameters",
            "responseElements",
            "additionalEventData",
            "requestID",
            "eventID",
            "readOnly",
            "resources",
            "eventType",
            "apiVersion",
            "managementEvent",
            "recipientAccountId",
            "sharedEventID",
            "vpcEndpointId",
            "eventCategory",
            "tlsDetails");

    @TempDir
    private Path folder;

    static Stream<JsonNode> records() throws IOException {
        try (InputStream in = RealRecordsTest.class.getResourceAsStream("/belfry/trail/real-records.json")) {
            List<JsonNode> records = new ArrayList<>();
            Json.parse(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .forEach(records::add);
            return records.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("records")
    void oursIsLikeTheRealOne(JsonNode real) {
        JsonNode ours = recorded(real);
        List<String> members = names(real);
        // Known only where the connection is encrypted.
        members.remove("tlsDetails");
        assertThat(names(ours)).containsExactlyInAnyOrderElementsOf(members);
        assertThat(names(ours)).isSubsetOf(ORDER).isSortedAccordingTo((a, b) -> ORDER.indexOf(a) - ORDER.indexOf(b));
        for (String same : List.of(
                "eventSource",
                "eventName",
                "eventType",
                "readOnly",
                "managementEvent",
                "eventCategory",
                "errorCode",
                "errorMessage",
                "requestParameters",
                "responseElements")) {
            assertThat(ours.get(same)).as(same).isEqualTo(real.get(same));
        }
        if (real.has("resources")) {
            assertThat(names(ours.at("/resources/0")))
                    .containsExactlyInAnyOrderElementsOf(names(real.at("/resources/0")));
        }
    }

    private JsonNode recorded(JsonNode real) {
        String service = real.get("eventSource").asText().split("\\.")[0];
        Operation operation = Services.ALL.stream()
                .filter(known -> known.name().equals(service))
                .findFirst()
                .orElseThrow()
                .model()
                .operation(real.get("eventName").asText());
        try (SqliteStore store = new SqliteStore(folder.resolve("test.db"), bell -> {})) {
            Given call = new Given(store).in(real.get("awsRegion").asText());
            Struct input = real.get("requestParameters").isNull()
                    ? null
                    : SampleStructs.read(Objects.requireNonNull(operation.input()), real.get("requestParameters"));
            if (real.has("resources")) {
                call.touching(
                        real.at("/resources/0/type").asText(),
                        real.at("/resources/0/ARN").asText());
            }
            var exchange = real.has("errorCode")
                    ? call.refused(
                            service,
                            operation.name(),
                            input,
                            ServiceException.of(
                                    real.get("errorCode").asText(),
                                    real.get("errorMessage").asText()))
                    : call.answered(service, operation.name(), input, answer(operation, real.get("responseElements")));
            TrailRecorder recorder = new TrailRecorder(store, Clock.stoppedAt(Given.NOW), new Ids(new Random(1)));
            store.change(tx -> recorder.record(tx, exchange));
            return Json.parse(
                    store.read(tx -> TrailEvents.after(tx, 0, 2)).getFirst().json());
        }
    }

    private static @Nullable Struct answer(Operation operation, JsonNode shown) {
        if (operation.output() == null) {
            return null;
        }
        return shown.isNull()
                ? SampleStructs.full(operation.output(), "m")
                : SampleStructs.read(operation.output(), shown);
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
