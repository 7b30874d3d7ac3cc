package belfry.engine.metric.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.engine.metric.math.MathValue.Scalar;
import belfry.engine.metric.math.MathValue.Series;
import belfry.engine.metric.math.MathValue.SeriesList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On four minutes: m1 is 1 2 - 4, m2 is 10 - - 20, m3 has no data. The first minute is Monday 2024-01-01 10:59 UTC. */
class MathExpressionTest {
    private static final long START =
            java.time.Instant.parse("2024-01-01T10:59:00Z").getEpochSecond();
    private static final Grid GRID = new Grid(START, START + 240, 60);

    private static Series series(String id, String values) {
        TreeMap<Long, Double> points = new TreeMap<>();
        String[] cells = values.split(" ");
        for (int i = 0; i < cells.length; i++) {
            if (!cells[i].equals("-")) {
                points.put(START + 60L * i, Double.parseDouble(cells[i]));
            }
        }
        return new Series(id, points);
    }

    private static MathValue evaluate(String... expressions) {
        Map<String, Series> metrics = new LinkedHashMap<>();
        metrics.put("m1", series("m1", "1 2 - 4"));
        metrics.put("m2", series("m2", "10 - - 20"));
        metrics.put("m3", series("m3", "- - - -"));
        Map<String, MathExpression> parsed = new HashMap<>();
        for (int i = 0; i < expressions.length; i++) {
            parsed.put("e" + i, MathExpression.parse(expressions[i]));
        }
        return new MathQueries(GRID, metrics, parsed).evaluate("e0");
    }

    private static String show(MathValue value) {
        return switch (value) {
            case Scalar(double number) -> "= " + show(number);
            case Series series ->
                GRID.starts()
                        .mapToObj(start -> show(series.values().getOrDefault(start, Double.NaN)))
                        .collect(Collectors.joining(" "));
            case SeriesList(List<Series> list) ->
                list.stream().map(one -> one.label() + ": " + show(one)).collect(Collectors.joining("; "));
        };
    }

    private static String show(double number) {
        return Double.isNaN(number) ? "-" : number == Math.rint(number) ? Long.toString((long) number) : "" + number;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "m1 + m2 ~ 11 2 - 24",
                "m1 - m2 ~ -9 2 - -16",
                "m2 / m1 ~ 10 0 - 5",
                "m1 / m2 ~ 0.1 - - 0.2",
                "m1 * m3 ~ 0 0 - 0",
                "m1 > m2 ~ 0 1 - 0",
                "m1+1 ~ 2 3 - 5",
                "2*m1-1 ~ 1 3 - 7",
                "-m1 ~ -1 -2 - -4",
                "m1^2 ~ 1 4 - 16",
                "2+3*4 ~ = 14",
                "(2+3)*4 ~ = 20",
                "2^3^2 ~ = 512",
                "-2^2 ~ = -4",
                "10-4-3 ~ = 3",
                "1e2/4 ~ = 25",
                "m1/0 ~ - - - -",
                "m1 > 1 ~ 0 1 - 1",
                "m1 == 2 ~ 0 1 - 0",
                "m1 != 2 ~ 1 0 - 1",
                "m1 > 1 AND m1 < 4 ~ 0 1 - 0",
                "m1 < 2 || m1 >= 4 ~ 1 0 - 1",
                "m2 > 10 OR m1 > 0 ~ 1 1 - 1",
                "SUM(m1) ~ = 7",
                "AVG(m2) ~ = 15",
                "MAX(m1) ~ = 4",
                "MIN(m1) ~ = 1",
                "DATAPOINT_COUNT(m1) ~ = 3",
                "SUM(m3) ~ = -",
                "DATAPOINT_COUNT(m3) ~ = 0",
                "STDDEV(m2) ~ = 5",
                "SUM(METRICS()) ~ 11 2 - 24",
                "SUM([m1,m2]) ~ 11 2 - 24",
                "AVG([m1,m2]) ~ 5.5 1 - 12",
                "MAX(METRICS()) ~ 10 2 - 20",
                "SUM(METRICS(\"m1\")) ~ 1 2 - 4",
                "METRIC_COUNT(METRICS()) ~ = 3",
                "DATAPOINT_COUNT(METRICS()) ~ 2 1 - 2",
                "METRICS()*2 ~ m1: 2 4 - 8; m2: 20 - - 40; m3: - - - -",
                "10 - [m1] ~ m1: 9 8 - 6",
                "FILL(m1, 0) ~ 1 2 0 4",
                "FILL(m2, REPEAT) ~ 10 10 10 20",
                "FILL(m1, LINEAR) ~ 1 2 3 4",
                "FILL(m3, 7) ~ 7 7 7 7",
                "FILL(m2, m1) ~ 10 2 - 20",
                "FILL(METRICS(), 0) ~ m1: 1 2 0 4; m2: 10 0 0 20; m3: 0 0 0 0",
                "IF(m1 > 1, m1, 0) ~ 0 2 - 4",
                "IF(m1 > 1, 5) ~ - 5 - 5",
                "IF(1 > 2, m1, m2) ~ 10 - - 20",
                "IF(m1, m2, 9) ~ 10 0 - 20",
                "RATE(m2) ~ - - - 0.05555555555555555",
                "DIFF(m1) ~ - 1 - 2",
                "DIFF_TIME(m1) ~ - 60 - 120",
                "RUNNING_SUM(m1) ~ 1 3 - 7",
                "ABS(-m1) ~ 1 2 - 4",
                "CEIL(m1/4) ~ 1 1 - 1",
                "FLOOR(m1/4) ~ 0 0 - 1",
                "LOG10(m2/10) ~ 0 - - 0.3010299956639812",
                "LOG(m1) ~ 0 0.6931471805599453 - 1.3862943611198906",
                "TIME_SERIES(3) ~ 3 3 3 3",
                "PERIOD(m1) ~ = 60",
                "m1/PERIOD(m1) ~ 0.016666666666666666 0.03333333333333333 - 0.06666666666666667",
                "MINUTE(FILL(m1,0)) ~ 59 0 1 2",
                "HOUR(FILL(m1,0)) ~ 10 11 11 11",
                "DAY(m1) ~ 1 1 1 1",
                "DATE(m1) ~ 1 1 1 1",
                "MONTH(m1) ~ 1 1 1 1",
                "YEAR(m1) ~ 2024 2024 2024 2024",
                "HOUR(m3) ~ 10 11 11 11",
                "EPOCH(m1)-EPOCH(m1) ~ 0 0 0 0",
                "FIRST(METRICS()) ~ 1 2 - 4",
                "LAST([m1,m2]) ~ 10 - - 20",
                "SLICE(METRICS(),1,2) ~ m2: 10 - - 20",
                "REMOVE_EMPTY(METRICS()) ~ m1: 1 2 - 4; m2: 10 - - 20",
                "SORT(METRICS(),MAX,DESC,1) ~ m2: 10 - - 20",
                "SORT([m2,m3,m1],SUM,ASC) ~ m1: 1 2 - 4; m2: 10 - - 20; m3: - - - -"
            })
    void evaluates(String expression, String expected) {
        assertThat(show(evaluate(expression))).isEqualTo(expected);
    }

    /** The examples in AWS's tables of operators and of IF. */
    @ParameterizedTest
    @CsvSource({
        "a < b, 0 0 1 0 -",
        "a >= 30, 1 0 0 0 -",
        "a > 15 AND b > 15, 1 0 0 0 -",
        "'IF(c, d, e)', 30 0 20 0 -",
        "'IF(c, 5, e)', 5 5 20 - -",
        "'IF(c, d, 5)', 30 0 5 5 -",
        "'IF(c, d)', 30 0 - - -",
        "'IF(1, d, e)', 30 - 0 0 30",
        "'IF(a < 25, 10, 2)', 2 10 10 10 -"
    })
    void followsAwsTables(String expression, String expected) {
        Map<String, Series> metrics = new LinkedHashMap<>();
        metrics.put("a", series("a", "30 20 0 0 -"));
        metrics.put("b", series("b", "20 - 20 - -"));
        metrics.put("c", series("c", "1 1 0 0 -"));
        metrics.put("d", series("d", "30 - 0 0 30"));
        metrics.put("e", series("e", "0 0 20 - 20"));
        Grid five = new Grid(START, START + 300, 60);
        MathValue value = new MathQueries(five, metrics, Map.of("x", MathExpression.parse(expression))).evaluate("x");
        assertThat(((Series) value).values()).isEqualTo(series("x", expected).values());
    }

    @Test
    void searchesAreToldAndTakeWhatTheyFound() {
        MathExpression sum = MathExpression.parse("SUM(SEARCH('{Shop,Host} Orders', 'Sum', 60))");
        Search search = new Search("{Shop,Host} Orders", "Sum", OptionalInt.of(60));
        assertThat(sum.searches()).containsExactly(search);
        MathQueries queries = new MathQueries(GRID, Map.of(), Map.of("e", sum))
                .found(Map.of(search, List.of(series("one", "1 - 2 -"), series("two", "5 - - 6"))));
        assertThat(show(queries.evaluate("e"))).isEqualTo("6 - 2 6");
        assertThat(MathExpression.parse("SEARCH(' :aws.AccountId = (1 OR 'LOCAL') ', 'Sum')")
                        .searches())
                .extracting(Search::query)
                .containsExactly(" :aws.AccountId = (1 OR 'LOCAL') ");
    }

    @Test
    void expressionsReferToEachOther() {
        assertThat(show(evaluate("e1 * 2", "FILL(e2, 0)", "m1 + m2"))).isEqualTo("22 4 0 48");
        assertThat(((Series) evaluate("m1 + m2")).label()).isEqualTo("e0");
        assertThatThrownBy(() -> evaluate("e1", "e0"))
                .isInstanceOf(MathException.class)
                .hasMessageContaining("circle");
        assertThatThrownBy(() -> evaluate("nope + 1")).hasMessageContaining("nope");
        assertThat(MathExpression.parse("m1 + FILL(e2, REPEAT)").references()).containsExactly("e2", "m1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "m1 +",
                "(m1",
                "m1 m2",
                "SEARCH('{A', 'Sum', 300)",
                "SEARCH('{A}', 'Total')",
                "SEARCH('{A}', 'Sum', 7)",
                "SEARCH('{A}', 'Sum', m1)",
                "SEARCH('{A}')",
                "SEARCH(m1, 'Sum')",
                "SERVICE_QUOTA(m1)",
                "INSIGHT_RULE_METRIC('r', 'Sum')",
                "DB_PERF_INSIGHTS('RDS', 'db', 'x')",
                "ANOMALY_DETECTION_BAND(m1, 0)",
                "sum(m1)",
                "1..2",
                "FILL(m1",
                "\"x",
                "[m1",
                "m1 & m2",
                "LAMBDA('f')"
            })
    void refusesWhatItCannotRead(String expression) {
        assertThatThrownBy(() -> MathExpression.parse(expression)).isInstanceOf(MathException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FILL(m1, NOPE)",
                "FILL(m1)",
                "METRICS()+METRICS()",
                "[1]",
                "SUM()",
                "SUM(m1,m2)",
                "IF(m1)",
                "SLICE(m1,m2)",
                "SORT(METRICS(), NOPE, ASC)",
                "SORT(METRICS(), SUM, UP)",
                "PERIOD(5)",
                "PERIOD(m1+1)",
                "HOUR(5)",
                "SEARCH('{A}', 'Sum')",
                "\"text\"",
                "TIME_SERIES(m1)",
                "FIRST(METRICS('none'))",
                "REPEAT"
            })
    void refusesWhatItCannotEvaluate(String expression) {
        assertThatThrownBy(() -> evaluate(expression)).isInstanceOf(MathException.class);
    }

    @Test
    void nestsOnlySoDeep() {
        assertThatThrownBy(() -> MathExpression.parse("(".repeat(1000))).isInstanceOf(MathException.class);
        assertThatThrownBy(() -> MathExpression.parse("-".repeat(1000) + "1")).isInstanceOf(MathException.class);
        assertThatThrownBy(() -> MathExpression.parse("2^".repeat(500) + "1")).isInstanceOf(MathException.class);
    }
}
