package belfry.alarms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.TestServer;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.Tag;

/** What PutMetricAlarm and PutCompositeAlarm refuse, and in which words (alarms.md §1 and §11); and the last that they take. */
class AlarmRefusalsTest {
    private static final String SNS = "arn:aws:sns:us-east-1:123456789012:t";
    private static final String DAY =
            "Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be"
                    + " <= 86400) for alarms using period < 3600";
    private static final String WEEK =
            "Metrics cannot be checked across more than a week (EvaluationPeriods * Period must"
                    + " be <= 604800) for alarms using period >= 3600";

    private static TestServer server;
    private static CloudWatchClient cloudWatch;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        cloudWatch = server.client(CloudWatchClient.builder());
        put(in -> in.alarmName("child"));
    }

    @AfterAll
    static void close() {
        server.close();
    }

    /** The whole call. */
    record Row(String what, Consumer<PutMetricAlarmRequest.Builder> with, String code, String message) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Row invalid(String what, Consumer<PutMetricAlarmRequest.Builder> with, String message) {
        return new Row(what, with, "Validation", message);
    }

    static List<Row> refused() {
        return List.of(
                invalid("period 0", in -> in.period(0), ""),
                invalid("period 15", in -> in.period(15), "Period must be 10, 20, 30 or a multiple of 60"),
                invalid("period 90", in -> in.period(90), "Period must be 10, 20, 30 or a multiple of 60"),
                invalid("a second over a day", in -> in.period(60).evaluationPeriods(1441), DAY),
                invalid("a second over a week", in -> in.period(3600).evaluationPeriods(169), WEEK),
                invalid("no evaluation periods", in -> in.evaluationPeriods(0), ""),
                invalid("M over N", in -> in.evaluationPeriods(2).datapointsToAlarm(3), "DatapointsToAlarm must be"),
                invalid("M of 0", in -> in.datapointsToAlarm(0), ""),
                invalid(
                        "no threshold",
                        in -> in.threshold(null),
                        "1 validation error detected: Value null at 'threshold' failed to satisfy constraint: Member must"
                                + " not be null"),
                invalid(
                        "a word for missing data",
                        in -> in.treatMissingData("none"),
                        "1 validation error detected: Value 'none' at 'treatMissingData' failed to satisfy constraint:"
                                + " Member must satisfy enum value set: [breaching, notBreaching, ignore, missing]"),
                invalid("a word for comparing", in -> in.comparisonOperator("Equals"), "enum value set: ["),
                new Row(
                        "both statistics",
                        in -> in.extendedStatistic("p99"),
                        "InvalidParameterCombination",
                        "Exactly one of the parameters Statistic and ExtendedStatistic must be specified."),
                new Row(
                        "no statistic",
                        in -> in.statistic((String) null),
                        "InvalidParameterCombination",
                        "Exactly one of the parameters Statistic and ExtendedStatistic must be specified."),
                invalid(
                        "p101",
                        in -> in.statistic((String) null).extendedStatistic("p101"),
                        "The value p101 for parameter ExtendedStatistic is not supported."),
                invalid("a statistic that is none", in -> in.statistic("Median"), "enum value set: ["),
                invalid("six actions", in -> in.alarmActions(Collections.nCopies(6, SNS)), "less than or equal to 5"),
                invalid("no ARN", in -> in.okActions("topic"), "Invalid arn syntax: topic"),
                invalid(
                        "another region",
                        in -> in.alarmActions("arn:aws:sns:eu-west-1:123456789012:t"),
                        "Invalid region eu-west-1 specified. Only us-east-1 is supported."),
                invalid(
                        "EC2 recovery of another metric",
                        in -> in.alarmActions("arn:aws:automate:us-east-1:ec2:recover"),
                        "The EC2 'Recover' action can only be defined on the 'StatusCheckFailed_System' metric and"
                                + " 'AWS/EC2' namespace."),
                invalid(
                        "an investigation when it is over",
                        in -> in.okActions("arn:aws:aiops:us-east-1:123456789012:investigation-group:g"),
                        "can only be an alarm action"),
                invalid(
                        "EC2 on metric math",
                        in -> math(in).alarmActions("arn:aws:automate:us-east-1:ec2:stop"),
                        "is not supported on alarms on metric math"),
                invalid("a name of 256", in -> in.alarmName("n".repeat(256)), "less than or equal to 255"),
                invalid("a name with a tab", in -> in.alarmName("a\tb"), "control characters"),
                invalid(
                        "a long description",
                        in -> in.alarmDescription("d".repeat(1025)),
                        "less than or equal to 1024"),
                invalid("31 dimensions", in -> in.dimensions(dimensions(31)), "less than or equal to 30"),
                new Row(
                        "a dimension twice",
                        in -> in.dimensions(
                                dimensions(1).getFirst(), dimensions(1).getFirst()),
                        "InvalidParameterValue",
                        "No Metric may specify the same dimension name twice."),
                new Row("51 tags", in -> in.tags(tags(51)), "", ""),
                invalid(
                        "neither metric nor list",
                        in -> in.metricName(null),
                        "Exactly one of the parameters MetricName"),
                invalid(
                        "both",
                        in -> math(in).metricName("M"),
                        "MetricName should not be set if list of Metrics is set."));
    }

    private static PutMetricAlarmRequest.Builder math(PutMetricAlarmRequest.Builder in) {
        return in.metricName(null)
                .namespace(null)
                .statistic((String) null)
                .period(null)
                .metrics(
                        MetricDataQuery.builder()
                                .id("m")
                                .returnData(false)
                                .metricStat(stat -> stat.metric(metric ->
                                                metric.namespace("Own").metricName("M"))
                                        .stat("Sum")
                                        .period(60))
                                .build(),
                        MetricDataQuery.builder().id("e").expression("m * 2").build());
    }

    private static List<Dimension> dimensions(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Dimension.builder().name("n" + i).value("v").build())
                .toList();
    }

    private static List<Tag> tags(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Tag.builder().key("k" + i).value("v").build())
                .toList();
    }

    @ParameterizedTest
    @MethodSource
    void refused(Row row) {
        assertThatThrownBy(() -> put(row.with())).isInstanceOfSatisfying(CloudWatchException.class, e -> {
            assertThat(e.statusCode()).isEqualTo(400);
            assertThat(e.awsErrorDetails().errorCode()).startsWith(row.code());
            assertThat(e.awsErrorDetails().errorMessage()).contains(row.message());
        });
    }

    /** Each limit's last value, together where they go together. */
    @Test
    void theLimitsThemselvesAreTaken() {
        List<Consumer<PutMetricAlarmRequest.Builder>> taken = List.of(
                in -> in.period(60).evaluationPeriods(1440).datapointsToAlarm(1440),
                in -> in.period(3600).evaluationPeriods(168),
                in -> in.period(604_800),
                in -> in.period(10).evaluationPeriods(8640),
                in -> in.statistic((String) null).extendedStatistic("p99.9999999999"),
                in -> in.statistic((String) null).extendedStatistic("TM(10%:90%)"),
                in -> in.alarmActions(Collections.nCopies(5, SNS)).alarmName("n".repeat(255)),
                in -> in.alarmDescription("d".repeat(1024))
                        .dimensions(dimensions(30))
                        .tags(tags(50)),
                in -> in.namespace("AWS/EC2")
                        .metricName("StatusCheckFailed_System")
                        .alarmActions("arn:aws:automate:us-east-1:ec2:recover"),
                in -> math(in).alarmActions(SNS));
        taken.forEach(with -> assertThatCode(() -> put(with)).doesNotThrowAnyException());
    }

    private static void put(Consumer<PutMetricAlarmRequest.Builder> with) {
        PutMetricAlarmRequest.Builder in = PutMetricAlarmRequest.builder()
                .alarmName("a")
                .namespace("Own")
                .metricName("M")
                .statistic("Sum")
                .period(60)
                .evaluationPeriods(1)
                .threshold(1.0)
                .comparisonOperator("GreaterThanThreshold");
        with.accept(in);
        var unused = cloudWatch.putMetricAlarm(in.build());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ALARM child                     | AlarmRule is invalid
        ALARM(child                     | AlarmRule is invalid
        ALARM(child) AND                | AlarmRule is invalid
        ALARM(child) ALARM(child)       | AlarmRule is invalid
        BROKEN(child)                   | AlarmRule is invalid
        alarm(child)                    | AlarmRule is invalid
        AT_LEAST(2, ALARM, (child))     | AlarmRule is invalid
        AT_LEAST(101%, ALARM, (child))  | AlarmRule is invalid
        ALARM("child)                   | AlarmRule is invalid
        ALARM(nobody)                   | AlarmRule names an alarm that does not exist: nobody
        ALARM(self)                     | An alarm cannot depend on itself: self
        """)
    void brokenRules(String rule, String message) {
        assertThatThrownBy(() ->
                        cloudWatch.putCompositeAlarm(in -> in.alarmName("self").alarmRule(rule)))
                .isInstanceOfSatisfying(CloudWatchException.class, e -> {
                    assertThat(e.awsErrorDetails().errorCode()).startsWith("Validation");
                    assertThat(e.awsErrorDetails().errorMessage()).contains(message);
                });
    }

    @Test
    void aRuleIsBounded() {
        String many = String.join(
                " OR ",
                IntStream.range(0, 101).mapToObj(i -> "ALARM(c" + i + ")").toList());
        assertThatThrownBy(() ->
                        cloudWatch.putCompositeAlarm(in -> in.alarmName("big").alarmRule(many)))
                .hasMessageContaining("A rule has at most 100 children");
        String percent = "AT_LEAST(50%, NOT ALARM, (child)) OR (TRUE AND NOT FALSE)" + " OR FALSE".repeat(1_000);
        var unused = cloudWatch.putCompositeAlarm(in -> in.alarmName("big").alarmRule(percent));
        assertThatThrownBy(() -> cloudWatch.putCompositeAlarm(
                        in -> in.alarmName("big").alarmRule(percent + " OR FALSE".repeat(200))))
                .hasMessageContaining("less than or equal to 10240");
    }

    /** EC2 and Auto Scaling actions are of metric alarms, tickets of alarms that go off. */
    @ParameterizedTest
    @CsvSource({
        "true,  arn:aws:automate:us-east-1:ec2:stop",
        "true,  arn:aws:autoscaling:us-east-1:123456789012:scalingPolicy:id:autoScalingGroupName/g:policyName/p",
        "false, arn:aws:ssm:us-east-1:123456789012:opsitem:1",
        "false, arn:aws:aiops:us-east-1:123456789012:investigation-group:g"
    })
    void actionsThatCompositeAlarmsHaveNot(boolean inAlarm, String action) {
        assertThatThrownBy(() -> cloudWatch.putCompositeAlarm(in -> {
                    var unused = inAlarm ? in.alarmActions(action) : in.okActions(action);
                    in.alarmName("composite").alarmRule("TRUE");
                }))
                .hasMessageContaining("is not supported in this state of a composite alarm");
        if (!inAlarm) {
            var unused = cloudWatch.putCompositeAlarm(
                    in -> in.alarmName("composite").alarmRule("TRUE").alarmActions(action));
        }
    }
}
