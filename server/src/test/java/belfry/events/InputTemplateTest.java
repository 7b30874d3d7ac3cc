package belfry.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class InputTemplateTest {
    private static final JsonNode EVENT = Json.parse("""
            {"version":"0","id":"7","detail-type":"T","source":"s","account":"1","time":"t","region":"r","resources":["A","B"],
            "detail":{"who":"a \\"quoted\\" name","count":3,"list":["x","y"],"map":{"acc_id":"x"},"deep":[{"n":1}]}}""");
    private static final InputTemplate.Circumstances AT =
            new InputTemplate.Circumstances("arn:rule", "name", Instant.parse("2026-03-02T10:00:00Z"));

    private static String fill(String template, Map<String, String> paths) {
        return new TargetInput.Template(new TreeMap<>(paths), template).apply(EVENT, AT);
    }

    @Test
    void insideQuotesValuesBecomeText() {
        assertThat(fill(
                        "\"<who> counts <count>, <list> and <map> <none>.\"",
                        Map.of(
                                "who", "$.detail.who",
                                "count", "$.detail.count",
                                "list", "$.resources",
                                "map", "$.detail.map",
                                "none", "$.detail.none")))
                .isEqualTo("\"a \\\"quoted\\\" name counts 3, [A,B] and {acc_id:x} .\"");
    }

    @Test
    void outsideQuotesValuesKeepTheirType() {
        assertThat(fill(
                        "{\"who\": <who>, \"n\": <n>, \"list\": <list>, \"text\": \"n=<n>\"}",
                        Map.of("who", "$.detail.who", "n", "$.detail.deep[0].n", "list", "$.detail['list']")))
                .isEqualTo(
                        "{\"who\": \"a \\\"quoted\\\" name\", \"n\": 1, \"list\": [\"x\",\"y\"], \"text\": \"n=1\"}");
    }

    @Test
    void severalLinesOfTextStaySeveral() {
        assertThat(fill("\"first <n>\"\n\"second\"", Map.of("n", "$.detail.count")))
                .isEqualTo("\"first 3\"\n\"second\"");
    }

    @Test
    void someNamesNeedNoPath() {
        assertThat(fill("{\"rule\": <aws.events.rule-arn>, \"all\": <aws.events.event.json>}", Map.of()))
                .isEqualTo("{\"rule\": \"arn:rule\", \"all\": " + Json.write(EVENT) + "}");
        assertThat(fill("{\"e\": <aws.events.event>}", Map.of()))
                .contains("\"detailType\":\"T\"")
                .doesNotContain("\"detail\":");
    }

    @Test
    void aHoleInADocumentBreaksIt() {
        assertThatThrownBy(() -> fill("{\"a\": <none>}", Map.of("none", "$.detail.none")))
                .isInstanceOf(TargetInput.BadInputException.class);
    }

    @Test
    void textWithoutQuotesIsNoTemplate() {
        assertThatThrownBy(() -> InputTemplate.check("Secret <s> was read"))
                .isInstanceOf(TargetInput.BadInputException.class);
    }

    @Test
    void aPathGivesAPartAsJson() {
        assertThat(new TargetInput.Part("$.detail.map").apply(EVENT, AT)).isEqualTo("{\"acc_id\":\"x\"}");
        assertThat(new TargetInput.Part("$.source").apply(EVENT, AT)).isEqualTo("\"s\"");
        assertThat(new TargetInput.Part("$.detail-type").apply(EVENT, AT)).isEqualTo("\"T\"");
    }
}
