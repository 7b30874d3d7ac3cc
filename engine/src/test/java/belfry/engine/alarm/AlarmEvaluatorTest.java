package belfry.engine.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.engine.metric.BasicStatistic;
import belfry.engine.metric.Statistic;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables and words of semantics/alarms.md. */
class AlarmEvaluatorTest {
    private static final Instant NOW = Instant.parse("2025-02-02T12:06:35.472Z");
    private static final long END = Instant.parse("2025-02-02T12:06:00Z").getEpochSecond();

    @ParameterizedTest(name = "M={0} {1}")
    @CsvSource({
        "3, 0 - X - X, OK, OK, OK, OK",
        "3, 0 - - - -, OK, OK, OK, OK",
        "3, - - - - -, INSUFFICIENT_DATA, keep, ALARM, OK",
        "3, 0 X X - X, ALARM, ALARM, ALARM, ALARM",
        "3, - - X - -, ALARM, keep, ALARM, OK",
        "2, 0 - X - X, ALARM, ALARM, ALARM, ALARM",
        "2, 0 0 X 0 X, ALARM, ALARM, ALARM, ALARM",
        "2, 0 - X - -, OK, OK, ALARM, OK",
        "2, - - - - 0, OK, OK, ALARM, OK",
        "2, - - - X -, ALARM, keep, ALARM, OK",
        "3, - - - - X, keep, keep, ALARM, OK",
        "3, - - - X -, keep, keep, ALARM, OK"
    })
    void tablesOfMissingData(int m, String row, String missing, String ignore, String breaching, String notBreaching) {
        assertThat(state(m, row, TreatMissing.MISSING)).isEqualTo(missing);
        assertThat(state(m, row, TreatMissing.IGNORE)).isEqualTo(ignore);
        assertThat(state(m, row, TreatMissing.BREACHING)).isEqualTo(breaching);
        assertThat(state(m, row, TreatMissing.NOT_BREACHING)).isEqualTo(notBreaching);
    }

    private static String state(int m, String row, TreatMissing treat) {
        AlarmRule rule = rule(3, m, treat);
        Evaluation fromOk = AlarmEvaluator.evaluate(rule, points(row, 60), NOW, AlarmState.OK);
        Evaluation fromAlarm = AlarmEvaluator.evaluate(rule, points(row, 60), NOW, AlarmState.ALARM);
        assertThat(fromOk.kept()).isEqualTo(fromAlarm.kept());
        assertThat(fromOk.kept() ? AlarmState.OK : fromAlarm.state()).isEqualTo(fromOk.state());
        return fromOk.kept() ? "keep" : fromOk.state().name();
    }

    private static AlarmRule rule(int n, @Nullable Integer m, TreatMissing treat) {
        return rule(n, m, treat, ComparisonOperator.GREATER_THAN_OR_EQUAL, 1.0, BasicStatistic.SUM);
    }

    private static AlarmRule rule(
            int n,
            @Nullable Integer m,
            TreatMissing treat,
            ComparisonOperator comparison,
            double threshold,
            Statistic statistic) {
        return new AlarmRule(comparison, threshold, 60, n, m, treat, statistic, null, false);
    }

    /** A row of "0", "X" and "-", newest right, ending where the closed window of NOW ends. */
    private static Map<Long, AlarmPoint> points(String row, int period) {
        String[] cells = row.split(" ");
        Map<Long, AlarmPoint> points = new HashMap<>();
        for (int i = 0; i < cells.length; i++) {
            long start = END - (long) period * (cells.length - i);
            if (!cells[i].equals("-")) {
                points.put(start, AlarmPoint.of(start, cells[i].equals("X") ? 1.0 : 0.0, 2));
            }
        }
        return points;
    }

    private static String reason(AlarmRule rule, String row) {
        return AlarmEvaluator.evaluate(rule, points(row, 60), NOW, AlarmState.INSUFFICIENT_DATA)
                .reason();
    }

    @Test
    void saysWhyInAwsWords() {
        assertThat(reason(rule(1, null, TreatMissing.MISSING), "X"))
                .isEqualTo("Threshold Crossed: 1 datapoint [1.0 (02/02/25 12:05:00)] was greater than or equal to the"
                        + " threshold (1.0).");
        assertThat(reason(rule(2, null, TreatMissing.MISSING), "X X"))
                .isEqualTo("Threshold Crossed: 2 datapoints [1.0 (02/02/25 12:05:00), 1.0 (02/02/25 12:04:00)] were"
                        + " greater than or equal to the threshold (1.0).");
        assertThat(reason(rule(1, null, TreatMissing.MISSING), "0"))
                .isEqualTo("Threshold Crossed: 1 datapoint [0.0 (02/02/25 12:05:00)] was not greater than or equal to"
                        + " the threshold (1.0).");
        assertThat(reason(rule(2, 1, TreatMissing.MISSING), "X X"))
                .isEqualTo("Threshold Crossed: 2 out of the last 2 datapoints [1.0 (02/02/25 12:05:00), 1.0 (02/02/25"
                        + " 12:04:00)] were greater than or equal to the threshold (1.0) (minimum 1 datapoint for OK ->"
                        + " ALARM transition).");
        assertThat(reason(rule(5, 3, TreatMissing.MISSING), "X X 0 0 0"))
                .isEqualTo("Threshold Crossed: 3 out of the last 5 datapoints [0.0 (02/02/25 12:05:00), 0.0 (02/02/25"
                        + " 12:04:00), 0.0 (02/02/25 12:03:00)] were not greater than or equal to the threshold (1.0)"
                        + " (minimum 3 datapoints for ALARM -> OK transition).");
    }

    @Test
    void saysWhatMissingDataCountedAs() {
        assertThat(reason(rule(1, null, TreatMissing.NOT_BREACHING), "-"))
                .isEqualTo("Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was"
                        + " treated as [NonBreaching].");
        assertThat(reason(rule(2, 2, TreatMissing.BREACHING), "- -"))
                .isEqualTo("Threshold Crossed: no datapoints were received for 2 periods and 2 missing datapoints were"
                        + " treated as [Breaching].");
        assertThat(reason(rule(1, null, TreatMissing.MISSING), "-"))
                .isEqualTo("Insufficient Data: 1 datapoint was unknown.");
        assertThat(reason(rule(5, null, TreatMissing.MISSING), "- - - - -"))
                .isEqualTo("Insufficient Data: 5 datapoints were unknown.");
        assertThat(reason(rule(20, 1, TreatMissing.NOT_BREACHING), "X"))
                .isEqualTo("Threshold Crossed: 1 out of the last 20 datapoints [1.0 (02/02/25 12:05:00)] was greater"
                        + " than or equal to the threshold (1.0) and 19 missing datapoints were treated as [NonBreaching]"
                        + " (minimum 1 datapoint for OK -> ALARM transition).");
        AlarmRule less =
                rule(2, null, TreatMissing.BREACHING, ComparisonOperator.LESS_THAN, 1.0, BasicStatistic.AVERAGE);
        assertThat(reason(less, "0"))
                .isEqualTo("Threshold Crossed: 1 datapoint [0.0 (02/02/25 12:05:00)] was less than the threshold (1.0)"
                        + " and 1 missing datapoint was treated as [Breaching].");
    }

    /** Five and more are not listed in line, and the newest five only: a reason holds 1,023 characters. */
    @Test
    void manyDatapointsAreToldInASentenceOfTheirOwn() {
        assertThat(reason(rule(4, null, TreatMissing.MISSING), "X X X X")).contains("4 datapoints [1.0 (");
        assertThat(reason(rule(5, 5, TreatMissing.MISSING), "X X X X X"))
                .isEqualTo("Threshold Crossed: 5 out of the last 5 datapoints were greater than or equal to the"
                        + " threshold (1.0). The most recent datapoints which crossed the threshold: [1.0 (02/02/25"
                        + " 12:05:00), 1.0 (02/02/25 12:04:00), 1.0 (02/02/25 12:03:00), 1.0 (02/02/25 12:02:00), 1.0"
                        + " (02/02/25 12:01:00)] (minimum 5 datapoints for OK -> ALARM transition).");
        assertThat(reason(rule(6, null, TreatMissing.MISSING), "X X X X X X"))
                .startsWith("Threshold Crossed: 6 datapoints were greater than or equal to the threshold (1.0). The"
                        + " most recent datapoints which crossed the threshold: [1.0 (02/02/25 12:05:00), 1.0")
                .endsWith("1.0 (02/02/25 12:01:00)].");
        assertThat(reason(rule(100, null, TreatMissing.MISSING), "X ".repeat(100)))
                .hasSizeLessThan(1_024)
                .startsWith("Threshold Crossed: 100 datapoints were");
    }

    @Test
    void saysHowManyPointsThereWereWhereOnlyMissingOnesDecide() {
        assertThat(reason(rule(3, 2, TreatMissing.BREACHING), "- - - - 0"))
                .isEqualTo("Threshold Crossed: 1 datapoint was received for 3 periods and 2 missing datapoints were"
                        + " treated as [Breaching].");
        assertThat(reason(rule(3, 3, TreatMissing.NOT_BREACHING), "- - - X X"))
                .isEqualTo("Threshold Crossed: 2 datapoints were received for 3 periods and 1 missing datapoint was"
                        + " treated as [NonBreaching].");
    }

    @Test
    void oneEdgeOfABandIsToldPointByPoint() {
        AlarmRule rule =
                rule(1, 1, TreatMissing.MISSING, ComparisonOperator.ABOVE_BAND, Double.NaN, BasicStatistic.SUM);
        AlarmPoint above = new AlarmPoint(END - 60, 239.0, Double.NaN, 12.5, 225.75);
        assertThat(AlarmEvaluator.evaluate(rule, Map.of(END - 60, above), NOW, AlarmState.OK)
                        .data()
                        .toJson())
                .endsWith("\"recentDatapoints\":[239.0],\"recentUpperThresholds\":[225.75],\"evaluatedDatapoints\":"
                        + "[{\"timestamp\":\"2025-02-02T12:05:00.000+0000\",\"value\":239.0,\"threshold\":225.75}]}")
                .doesNotContain("Lower");
    }

    @Test
    void saysHowTheBandWasLeft() {
        AlarmRule rule =
                rule(1, 1, TreatMissing.MISSING, ComparisonOperator.OUTSIDE_BAND, Double.NaN, BasicStatistic.SUM);
        AlarmPoint below = new AlarmPoint(END - 60, 0.0, 1, 0.0206, 0.3007);
        Evaluation out = AlarmEvaluator.evaluate(rule, Map.of(END - 60, below), NOW, AlarmState.OK);
        assertThat(out.reason())
                .isEqualTo("Thresholds Crossed: 1 out of the last 1 datapoints [0.0 (02/02/25 12:05:00)] was less than"
                        + " the lower thresholds [0.0206] or greater than the upper thresholds [0.3007] (minimum 1"
                        + " datapoint for OK -> ALARM transition).");
        assertThat(out.data().toJson())
                .contains("\"recentLowerThresholds\":[0.0206],\"recentUpperThresholds\":[0.3007]")
                .doesNotContain("\"threshold\"");
        AlarmPoint inside = new AlarmPoint(END - 60, 0.1, 1, 0.0206, 0.3007);
        assertThat(AlarmEvaluator.evaluate(rule, Map.of(END - 60, inside), NOW, AlarmState.OK)
                        .reason())
                .contains("was not less than the lower thresholds [0.0206] or not greater than the upper thresholds");
    }

    @Test
    void writesReasonDataAsAwsOrdersIt() {
        AlarmRule rule = new AlarmRule(
                ComparisonOperator.GREATER_THAN,
                50,
                300,
                1,
                null,
                TreatMissing.MISSING,
                BasicStatistic.AVERAGE,
                "Seconds",
                false);
        AlarmPoint point = AlarmPoint.of(END - 300, 99.5, 2);
        assertThat(AlarmEvaluator.evaluate(rule, Map.of(END - 300, point), NOW, AlarmState.OK)
                        .data()
                        .toJson())
                .isEqualTo("{\"version\":\"1.0\",\"queryDate\":\"2025-02-02T12:06:35.472+0000\","
                        + "\"startDate\":\"2025-02-02T12:01:00.000+0000\",\"unit\":\"Seconds\",\"statistic\":\"Average\","
                        + "\"period\":300,\"recentDatapoints\":[99.5],\"threshold\":50.0,\"evaluatedDatapoints\":"
                        + "[{\"timestamp\":\"2025-02-02T12:01:00.000+0000\",\"sampleCount\":2.0,\"value\":99.5}]}");
        assertThat(AlarmEvaluator.evaluate(rule, Map.of(), NOW, AlarmState.OK)
                        .data()
                        .toJson())
                .isEqualTo("{\"version\":\"1.0\",\"queryDate\":\"2025-02-02T12:06:35.472+0000\",\"unit\":\"Seconds\","
                        + "\"statistic\":\"Average\",\"period\":300,\"recentDatapoints\":[],\"threshold\":50.0,"
                        + "\"evaluatedDatapoints\":[{\"timestamp\":\"2025-02-02T12:01:00.000+0000\"}]}");
    }

    @Test
    void looksAtSlidingWindows() {
        AlarmRule five = new AlarmRule(
                ComparisonOperator.GREATER_THAN,
                1,
                300,
                3,
                null,
                TreatMissing.MISSING,
                BasicStatistic.SUM,
                null,
                false);
        Window window = AlarmSchedule.closedWindow(five, Instant.parse("2025-02-02T12:16:10Z"));
        assertThat(java.util.Arrays.stream(window.starts())
                        .limit(3)
                        .mapToObj(s -> Instant.ofEpochSecond(s).toString()))
                .containsExactly("2025-02-02T12:11:00Z", "2025-02-02T12:06:00Z", "2025-02-02T12:01:00Z");
        assertThat(AlarmSchedule.nextEvaluation(five, NOW)).isEqualTo("2025-02-02T12:07:00Z");
        AlarmRule high = new AlarmRule(
                ComparisonOperator.GREATER_THAN, 1, 20, 1, null, TreatMissing.MISSING, BasicStatistic.SUM, null, false);
        assertThat(AlarmSchedule.nextEvaluation(high, NOW)).isEqualTo("2025-02-02T12:06:40Z");
        AlarmRule week = new AlarmRule(
                ComparisonOperator.GREATER_THAN,
                1,
                86_400,
                7,
                null,
                TreatMissing.MISSING,
                BasicStatistic.SUM,
                null,
                false);
        assertThat(AlarmSchedule.nextEvaluation(week, NOW)).isEqualTo("2025-02-02T13:00:00Z");
    }
}
