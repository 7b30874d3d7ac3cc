package belfry.alarms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.TestServer;
import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmHistoryItem;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.CompositeAlarm;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.HistoryItemType;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.sns.SnsClient;

/** States set by hand, reasons, history and listings of alarms with the AWS SDK (alarms.md §4 to §7 and §11). */
class AlarmApiTest {
    private static final Instant T = TestServer.START;

    private final TestServer server = TestServer.start();
    private final CloudWatchClient cloudWatch = server.client(CloudWatchClient.builder());

    @AfterEach
    void close() {
        server.close();
    }

    private void put(String name, Consumer<PutMetricAlarmRequest.Builder> with) {
        PutMetricAlarmRequest.Builder in = PutMetricAlarmRequest.builder()
                .alarmName(name)
                .namespace("Own")
                .metricName("M")
                .statistic("Average")
                .period(60)
                .evaluationPeriods(1)
                .threshold(1.0)
                .comparisonOperator("GreaterThanOrEqualToThreshold");
        with.accept(in);
        var unused = cloudWatch.putMetricAlarm(in.build());
        server.settle();
    }

    private void composite(String name, String rule) {
        var unused = cloudWatch.putCompositeAlarm(in -> in.alarmName(name).alarmRule(rule));
        server.settle();
    }

    private void set(String name, StateValue state) {
        var unused = cloudWatch.setAlarmState(
                in -> in.alarmName(name).stateValue(state).stateReason("by hand"));
        server.settle();
    }

    private void data(double value, Instant at) {
        var unused = cloudWatch.putMetricData(in -> in.namespace("Own")
                .metricData(MetricDatum.builder()
                        .metricName("M")
                        .timestamp(at)
                        .value(value)
                        .build()));
        server.settle();
    }

    private MetricAlarm alarm(String name) {
        return cloudWatch
                .describeAlarms(in -> in.alarmNames(name))
                .metricAlarms()
                .getFirst();
    }

    private CompositeAlarm compositeAlarm(String name) {
        return cloudWatch
                .describeAlarms(in -> in.alarmNames(name).alarmTypes(AlarmType.COMPOSITE_ALARM))
                .compositeAlarms()
                .getFirst();
    }

    private List<AlarmHistoryItem> history(String name, HistoryItemType type) {
        return cloudWatch
                .describeAlarmHistory(in -> in.alarmName(name)
                        .historyItemType(type)
                        .alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM))
                .alarmHistoryItems();
    }

    /** The state set by hand, the seconds it lasts at most, and what the next evaluation makes of an alarm without data. */
    @ParameterizedTest
    @CsvSource({
        "60,   missing,      60,   INSUFFICIENT_DATA",
        "60,   notBreaching, 60,   OK",
        "60,   breaching,    60,   ALARM",
        "60,   ignore,       60,   KEPT",
        "10,   notBreaching, 10,   OK",
        "20,   notBreaching, 10,   OK",
        "30,   missing,      10,   INSUFFICIENT_DATA",
        "300,  notBreaching, 60,   OK",
        "3600, notBreaching, 60,   OK",
    })
    void aStateSetByHandLastsUntilTheNextEvaluation(int period, String treat, int seconds, String after) {
        put("a", in -> in.period(period).treatMissingData(treat));
        server.advance(Duration.ofSeconds(3));
        for (StateValue state : List.of(StateValue.ALARM, StateValue.OK, StateValue.INSUFFICIENT_DATA)) {
            set("a", state);
            assertThat(alarm("a").stateValue()).isEqualTo(state);
            assertThat(alarm("a").stateReason()).isEqualTo("by hand");
            assertThat(alarm("a").stateReasonData()).isNull();
            server.advance(Duration.ofSeconds(seconds));
            assertThat(alarm("a").stateValueAsString()).isEqualTo(after.equals("KEPT") ? state.toString() : after);
        }
    }

    @Test
    void dynamoDbsMetricsAreIgnoredWhileMissingWhateverTheAlarmSays() {
        put("a", in -> in.namespace("AWS/DynamoDB").treatMissingData("breaching"));
        assertThat(alarm("a").stateReason()).isEqualTo("Unchecked: Initial alarm creation");
        set("a", StateValue.OK);
        server.advance(Duration.ofMinutes(5));
        assertThat(alarm("a").stateValue()).isEqualTo(StateValue.OK);
        assertThat(alarm("a").treatMissingData()).as("shown as put").isEqualTo("breaching");
    }

    /** Reason data that are given are kept as text, and shown as an object by the history. */
    @Test
    void reasonDataSetByHandAreKept() {
        put("a", in -> in.treatMissingData("ignore"));
        var unused = cloudWatch.setAlarmState(in -> in.alarmName("a")
                .stateValue(StateValue.ALARM)
                .stateReason("by hand")
                .stateReasonData("{\"why\": 1}"));
        assertThat(alarm("a").stateReasonData()).isEqualTo("{\"why\": 1}");
        String item = history("a", HistoryItemType.STATE_UPDATE).getFirst().historyData();
        assertThat(item)
                .isEqualTo("{\"version\":\"1.0\",\"oldState\":{\"stateValue\":\"INSUFFICIENT_DATA\",\"stateReason\":"
                        + "\"Unchecked: Initial alarm creation\"},\"newState\":{\"stateValue\":\"ALARM\",\"stateReason\":"
                        + "\"by hand\",\"stateReasonData\":{\"why\":1}}}");
        assertThatThrownBy(() -> cloudWatch.setAlarmState(in -> in.alarmName("a")
                        .stateValue(StateValue.OK)
                        .stateReason("by hand")
                        .stateReasonData("why")))
                .isInstanceOfSatisfying(
                        CloudWatchException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidFormat"));
        assertThatThrownBy(() -> cloudWatch.setAlarmState(
                        in -> in.alarmName("a").stateValue("BROKEN").stateReason("by hand")))
                .hasMessageContaining("1 validation error detected: Value 'BROKEN' at 'stateValue' failed to satisfy"
                        + " constraint: Member must satisfy enum value set: [");
        assertThatThrownBy(() -> cloudWatch.setAlarmState(
                        in -> in.alarmName("a").stateValue(StateValue.OK).stateReason("r".repeat(1024))))
                .hasMessageContaining("less than or equal to 1023");
    }

    /** One alarm's way through the states, with the words for each step. */
    @Test
    void reasonsAreInAwssWords() {
        put(
                "a",
                in -> in.evaluationPeriods(3).datapointsToAlarm(2).unit("Count").treatMissingData("missing"));
        assertThat(alarm("a").stateReason()).isEqualTo("Unchecked: Initial alarm creation");
        put("a", in -> in.evaluationPeriods(3).datapointsToAlarm(2).treatMissingData("missing"));
        data(2, T.minusSeconds(60));
        data(3.5, T.minusSeconds(120));
        assertThat(alarm("a").stateReason())
                .isEqualTo("Threshold Crossed: 2 out of the last 3 datapoints [2.0 (02/03/26 09:59:00), 3.5 (02/03/26"
                        + " 09:58:00)] were greater than or equal to the threshold (1.0) (minimum 2 datapoints for OK ->"
                        + " ALARM transition).");
        assertThat(alarm("a").stateReasonData())
                .isEqualTo("{\"version\":\"1.0\",\"queryDate\":\"2026-03-02T10:00:00.000+0000\",\"startDate\":"
                        + "\"2026-03-02T09:58:00.000+0000\",\"statistic\":\"Average\",\"period\":60,\"recentDatapoints\":"
                        + "[3.5,2.0],\"threshold\":1.0,\"evaluatedDatapoints\":[{\"timestamp\":"
                        + "\"2026-03-02T09:59:00.000+0000\",\"sampleCount\":1.0,\"value\":2.0},{\"timestamp\":"
                        + "\"2026-03-02T09:58:00.000+0000\",\"sampleCount\":1.0,\"value\":3.5},{\"timestamp\":"
                        + "\"2026-03-02T09:57:00.000+0000\"}]}");
        data(0, T);
        data(0, T.plusSeconds(60));
        server.advance(Duration.ofMinutes(2));
        assertThat(alarm("a").stateReason())
                .isEqualTo("Threshold Crossed: 2 out of the last 3 datapoints [0.0 (02/03/26 10:01:00), 0.0 (02/03/26"
                        + " 10:00:00)] were not greater than or equal to the threshold (1.0) (minimum 2 datapoints for"
                        + " ALARM -> OK transition).");
        server.advance(Duration.ofMinutes(10));
        assertThat(alarm("a").stateReason()).isEqualTo("Insufficient Data: 3 datapoints were unknown.");
        assertThat(Json.parse(alarm("a").stateReasonData()).path("recentDatapoints"))
                .isEmpty();
        put("a", in -> in.evaluationPeriods(3).treatMissingData("breaching"));
        assertThat(alarm("a").stateReason())
                .isEqualTo("Threshold Crossed: no datapoints were received for 3 periods and 3 missing datapoints were"
                        + " treated as [Breaching].");
        assertThat(history("a", HistoryItemType.STATE_UPDATE))
                .extracting(AlarmHistoryItem::historySummary)
                .containsExactly(
                        "Alarm updated from INSUFFICIENT_DATA to ALARM",
                        "Alarm updated from OK to INSUFFICIENT_DATA",
                        "Alarm updated from ALARM to OK",
                        "Alarm updated from INSUFFICIENT_DATA to ALARM");
    }

    /** Every kind of item, with the keys that AWS writes, in the order they happened; kept when the alarm is gone. */
    @Test
    void theHistoryTellsOfEverything() {
        SnsClient sns = server.client(SnsClient.builder());
        String topic = sns.createTopic(in -> in.name("t")).topicArn();
        String none = "arn:aws:sns:us-east-1:123456789012:none";
        put("a", in -> in.alarmActions(topic, none).treatMissingData("ignore"));
        put("a", in -> in.alarmActions(topic, none).treatMissingData("ignore").threshold(2.0));
        set("a", StateValue.ALARM);
        var unused = cloudWatch.deleteAlarms(in -> in.alarmNames("a"));
        assertThat(cloudWatch
                        .describeAlarmHistory(in -> in.alarmName("a").scanBy(ScanBy.TIMESTAMP_ASCENDING))
                        .alarmHistoryItems())
                .extracting(AlarmHistoryItem::historySummary)
                .containsExactly(
                        "Alarm \"a\" created",
                        "Alarm \"a\" updated",
                        "Alarm updated from INSUFFICIENT_DATA to ALARM",
                        "Successfully executed action " + topic,
                        history("a", HistoryItemType.ACTION).getFirst().historySummary(),
                        "Alarm \"a\" deleted");
        assertThat(history("a", HistoryItemType.ACTION).getFirst().historySummary())
                .startsWith("Failed to execute action " + none + ". Received error: \"");
        List<AlarmHistoryItem> configured = history("a", HistoryItemType.CONFIGURATION_UPDATE);
        JsonNode created = Json.parse(configured.getLast().historyData());
        assertThat(created.path("type").asText()).isEqualTo("Create");
        assertThat(created.path("createdAlarm").fieldNames())
                .toIterable()
                .contains("alarmName", "namespace", "metricName", "period", "threshold", "okactions", "alarmActions");
        JsonNode updated = Json.parse(configured.get(1).historyData());
        assertThat(updated.path("updatedAlarm").path("threshold").asDouble()).isEqualTo(2);
        assertThat(Json.parse(configured.getFirst().historyData()).path("type").asText())
                .isEqualTo("Delete");
        JsonNode action =
                Json.parse(history("a", HistoryItemType.ACTION).getLast().historyData());
        assertThat(action.path("actionState").asText()).isEqualTo("Succeeded");
        assertThat(action.path("notificationResource").asText()).isEqualTo(topic);
        assertThat(Json.parse(action.path("publishedMessage").asText()).has("default"))
                .isTrue();
    }

    @Test
    void theHistoryIsFilteredByTimeAndType() {
        put("a", in -> in.treatMissingData("ignore"));
        server.advance(Duration.ofMinutes(1));
        set("a", StateValue.ALARM);
        composite("c", "ALARM(a)");
        assertThat(cloudWatch
                        .describeAlarmHistory(in -> in.startDate(T.plusSeconds(1)))
                        .alarmHistoryItems())
                .extracting(AlarmHistoryItem::historySummary)
                .containsExactly("Alarm updated from INSUFFICIENT_DATA to ALARM");
        assertThat(cloudWatch.describeAlarmHistory(in -> in.endDate(T)).alarmHistoryItems())
                .extracting(AlarmHistoryItem::historySummary)
                .containsExactly("Alarm \"a\" created");
        assertThat(cloudWatch
                        .describeAlarmHistory(in -> in.alarmTypes(AlarmType.COMPOSITE_ALARM))
                        .alarmHistoryItems())
                .extracting(AlarmHistoryItem::alarmName)
                .containsOnly("c");
        assertThat(cloudWatch.describeAlarmHistory().alarmHistoryItems())
                .as("metric alarms, unless types are given")
                .extracting(AlarmHistoryItem::alarmName)
                .containsOnly("a");
        assertThatThrownBy(() -> cloudWatch.describeAlarmHistory(in -> in.nextToken("nonsense!")))
                .isInstanceOfSatisfying(
                        CloudWatchException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidNextToken"));
    }

    /** A composite alarm keeps what it was set to until a child changes or its rule is put anew. */
    @Test
    void aCompositeAlarmSetByHandStaysUntilAChildChanges() {
        put("child", in -> in.treatMissingData("ignore"));
        composite("parent", "ALARM(child)");
        assertThat(compositeAlarm("parent").stateReason())
                .isEqualTo("arn:aws:cloudwatch:us-east-1:123456789012:alarm:parent was created and its alarm rule"
                        + " evaluates to OK");
        set("parent", StateValue.ALARM);
        server.advance(Duration.ofHours(2));
        assertThat(compositeAlarm("parent").stateValue()).isEqualTo(StateValue.ALARM);
        set("child", StateValue.OK);
        assertThat(compositeAlarm("parent").stateValue()).isEqualTo(StateValue.OK);
        assertThat(compositeAlarm("parent").stateReason())
                .isEqualTo(
                        "arn:aws:cloudwatch:us-east-1:123456789012:alarm:child transitioned to OK at Monday 02 March,"
                                + " 2026 12:00:00 UTC");
        assertThat(compositeAlarm("parent").stateReasonData())
                .isEqualTo("{\"triggeringAlarms\":[{\"arn\":\"arn:aws:cloudwatch:us-east-1:123456789012:alarm:child\","
                        + "\"state\":{\"value\":\"OK\",\"timestamp\":\"2026-03-02T12:00:00.000+0000\"}}]}");
        set("parent", StateValue.ALARM);
        composite("parent", "ALARM(child) ");
        assertThat(compositeAlarm("parent").stateValue()).isEqualTo(StateValue.OK);
    }

    /** Rules in a ring: evaluation ends, and none can be deleted until one is cut. */
    @Test
    void aRingOfRulesEndsAndIsCutByFalse() {
        composite("one", "FALSE");
        composite("two", "ALARM(one)");
        composite("one", "NOT ALARM(two)");
        server.settle();
        assertThatThrownBy(() -> cloudWatch.deleteAlarms(in -> in.alarmNames("one")))
                .hasMessageContaining("Cannot delete one as there are composite alarms depending on it.");
        composite("two", "FALSE");
        var unused = cloudWatch.deleteAlarms(in -> in.alarmNames("one"));
        assertThatThrownBy(() -> cloudWatch.deleteAlarms(in -> in.alarmNames("two", "one")))
                .as("all or none")
                .isInstanceOfSatisfying(
                        CloudWatchException.class,
                        e -> assertThat(e.statusCode()).isEqualTo(404));
        assertThat(compositeAlarm("two").alarmRule()).isEqualTo("FALSE");
    }

    /** Of children AWS tells name, ARN and state, of parents name and ARN; with other filters neither goes. */
    @Test
    void relativesAreToldInBrief() {
        put("child", in -> in.treatMissingData("ignore"));
        composite("parent", "ALARM(child)");
        composite("grandparent", "ALARM(parent) OR ALARM(child)");
        var children = cloudWatch.describeAlarms(in -> in.childrenOfAlarmName("grandparent"));
        assertThat(children.compositeAlarms())
                .extracting(CompositeAlarm::alarmName)
                .containsExactly("parent");
        MetricAlarm child = children.metricAlarms().getFirst();
        assertThat(child)
                .isEqualTo(MetricAlarm.builder()
                        .alarmName("child")
                        .alarmArn(alarm("child").alarmArn())
                        .stateValue(StateValue.INSUFFICIENT_DATA)
                        .stateUpdatedTimestamp(T)
                        .build());
        var parents = cloudWatch.describeAlarms(in -> in.parentsOfAlarmName("child"));
        assertThat(parents.compositeAlarms())
                .extracting(CompositeAlarm::alarmName)
                .containsExactly("grandparent", "parent");
        assertThat(parents.compositeAlarms().getFirst().stateValue()).isNull();
        for (Consumer<DescribeAlarmsRequest.Builder> other : List.<Consumer<DescribeAlarmsRequest.Builder>>of(
                in -> in.alarmTypes(AlarmType.METRIC_ALARM),
                in -> in.stateValue(StateValue.OK),
                in -> in.actionPrefix("arn"),
                in -> in.alarmNames("child"),
                in -> in.parentsOfAlarmName("child"))) {
            assertThatThrownBy(
                            () -> cloudWatch.describeAlarms(in -> other.accept(in.childrenOfAlarmName("grandparent"))))
                    .isInstanceOfSatisfying(
                            CloudWatchException.class,
                            e -> assertThat(e.awsErrorDetails().errorCode()).startsWith("Validation"));
        }
    }

    @Test
    void pagesHoldEveryAlarmOnce() {
        IntStream.range(0, 7).forEach(i -> put("a" + i, in -> in.metricName("M" + i)));
        composite("a3c", "TRUE");
        List<String> all = cloudWatch
                .describeAlarmsPaginator(in -> in.maxRecords(2)
                        .alarmNamePrefix("a")
                        .alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM))
                .stream()
                .flatMap(page -> Stream.concat(
                        page.metricAlarms().stream().map(MetricAlarm::alarmName),
                        page.compositeAlarms().stream().map(CompositeAlarm::alarmName)))
                .toList();
        assertThat(all).containsExactlyInAnyOrder("a0", "a1", "a2", "a3", "a3c", "a4", "a5", "a6");
        assertThat(cloudWatch.describeAlarmsPaginator(in -> in.maxRecords(1).alarmNames("a5", "a1", "none")).stream()
                        .flatMap(page -> page.metricAlarms().stream())
                        .map(MetricAlarm::alarmName))
                .containsExactly("a1", "a5");
        assertThatThrownBy(() -> cloudWatch.describeAlarms(in -> in.maxRecords(101)))
                .hasMessageContaining("less than or equal to 100");
        assertThatThrownBy(() ->
                        cloudWatch.describeAlarms(in -> in.alarmNames("a1").alarmNamePrefix("a")))
                .hasMessageContaining("AlarmNamePrefix and AlarmNames.member are mutually exclusive");
        assertThat(cloudWatch.describeAlarms(in -> in.alarmNamePrefix("a%")).metricAlarms())
                .isEmpty();
    }
}
