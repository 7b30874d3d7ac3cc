package belfry.alarms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.api.cloudwatch.AlarmHistoryItem;
import belfry.api.cloudwatch.DeleteAlarmsInput;
import belfry.api.cloudwatch.DescribeAlarmHistoryInput;
import belfry.api.cloudwatch.DescribeAlarmsForMetricInput;
import belfry.api.cloudwatch.DescribeAlarmsInput;
import belfry.api.cloudwatch.DisableAlarmActionsInput;
import belfry.api.cloudwatch.ListTagsForResourceInput;
import belfry.api.cloudwatch.MetricAlarm;
import belfry.api.cloudwatch.MetricDatum;
import belfry.api.cloudwatch.PutCompositeAlarmInput;
import belfry.api.cloudwatch.PutMetricAlarmInput;
import belfry.api.cloudwatch.PutMetricDataInput;
import belfry.api.cloudwatch.SetAlarmStateInput;
import belfry.api.cloudwatch.Tag;
import belfry.api.cloudwatch.TagResourceInput;
import belfry.base.Json;
import belfry.engine.metric.Aggregate;
import belfry.metrics.Bench;
import belfry.metrics.MetricRef;
import belfry.metrics.Sample;
import belfry.wire.ServiceException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AlarmLifeTest {
    private static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:topic";
    private static final Instant T = Bench.START;

    private final Bench bench = new Bench();

    @AfterEach
    void close() {
        bench.close();
    }

    /** The tutorial's alarm: one secret read is enough. */
    private static PutMetricAlarmInput alarm(String name) {
        return new PutMetricAlarmInput()
                .alarmName(name)
                .namespace("SecurityMetrics")
                .metricName("SecretIsAccessed")
                .statistic("Sum")
                .period(60)
                .evaluationPeriods(1)
                .threshold(1.0)
                .comparisonOperator("GreaterThanOrEqualToThreshold")
                .treatMissingData("notBreaching")
                .alarmActions(List.of(TOPIC));
    }

    private void put(PutMetricAlarmInput in) {
        var unused = bench.call(call -> bench.api.putMetricAlarm(in, call));
    }

    private MetricAlarm shown(String name) {
        return bench.call(call -> bench.api.describeAlarms(new DescribeAlarmsInput().alarmNames(List.of(name)), call))
                .metricAlarms()
                .getFirst();
    }

    private void set(String name, String state) {
        var unused = bench.call(call -> bench.api.setAlarmState(
                new SetAlarmStateInput().alarmName(name).stateValue(state).stateReason("by hand"), call));
    }

    private void read(Instant at) {
        bench.count(sample(at, 1, true));
    }

    private static Sample sample(Instant at, double value, boolean counted) {
        MetricRef metric = MetricRef.of(Bench.ACCOUNT, Bench.REGION, "SecurityMetrics", "SecretIsAccessed", List.of());
        return new Sample(metric, "None", false, at, Aggregate.of(value), counted);
    }

    private List<AlarmHistoryItem> history(@Nullable String type) {
        return bench.call(call -> bench.api.describeAlarmHistory(
                        new DescribeAlarmHistoryInput().alarmName("a").historyItemType(type), call))
                .alarmHistoryItems();
    }

    private List<AlarmAction> pending() {
        return bench.read(tx -> AlarmActions.pending(tx, 0, 100));
    }

    private List<String> decisions() {
        return bench.read(tx -> Decisions.of(tx, Bench.ACCOUNT, Bench.REGION, "a", 100)).stream()
                .map(Decisions.Run::decision)
                .toList()
                .reversed();
    }

    @Test
    void aNewAlarmIsShownAsPutAndEvaluatedAtOnce() {
        put(alarm("a"));
        MetricAlarm shown = shown("a");
        assertThat(shown.stateValue()).isEqualTo("OK");
        assertThat(shown.stateReason())
                .isEqualTo("Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was"
                        + " treated as [NonBreaching].");
        assertThat(shown.alarmArn()).isEqualTo("arn:aws:cloudwatch:us-east-1:123456789012:alarm:a");
        assertThat(shown.actionsEnabled()).isTrue();
        assertThat(shown.okActions()).isEmpty();
        assertThat(shown.dimensions()).isEmpty();
        assertThat(shown.datapointsToAlarm()).isNull();
        assertThat(shown.alarmDescription()).isNull();
        assertThat(shown.threshold()).isEqualTo(1.0);
    }

    @Test
    void withMissingDataANewAlarmStaysUnchecked() {
        put(alarm("a").treatMissingData(null));
        MetricAlarm shown = shown("a");
        assertThat(shown.stateValue()).isEqualTo("INSUFFICIENT_DATA");
        assertThat(shown.stateReason()).isEqualTo("Unchecked: Initial alarm creation");
        assertThat(shown.stateReasonData()).isNull();
        assertThat(shown.treatMissingData()).isNull();
        bench.advance(Duration.ofHours(1));
        assertThat(shown("a").stateReason()).isEqualTo("Unchecked: Initial alarm creation");
        long waiting = bench.read(tx -> tx.count("SELECT COUNT(*) FROM alarm WHERE due IS NOT NULL"));
        assertThat(waiting).as("a quiet alarm waits for data only").isZero();
    }

    @Test
    void aReadFiresAtOnceInsideTheUnfinishedMinuteAndOnlyOnce() {
        put(alarm("a"));
        bench.advance(Duration.ofSeconds(20));
        read(T.plusSeconds(20));
        MetricAlarm shown = shown("a");
        assertThat(shown.stateValue()).isEqualTo("ALARM");
        assertThat(shown.stateReason())
                .isEqualTo("Threshold Crossed: 1 datapoint [1.0 (02/03/26 10:00:00)] was greater than or equal to the"
                        + " threshold (1.0).");
        assertThat(shown.stateUpdatedTimestamp()).isEqualTo(T.plusSeconds(20));
        assertThat(Json.parse(shown.stateReasonData())
                        .path("recentDatapoints")
                        .get(0)
                        .asDouble())
                .isEqualTo(1.0);
        read(T.plusSeconds(21));
        assertThat(pending()).hasSize(1);
        AlarmAction action = pending().getFirst();
        assertThat(action.action()).isEqualTo(TOPIC);
        assertThat(action.message().subject()).isEqualTo("ALARM: \"a\" in US East (N. Virginia)");
        assertThat(decisions()).containsExactly("NoActions", "Fired", "AlreadyInAlarm");
    }

    @Test
    void theAlarmReturnsToOkWhenItsWindowIsEmptyThenFiresAgain() {
        put(alarm("a").okActions(List.of(TOPIC)));
        read(T);
        bench.advance(Duration.ofMinutes(10));
        assertThat(shown("a").stateValue()).isEqualTo("OK");
        read(T.plus(Duration.ofMinutes(10)));
        assertThat(shown("a").stateValue()).isEqualTo("ALARM");
        assertThat(pending())
                .extracting(action -> action.newState().name())
                .containsExactly("OK", "ALARM", "OK", "ALARM");
        assertThat(history("StateUpdate"))
                .extracting(AlarmHistoryItem::historySummary)
                .startsWith("Alarm updated from OK to ALARM", "Alarm updated from ALARM to OK");
    }

    @Test
    void aSumThatMayFallAgainWaitsForThePeriodsEnd() {
        put(alarm("a"));
        bench.count(sample(T, 5, false));
        assertThat(shown("a").stateValue()).isEqualTo("OK");
        bench.count(sample(T.plusSeconds(10), -5, false));
        bench.advance(Duration.ofSeconds(60));
        assertThat(shown("a").stateValue()).isEqualTo("OK");
        bench.count(sample(T.plusSeconds(60), 5, false));
        bench.advance(Duration.ofSeconds(60));
        assertThat(shown("a").stateValue()).isEqualTo("ALARM");
        assertThat(decisions()).startsWith("NoActions", "BelowThreshold", "Fired");
    }

    @Test
    void longerPeriodsSlideByMinutes() {
        put(alarm("a").period(300).statistic("Average"));
        bench.advance(Duration.ofMinutes(1));
        read(T.plusSeconds(60));
        assertThat(shown("a").stateValue()).isEqualTo("OK");
        bench.advance(Duration.ofMinutes(1));
        assertThat(shown("a").stateValue()).isEqualTo("ALARM");
        assertThat(shown("a").stateReason()).contains("[1.0 (02/03/26 09:57:00)]");
    }

    @Test
    void aStateSetByHandHoldsUntilTheNextEvaluation() {
        put(alarm("a"));
        set("a", "ALARM");
        assertThat(shown("a").stateValue()).isEqualTo("ALARM");
        assertThat(shown("a").stateReason()).isEqualTo("by hand");
        assertThat(shown("a").stateReasonData()).isNull();
        assertThat(pending()).hasSize(1);
        set("a", "ALARM");
        assertThat(pending()).as("the same state fires nothing").hasSize(1);
        bench.advance(Duration.ofMinutes(1));
        assertThat(shown("a").stateValue()).isEqualTo("OK");
        assertThatThrownBy(() -> set("none", "OK")).isInstanceOfSatisfying(ServiceException.class, e -> {
            assertThat(e.code()).isEqualTo("ResourceNotFound");
            assertThat(e.status()).isEqualTo(404);
            assertThat(e.getMessage()).isNull();
        });
    }

    @Test
    void disabledActionsAreNotTakenAndTheStateChangesAllTheSame() {
        put(alarm("a"));
        var unused = bench.call(call ->
                bench.api.disableAlarmActions(new DisableAlarmActionsInput().alarmNames(List.of("a", "none")), call));
        read(T);
        assertThat(shown("a").stateValue()).isEqualTo("ALARM");
        assertThat(pending()).isEmpty();
        assertThat(decisions()).endsWith("ActionsDisabled");
    }

    @Test
    void whatAnActionSendsIsFixedWhenItIsAskedFor() {
        put(alarm("a").alarmDescription("before"));
        read(T);
        put(alarm("a").alarmDescription("after"));
        assertThat(pending().getFirst().message().json()).contains("\"AlarmDescription\":\"before\"");
        assertThat(shown("a").alarmDescription()).isEqualTo("after");
        assertThat(shown("a").stateValue()).as("an update keeps the state").isEqualTo("ALARM");
    }

    @Test
    void theHistoryTellsOfConfigurationStatesAndActions() {
        put(alarm("a"));
        read(T);
        AlarmAction action = pending().getFirst();
        bench.write(tx -> AlarmHistory.actionSucceeded(tx, action, T));
        put(alarm("b").alarmActions(List.of("arn:aws:lambda:us-east-1:123456789012:function:f")));
        assertThat(pending()).isEmpty();
        var unused = bench.call(call -> bench.api.deleteAlarms(new DeleteAlarmsInput().alarmNames(List.of("a")), call));
        assertThat(history(null))
                .extracting(AlarmHistoryItem::historySummary)
                .containsExactly(
                        "Alarm \"a\" deleted",
                        "Successfully executed action " + TOPIC,
                        "Alarm updated from OK to ALARM",
                        "Alarm updated from INSUFFICIENT_DATA to OK",
                        "Alarm \"a\" created");
        var data = Json.parse(history("StateUpdate").getFirst().historyData());
        assertThat(data.path("oldState").path("stateValue").asText()).isEqualTo("OK");
        assertThat(data.path("newState").path("stateReasonData").isObject()).isTrue();
        var all = bench.call(call -> bench.api.describeAlarmHistory(
                        new DescribeAlarmHistoryInput()
                                .historyItemType("Action")
                                .alarmName("b"),
                        call))
                .alarmHistoryItems();
        assertThat(all.getFirst().historySummary())
                .isEqualTo("Failed to execute action arn:aws:lambda:us-east-1:123456789012:function:f. Received error:"
                        + " \"Belfry takes no other actions than SNS topics\"");
    }

    @Test
    void historyComesInPagesEitherWay() {
        put(alarm("a"));
        for (int i = 0; i < 5; i++) {
            set("a", i % 2 == 0 ? "ALARM" : "OK");
        }
        var in = new DescribeAlarmHistoryInput().alarmName("a").maxRecords(3).scanBy("TimestampAscending");
        var first = bench.call(call -> bench.api.describeAlarmHistory(in, call));
        assertThat(first.alarmHistoryItems()).hasSize(3);
        assertThat(first.alarmHistoryItems().getFirst().historySummary()).isEqualTo("Alarm \"a\" created");
        var second = bench.call(call -> bench.api.describeAlarmHistory(
                new DescribeAlarmHistoryInput()
                        .alarmName("a")
                        .scanBy("TimestampAscending")
                        .nextToken(first.nextToken()),
                call));
        assertThat(second.alarmHistoryItems()).hasSize(4);
        assertThat(second.nextToken()).isNull();
    }

    @Test
    void alarmsAreFoundByNamePrefixStateActionAndMetric() {
        put(alarm("app-1"));
        put(alarm("app-2").metricName("Other").alarmActions(List.of()));
        put(alarm("b"));
        set("b", "ALARM");
        assertThat(names(new DescribeAlarmsInput().alarmNamePrefix("app-"))).containsExactly("app-1", "app-2");
        assertThat(names(new DescribeAlarmsInput().stateValue("ALARM"))).containsExactly("b");
        assertThat(names(new DescribeAlarmsInput().actionPrefix("arn:aws:sns"))).containsExactly("app-1", "b");
        assertThat(names(new DescribeAlarmsInput().alarmNames(List.of("none")))).isEmpty();
        assertThat(names(new DescribeAlarmsInput().alarmTypes(List.of("CompositeAlarm"))))
                .isEmpty();
        var ofMetric = bench.call(call -> bench.api.describeAlarmsForMetric(
                new DescribeAlarmsForMetricInput().namespace("SecurityMetrics").metricName("Other"), call));
        assertThat(ofMetric.metricAlarms()).extracting(MetricAlarm::alarmName).containsExactly("app-2");
        var page = bench.call(call -> bench.api.describeAlarms(new DescribeAlarmsInput().maxRecords(2), call));
        assertThat(page.metricAlarms()).hasSize(2);
        assertThat(names(new DescribeAlarmsInput().nextToken(page.nextToken()))).containsExactly("b");
    }

    private List<String> names(DescribeAlarmsInput in) {
        return bench.call(call -> bench.api.describeAlarms(in, call)).metricAlarms().stream()
                .map(MetricAlarm::alarmName)
                .toList();
    }

    @Test
    void tagsOfAnUpdateAreIgnoredAndChangedByTagResource() {
        put(alarm("a").tags(List.of(new Tag().key("team").value("red"))));
        put(alarm("a").tags(List.of(new Tag().key("team").value("blue"))));
        String arn = shown("a").alarmArn();
        assertThat(tags(arn)).containsExactly("team=red");
        var unused = bench.call(call -> bench.api.tagResource(
                new TagResourceInput()
                        .resourceARN(arn)
                        .tags(List.of(new Tag().key("stage").value("test"))),
                call));
        assertThat(tags(arn)).containsExactly("stage=test", "team=red");
        assertThatThrownBy(() -> tags(arn + "x")).isInstanceOf(ServiceException.class);
    }

    private List<String> tags(String arn) {
        return bench
                .call(call -> bench.api.listTagsForResource(new ListTagsForResourceInput().resourceARN(arn), call))
                .tags()
                .stream()
                .map(tag -> tag.key() + "=" + tag.value())
                .toList();
    }

    @Test
    void badAlarmsAreRefusedInAwsWords() {
        refused(alarm("a").period(45), "Period must be 10, 20, 30 or a multiple of 60");
        refused(
                alarm("a").period(300).evaluationPeriods(289),
                "Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400) for"
                        + " alarms using period < 3600");
        refused(
                alarm("a").period(86400).evaluationPeriods(8),
                "Metrics cannot be checked across more than a week (EvaluationPeriods * Period must be <= 604800) for"
                        + " alarms using period >= 3600");
        refused(alarm("a").alarmActions(List.of("topic")), "Invalid arn syntax: topic");
        refused(
                alarm("a").okActions(List.of("arn:aws:sns:eu-west-1:123456789012:t")),
                "Invalid region eu-west-1 specified. Only us-east-1 is supported.");
        refused(
                alarm("a").treatMissingData("never"),
                "1 validation error detected: Value 'never' at 'treatMissingData' failed to satisfy constraint: Member"
                        + " must satisfy enum value set: [breaching, notBreaching, ignore, missing]");
        assertThatThrownBy(() -> put(alarm("a").extendedStatistic("p99"))).isInstanceOf(ServiceException.class);
        assertThatThrownBy(() -> put(alarm("a").statistic(null).extendedStatistic("q99")))
                .isInstanceOf(ServiceException.class);
    }

    private void refused(PutMetricAlarmInput in, String message) {
        assertThatThrownBy(() -> put(in))
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.code()).isEqualTo("ValidationException"))
                .hasMessage(message);
    }

    @Test
    void aCompositeAlarmFollowsItsChildren() {
        put(alarm("a").alarmActions(List.of()));
        put(alarm("b").metricName("Other").alarmActions(List.of()));
        var unused = bench.call(call -> bench.api.putCompositeAlarm(
                new PutCompositeAlarmInput()
                        .alarmName("both")
                        .alarmRule("ALARM(a) AND ALARM(\"arn:aws:cloudwatch:us-east-1:123456789012:alarm:b\")")
                        .alarmActions(List.of(TOPIC)),
                call));
        assertThat(composite().stateReason())
                .isEqualTo("arn:aws:cloudwatch:us-east-1:123456789012:alarm:both was created and its alarm rule"
                        + " evaluates to OK");
        read(T);
        assertThat(composite().stateValue()).isEqualTo("OK");
        set("b", "ALARM");
        assertThat(composite().stateValue()).isEqualTo("ALARM");
        assertThat(composite().stateReason())
                .isEqualTo("arn:aws:cloudwatch:us-east-1:123456789012:alarm:b transitioned to ALARM at Monday 02 March,"
                        + " 2026 10:00:00 UTC");
        assertThat(pending()).hasSize(1);
        assertThat(pending().getFirst().message().json())
                .contains("\"AlarmRule\":\"ALARM(a) AND", "\"TriggeringChildren\":[{\"Arn\":");
        assertThatThrownBy(() -> bench.call(
                        call -> bench.api.deleteAlarms(new DeleteAlarmsInput().alarmNames(List.of("a")), call)))
                .hasMessage("Cannot delete a as there are composite alarms depending on it.");
    }

    private belfry.api.cloudwatch.CompositeAlarm composite() {
        return bench.call(call ->
                        bench.api.describeAlarms(new DescribeAlarmsInput().alarmTypes(List.of("CompositeAlarm")), call))
                .compositeAlarms()
                .getFirst();
    }

    @Test
    void aWholeDayOfAlarmsPassesInOneMove() {
        put(alarm("a"));
        for (int hour = 0; hour < 24; hour++) {
            read(T.plus(Duration.ofHours(hour)));
            bench.advance(Duration.ofHours(1));
        }
        assertThat(pending()).hasSize(24);
        assertThat(history("StateUpdate")).hasSize(49);
        assertThat(shown("a").stateValue()).isEqualTo("OK");
    }

    @Test
    void historyDecisionsAndActionsGoAfterThirtyDays() {
        put(alarm("a"));
        read(T);
        bench.advance(Duration.ofDays(32));
        long left = bench.read(tx -> tx.count("SELECT (SELECT COUNT(*) FROM alarm_history)"
                + " + (SELECT COUNT(*) FROM alarm_decision) + (SELECT COUNT(*) FROM alarm_action)"));
        assertThat(left).isZero();
        assertThat(shown("a").stateValue()).isEqualTo("OK");
    }

    @Test
    void dataPutByCallersAreEvaluatedWhenTheMinuteCloses() {
        put(alarm("a"));
        var unused = bench.call(call -> bench.api.putMetricData(
                new PutMetricDataInput()
                        .namespace("SecurityMetrics")
                        .metricData(List.of(
                                new MetricDatum().metricName("SecretIsAccessed").value(1.0))),
                call));
        assertThat(shown("a").stateValue()).isEqualTo("OK");
        bench.advance(Duration.ofMinutes(1));
        assertThat(shown("a").stateValue()).isEqualTo("ALARM");
    }
}
