package belfry.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.api.cloudwatch.DescribeAlarmsInput;
import belfry.api.cloudwatch.MetricDatum;
import belfry.api.cloudwatch.PutMetricAlarmInput;
import belfry.api.cloudwatch.PutMetricDataInput;
import belfry.api.cloudwatch.SetAlarmStateInput;
import belfry.metrics.Bench;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AWS's tables of how missing data are treated (alarms.md §3), through put alarm, put data and describe. */
class AlarmTablesTest {
    private static final String KEEP = "KEEP";

    private final Bench bench = new Bench();

    @AfterEach
    void close() {
        bench.close();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        3, 0 - X - X, OK,                OK,      OK,    OK
        3, 0 - - - -, OK,                OK,      OK,    OK
        3, - - - - -, INSUFFICIENT_DATA, KEEP,    ALARM, OK
        3, 0 X X - X, ALARM,             ALARM,   ALARM, ALARM
        3, - - X - -, ALARM,             KEEP,    ALARM, OK
        2, 0 - X - X, ALARM,             ALARM,   ALARM, ALARM
        2, 0 0 X 0 X, ALARM,             ALARM,   ALARM, ALARM
        2, 0 - X - -, OK,                OK,      ALARM, OK
        2, - - - - 0, OK,                OK,      ALARM, OK
        2, - - - X -, ALARM,             KEEP,    ALARM, OK
        """)
    void theTablesHold(
            int toAlarm, String points, String missing, String ignore, String breaching, String notBreaching) {
        expect(toAlarm, points, "missing", missing);
        expect(toAlarm, points, "ignore", ignore);
        expect(toAlarm, points, "breaching", breaching);
        expect(toAlarm, points, "notBreaching", notBreaching);
    }

    /** KEEP is tried from two states, so that it cannot be met by chance. */
    private void expect(int toAlarm, String points, String treat, String expected) {
        for (String before : List.of("OK", "ALARM")) {
            String after = run(toAlarm, points, treat, before);
            assertThat(after)
                    .as("%s of 3 over [%s], %s, from %s", toAlarm, points, treat, before)
                    .isEqualTo(expected.equals(KEEP) ? before : expected);
        }
    }

    private String run(int toAlarm, String points, String treat, String before) {
        String name = treat + "-" + before;
        var unused = bench.call(call -> bench.api.putMetricAlarm(alarm(name, toAlarm, treat), call));
        var unusedToo = bench.call(call -> bench.api.setAlarmState(
                new SetAlarmStateInput().alarmName(name).stateValue(before).stateReason("test"), call));
        List<MetricDatum> data = data(name, points, bench.clock.now());
        if (data.isEmpty()) {
            bench.advance(Duration.ofMinutes(1));
        } else {
            var unusedPut = bench.call(call -> bench.api.putMetricData(
                    new PutMetricDataInput().namespace("N").metricData(data), call));
        }
        return bench.call(call -> bench.api.describeAlarms(new DescribeAlarmsInput().alarmNames(List.of(name)), call))
                .metricAlarms()
                .getFirst()
                .stateValue();
    }

    /** Average never fires early, so the periods that have closed decide. */
    private static PutMetricAlarmInput alarm(String name, int toAlarm, String treat) {
        return new PutMetricAlarmInput()
                .alarmName(name)
                .namespace("N")
                .metricName(name)
                .statistic("Average")
                .period(60)
                .evaluationPeriods(3)
                .datapointsToAlarm(toAlarm)
                .threshold(1.0)
                .comparisonOperator("GreaterThanThreshold")
                .treatMissingData(treat);
    }

    private static List<MetricDatum> data(String metric, String points, Instant now) {
        String[] marks = points.split(" ");
        List<MetricDatum> data = new ArrayList<>();
        for (int i = 0; i < marks.length; i++) {
            Instant at = now.minus(Duration.ofMinutes(marks.length - i));
            if (!marks[i].equals("-")) {
                data.add(new MetricDatum().metricName(metric).timestamp(at).value(marks[i].equals("X") ? 2.0 : 0.0));
            }
        }
        return data;
    }
}
