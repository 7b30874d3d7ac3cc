package belfry.engine.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows and traps of semantics/filter-patterns.md. */
class FilterPatternTest {
    private static final String APACHE =
            "127.0.0.1 Prod frank [10/Oct/2000:13:25:15 -0700] \"GET /index.html HTTP/1.0\" 404 1534";

    @Test
    void parsesEveryPatternPeopleUse() {
        SoftAssertions softly = new SoftAssertions();
        for (String pattern : Fixtures.patterns()) {
            softly.assertThatCode(() -> FilterPattern.parse(pattern))
                    .as(pattern)
                    .doesNotThrowAnyException();
        }
        assertThat(Fixtures.patterns()).hasSize(176);
        softly.assertAll();
    }

    static Stream<JsonNode> docExamples() {
        return Fixtures.docExamples().stream();
    }

    @ParameterizedTest
    @MethodSource("docExamples")
    void agreesWithTheGuide(JsonNode row) {
        String pattern = row.get("pattern").asText();
        if (row.get("match").isNull()) {
            assertThatThrownBy(() -> FilterPattern.parse(pattern)).isInstanceOf(PatternException.class);
            return;
        }
        boolean expected = row.get("match").asBoolean() != row.has("contradicts");
        assertThat(FilterPattern.parse(pattern).matches(row.get("log").asText()))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "=|absent|false", "=|null|false", "=|\"v\"|true", "=|\"w\"|false", "=|{}|false", "=|[\"v\"]|false",
                "!=|absent|false", "!=|null|false", "!=|\"v\"|false", "!=|\"w\"|true", "!=|{}|false", "!=|[1]|false"
            })
    void truthTableOfEquality(String operator, String value, boolean expected) {
        assertThat(holds("{ $.f " + operator + " \"v\" }", value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "= \"*\"|absent|false",
                "= \"*\"|null|false",
                "= \"*\"|\"x\"|true",
                "= *|7|true",
                "= *|{}|false",
                "= *|true|true",
                "< 5|absent|false",
                "< 5|4|true",
                "< 5|\"4\"|true",
                "< 5|\"x\"|false",
                "< 5|null|false",
                "< 5|[]|false",
                "IS NULL|absent|false",
                "IS NULL|null|true",
                "IS NULL|\"null\"|false",
                "IS NULL|{}|false",
                "IS TRUE|true|true",
                "IS TRUE|\"true\"|false",
                "IS FALSE|false|true",
                "IS FALSE|true|false",
                "is true|true|true",
                "NOT EXISTS|absent|true",
                "NOT EXISTS|null|false",
                "NOT EXISTS|\"x\"|false",
                "NOT EXISTS|{}|false",
                "= 400|400|true",
                "= 400|400.0|true",
                "= 400|\"400\"|true",
                "= 400|4e2|true",
                "!= 400|\"x\"|true",
                "= \"400\"|400|true",
                "= \"4*\"|404|true",
                "= 4*|404|true",
                "= true|true|true",
                "= false|true|false",
                "= 1e-3|0.001|true",
                "> +1000|1001|true",
                ">= 55.5|55.5|true",
                "<= N|5|false",
                "= 9007199254740993|9007199254740992|false",
                "= Ev*ent|\"Event\"|false",
                "= Ev*ent|\"Ev*ent\"|true",
                "= \"a\\\"b\"|\"a\\\"b\"|true",
                "= \"\"|\"\"|true",
                "!= \"\"|\"\"|false",
                "= *.32xlarge|\"m5.32xlarge\"|true",
                "= \"\u00e9\"|\"\\u00e9\"|true",
                "= %^a.c$%|\"a\u00e9c\"|true",
                "!= %b%|\"abc\"|false"
            })
    void truthTableOfTheRest(String condition, String value, boolean expected) {
        assertThat(holds("{ $.f " + condition + " }", value)).isEqualTo(expected);
    }

    private static boolean holds(String pattern, String value) {
        String line = value.equals("absent") ? "{\"g\":1}" : "{\"g\":1,\"f\":" + value + "}";
        return FilterPattern.parse(pattern).matches(line);
    }

    @Test
    void jsonPatternsNeverMatchWhatIsNoObject() {
        FilterPattern pattern = FilterPattern.parse("{ $.f NOT EXISTS || $.f != 1 }");
        assertThat(pattern.matches("  {\"g\":1}\n")).isTrue();
        for (String line : new String[] {
            "",
            "x",
            "[{}]",
            "{\"g\":1} x",
            "x {\"g\":1}",
            "{\"g\":01}",
            "{\"g\":1,}",
            "{g:1}",
            "{\"g\":\"\t\"}",
            "{\"g\":\"\\x\"}",
            "{\"g\":tru}",
            "{\"g\":1",
            "{\"g\"}",
            "{\"g\":[1,]}",
            "{\"g\":[1}}"
        }) {
            assertThat(pattern.matches(line)).as(line).isFalse();
        }
    }

    @Test
    void findsKeysWithEscapesAndTheLastOfRepeatedOnes() {
        FilterPattern pattern = FilterPattern.parse("{ $.a.b = 1 }");
        assertThat(pattern.matches("{\"\\u0061\":{\"b\":1}}")).isTrue();
        assertThat(pattern.matches("{\"a\":{\"b\":2},\"a\":{\"b\":1}}")).isTrue();
        assertThat(pattern.matches("{\"a\":{\"b\":1},\"a\":{\"c\":1}}")).isFalse();
        assertThat(pattern.matches("{\"a\":{\"b\":1},\"a\":7}")).isFalse();
    }

    @Test
    void wildcardSelectorsMatchAnySelectedScalar() {
        assertThat(FilterPattern.parse("{ $.a[*].id = 2 }").matches("{\"a\":[{\"id\":1},{\"id\":2}]}"))
                .isTrue();
        assertThat(FilterPattern.parse("{ $.a[*].id = 3 }").matches("{\"a\":[{\"id\":1},{\"id\":2}]}"))
                .isFalse();
        assertThat(FilterPattern.parse("{ $.a.* = 2 }").matches("{\"a\":{\"x\":1,\"y\":2}}"))
                .isTrue();
        assertThat(FilterPattern.parse("{ $.a[0][1] = 2 }").matches("{\"a\":[[1,2]]}"))
                .isTrue();
        assertThat(FilterPattern.parse("{ $.a[1] NOT EXISTS }").matches("{\"a\":[0]}"))
                .isTrue();
        assertThat(FilterPattern.parse("{ $.a[*] NOT EXISTS }").matches("{\"a\":[]}"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\"\"", "\" \"", "[]", "[ ]"})
    void blankPatternsMatchEveryLine(String pattern) {
        assertThat(FilterPattern.parse(pattern).matches("x")).isTrue();
        assertThat(FilterPattern.parse(pattern).matches("")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ERROR|Exiting with ERRORCODE: -1|true",
                "-ERROR|fine|true",
                "-ERROR|an ERROR|false",
                "\"ERROR\" - \"Exiting\"|ERROR Exiting|false",
                "\"ERROR\" - \"Exiting\"|ERROR|true",
                "\"[ERROR]\" Exception|Exception [ERROR]|true",
                "?a ?b c|a|false",
                "?a ?b c|c|true",
                "?a -b|c|true",
                "\"say \\\"hi\\\"\"|I say \"hi\"|true"
            })
    void terms(String pattern, String line, boolean expected) {
        assertThat(FilterPattern.parse(pattern).matches(line)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "[w1=ERROR, w2]~ERROR WARN message~false",
                "[w1=ERROR, w2]~ERROR message~true",
                "[w1=ERROR, w2]~WARN message~false",
                "[w1=ERROR, ...]~ERROR a b c~true",
                "[w1=ERROR, ...]~ERROR~true",
                "[..., last=9]~a b 9~true",
                "[a, b > 10]~x 9~false",
                "[a, b > 10]~x 10.5~true",
                "[a, b > abc]~x abd~true",
                "[a, b=\"22\" || b=\"445\"]~x 445~true",
                "[a!=x && a!=y]~z~true",
                "[a!=x && a!=y]~y~false",
                "[a, b=404]~x 404.0~true",
                "[a=\"b c\"]~\"b c\"~true"
            })
    void fields(String pattern, String line, boolean expected) {
        assertThat(FilterPattern.parse(pattern).matches(line)).isEqualTo(expected);
    }

    @Test
    void extractsNamedAndPositionedFields() {
        Match match = Objects.requireNonNull(
                FilterPattern.parse("[..., request=*.html*, status_code=4*,]").match(APACHE));
        assertThat(match.extractedValues())
                .containsExactly(
                        Map.entry("$1", "127.0.0.1"),
                        Map.entry("$2", "Prod"),
                        Map.entry("$3", "frank"),
                        Map.entry("$4", "10/Oct/2000:13:25:15 -0700"),
                        Map.entry("$request", "GET /index.html HTTP/1.0"),
                        Map.entry("$status_code", "404"),
                        Map.entry("$7", "1534"));
        assertThat(Objects.requireNonNull(FilterPattern.parse("[]").match("a b"))
                        .extractedValues())
                .isEqualTo(Map.of("$1", "a", "$2", "b"));
    }

    @Test
    void extractsTheSelectorsOfAJsonPattern() {
        FilterPattern pattern = FilterPattern.parse("{ $.eventName = Get* && ($.n > 1 || $.u[0].x NOT EXISTS) }");
        Match match = Objects.requireNonNull(pattern.match("{\"eventName\":\"Get\\n\",\"n\":2,\"u\":[{}]}"));
        assertThat(match.extractedValues()).isEqualTo(Map.of("$.eventName", "Get\n", "$.n", "2"));
        assertThat(pattern.selectors()).containsExactly("$.eventName", "$.n", "$.u[0].x");
        assertThat(pattern.match("{\"eventName\":\"Put\"}")).isNull();
    }

    @Test
    void readsMetricValuesAndDimensions() {
        FilterPattern json = FilterPattern.parse("{ $.latency = * }");
        byte[] line =
                "{\"latency\":50,\"a\":{\"b\":true},\"n\":null}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        assertThat(json.extractor("$.latency").text(line)).isEqualTo("50");
        assertThat(json.extractor("$.a.b").text(line)).isEqualTo("true");
        assertThat(json.extractor("$.n").text(line)).isNull();
        assertThat(json.extractor("$.a").text(line)).isNull();
        FilterPattern fields = FilterPattern.parse("[ip, ..., bytes]");
        byte[] apache = APACHE.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        assertThat(fields.extractor("$bytes").text(apache)).isEqualTo("1534");
        assertThat(fields.extractor("$ip").text(apache)).isEqualTo("127.0.0.1");
        assertThat(fields.extractor("$6").text(apache)).isEqualTo("404");
        assertThat(fields.extractor("$8").text(apache)).isNull();
        assertThatThrownBy(() -> fields.extractor("$nope")).isInstanceOf(PatternException.class);
        assertThat(json.supportsDimensions()).isTrue();
        assertThat(FilterPattern.parse("ERROR").supportsDimensions()).isFalse();
        assertThat(FilterPattern.parse("%ERROR%").supportsDimensions()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{ $.a = 1~If a filter pattern starts with '{' it must end with '}'",
                "[a, b~If a filter pattern starts with '[' it must end with ']'",
                "{ status = \"401\" }~Invalid metric filter pattern",
                "{ $.a = 'Root' }~Invalid metric filter pattern",
                "{ $.a EXISTS }~Invalid metric filter pattern",
                "{ $.a IS NOT NULL }~Invalid metric filter pattern",
                "{ $.a == 1 }~Invalid metric filter pattern",
                "{ !($.a = 1) }~Invalid metric filter pattern",
                "{ $.a = 1 AND $.b = 1 }~Invalid metric filter pattern",
                "{ $.a = arn:aws:x }~Invalid metric filter pattern",
                "{ }~Invalid metric filter pattern",
                "[a, b = 4* && c > 1]~Invalid metric filter pattern",
                "%(ab)c%~Invalid character(s) in term '(ab)c'",
                "%a\\(b%~Invalid character(s) in term 'a\\(b'",
                "{ $.a = %something!% }~Invalid character(s) in term 'something!'",
                "error: x~Invalid character(s) in term 'error:'",
                "abc-123~Invalid character(s) in term 'abc-123'",
                "{ $.a = %x% && $.b = %y% && $.c = %z% }~Resource limit exceeded.",
                "{ $.a[*].b[*] = 1 }~Resource limit exceeded.",
                "{ $.a[*] = 1 || $.b[*] = 1 || $.c[*] = 1 || $.d.* = 1 }~Resource limit exceeded."
            })
    void refusesWhatAwsRefuses(String pattern, String message) {
        PatternException refused = catchThrowableOfType(PatternException.class, () -> FilterPattern.parse(pattern));
        assertThat(refused.metricFilterMessage()).isEqualTo(message);
        assertThat(refused.awsCode())
                .isEqualTo(message.startsWith("Resource") ? "LimitExceededException" : "InvalidParameterException");
    }

    @Test
    void namesTheLimitOfItsLength() {
        String longest = "a".repeat(FilterPattern.MAX_LENGTH);
        assertThat(FilterPattern.parse(longest).matches(longest)).isTrue();
        PatternException refused =
                catchThrowableOfType(PatternException.class, () -> FilterPattern.parse(longest + "a"));
        assertThat(refused.reason()).isEqualTo(PatternException.Reason.LENGTH);
        assertThat(refused.filterMessage()).endsWith("Member must have length less than or equal to 1024");
    }

    @Test
    void regexesStayLinearOnHostileInput() {
        FilterPattern pattern = FilterPattern.parse("%a*a*a*a*a*a*a*a*a*a*b$%");
        assertThat(pattern.matches("a".repeat(200_000))).isFalse();
        FilterPattern explosive = FilterPattern.parse("%a.{20}b.{20}c%");
        assertThat(explosive.matches("ab".repeat(20_000))).isFalse();
        assertThat(explosive.matches("ab".repeat(2_000) + "a" + "x".repeat(20) + "b" + "x".repeat(20) + "c"))
                .isTrue();
    }
}
