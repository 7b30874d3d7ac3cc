package belfry.alarms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.api.cloudwatch.CompositeAlarm;
import belfry.api.cloudwatch.DeleteAlarmMuteRuleInput;
import belfry.api.cloudwatch.DeleteAlarmsInput;
import belfry.api.cloudwatch.DescribeAlarmsInput;
import belfry.api.cloudwatch.GetAlarmMuteRuleInput;
import belfry.api.cloudwatch.ListAlarmMuteRulesInput;
import belfry.api.cloudwatch.ListTagsForResourceInput;
import belfry.api.cloudwatch.MuteTargets;
import belfry.api.cloudwatch.PutAlarmMuteRuleInput;
import belfry.api.cloudwatch.PutCompositeAlarmInput;
import belfry.api.cloudwatch.PutMetricAlarmInput;
import belfry.api.cloudwatch.Rule;
import belfry.api.cloudwatch.Schedule;
import belfry.api.cloudwatch.SetAlarmStateInput;
import belfry.api.cloudwatch.Tag;
import belfry.api.cloudwatch.TagResourceInput;
import belfry.api.cloudwatch.UntagResourceInput;
import belfry.base.Json;
import belfry.metrics.Bench;
import belfry.wire.ServiceException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Actions that a suppressor or a mute rule holds back (alarms.md §11 and §12). */
class HeldActionsTest {
    private static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:topic";

    private final Bench bench = new Bench();

    @BeforeEach
    void alarms() {
        for (String name : List.of("child", "other", "maintenance")) {
            // Missing data are ignored: the state stays as it is set.
            var unused = bench.call(call -> bench.api.putMetricAlarm(
                    new PutMetricAlarmInput()
                            .alarmName(name)
                            .namespace("N")
                            .metricName(name)
                            .statistic("Sum")
                            .period(60)
                            .evaluationPeriods(1)
                            .threshold(1.0)
                            .comparisonOperator("GreaterThanThreshold")
                            .treatMissingData("ignore")
                            .alarmActions(name.equals("other") ? List.of(TOPIC) : List.of())
                            .okActions(name.equals("other") ? List.of(TOPIC) : List.of()),
                    call));
            set(name, "OK");
        }
        bench.write(tx -> tx.update("UPDATE alarm_action SET outcome = 'Succeeded'"));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private void set(String name, String state) {
        var unused = bench.call(call -> bench.api.setAlarmState(
                new SetAlarmStateInput().alarmName(name).stateValue(state).stateReason("by hand"), call));
    }

    private void composite(@Nullable Integer wait, @Nullable Integer extension) {
        var unused = bench.call(call -> bench.api.putCompositeAlarm(
                new PutCompositeAlarmInput()
                        .alarmName("top")
                        .alarmRule("ALARM(child)")
                        .alarmActions(List.of(TOPIC))
                        .okActions(List.of(TOPIC))
                        .actionsSuppressor(wait == null ? null : "maintenance")
                        .actionsSuppressorWaitPeriod(wait)
                        .actionsSuppressorExtensionPeriod(extension),
                call));
        // Its first evaluation is a change too, and waits like any other.
        advance(wait == null ? 0 : wait);
        bench.write(tx -> tx.update("UPDATE alarm_action SET outcome = 'Succeeded'"));
    }

    private CompositeAlarm top() {
        return bench.call(call -> bench.api.describeAlarms(
                        new DescribeAlarmsInput().alarmNames(List.of("top")).alarmTypes(List.of("CompositeAlarm")),
                        call))
                .compositeAlarms()
                .getFirst();
    }

    /** The states that were told of, oldest first. */
    private List<String> told() {
        return bench.read(tx -> AlarmActions.pending(tx, 0, 100)).stream()
                .map(action -> action.oldState() + " -> " + action.newState())
                .toList();
    }

    private List<String> decisions(String alarm) {
        return bench.read(tx -> Decisions.of(tx, Bench.ACCOUNT, Bench.REGION, alarm, 100)).stream()
                .map(Decisions.Run::decision)
                .toList();
    }

    private void advance(long seconds) {
        bench.advance(Duration.ofSeconds(seconds));
    }

    @Test
    void theActionsWaitForTheSuppressorAndThenAreTaken() {
        composite(120, 180);
        set("child", "ALARM");
        assertThat(top().stateValue()).isEqualTo("ALARM");
        assertThat(top().actionsSuppressedBy()).isEqualTo("WaitPeriod");
        assertThat(top().actionsSuppressedReason()).isEqualTo("Actions suppressed by WaitPeriod");
        assertThat(decisions("top").getFirst()).isEqualTo("ActionsSuppressed");
        advance(119);
        assertThat(told()).isEmpty();
        advance(1);
        assertThat(told()).containsExactly("OK -> ALARM");
        assertThat(top().actionsSuppressedBy()).isNull();
        assertThat(decisions("top").getFirst()).isEqualTo("Fired");
        advance(3600);
        assertThat(told()).hasSize(1);
    }

    @Test
    void theSuppressorHoldsThemAndTheExtensionAfterIt() {
        composite(120, 180);
        set("child", "ALARM");
        advance(60);
        set("maintenance", "ALARM");
        assertThat(top().actionsSuppressedBy()).isEqualTo("Alarm");
        advance(3600);
        assertThat(told()).isEmpty();
        set("maintenance", "OK");
        assertThat(top().actionsSuppressedBy()).isEqualTo("ExtensionPeriod");
        advance(179);
        assertThat(told()).isEmpty();
        advance(1);
        assertThat(told()).containsExactly("OK -> ALARM");
    }

    @Test
    void whatIsOverBeforeTheEndIsNotToldOf() {
        composite(120, 180);
        set("maintenance", "ALARM");
        set("child", "ALARM");
        assertThat(top().actionsSuppressedBy()).isEqualTo("Alarm");
        set("child", "OK");
        set("maintenance", "OK");
        advance(180);
        assertThat(told()).isEmpty();
        assertThat(decisions("top").getFirst()).isEqualTo("Overtaken");
    }

    @Test
    void withoutPeriodsNothingWaits() {
        composite(0, 0);
        set("child", "ALARM");
        assertThat(told()).containsExactly("OK -> ALARM");
        set("maintenance", "ALARM");
        set("child", "OK");
        assertThat(told()).hasSize(1);
        set("maintenance", "OK");
        assertThat(told()).containsExactly("OK -> ALARM", "ALARM -> OK");
    }

    @Test
    void anUpdateWithoutSuppressorLetsTheActionsGo() {
        composite(120, 180);
        set("child", "ALARM");
        assertThat(told()).isEmpty();
        var unused = bench.call(call -> bench.api.putCompositeAlarm(
                new PutCompositeAlarmInput()
                        .alarmName("top")
                        .alarmRule("ALARM(child)")
                        .alarmActions(List.of(TOPIC)),
                call));
        assertThat(told()).containsExactly("OK -> ALARM");
    }

    @Test
    void suppressorsAreCheckedAndKept() {
        assertThatThrownBy(() -> composite(10, null)).hasMessageContaining("must be specified together");
        composite(10, 20);
        assertThat(top().actionsSuppressor()).isEqualTo("maintenance");
        assertThat(top().actionsSuppressorWaitPeriod()).isEqualTo(10);
        assertThatThrownBy(() -> bench.call(call ->
                        bench.api.deleteAlarms(new DeleteAlarmsInput().alarmNames(List.of("maintenance")), call)))
                .hasMessage("Cannot delete maintenance as there are composite alarms depending on it.");
    }

    private void mute(String name, String expression, String duration, String... targets) {
        var unused = bench.call(call -> bench.api.putAlarmMuteRule(
                new PutAlarmMuteRuleInput()
                        .name(name)
                        .rule(new Rule()
                                .schedule(new Schedule().expression(expression).duration(duration)))
                        .muteTargets(new MuteTargets().alarmNames(List.of(targets))),
                call));
    }

    /** The bench begins at 10:00. */
    @Test
    void mutedActionsAreTakenAtTheWindowsEndIfTheStateHasStayed() {
        mute("night", "5 10 * * *", "PT20M", "other");
        assertThat(status("night")).isEqualTo("SCHEDULED");
        advance(600);
        assertThat(status("night")).isEqualTo("ACTIVE");
        set("other", "ALARM");
        assertThat(told()).isEmpty();
        assertThat(decisions("other").getFirst()).isEqualTo("Muted");
        advance(899);
        assertThat(told()).isEmpty();
        advance(1);
        assertThat(told()).containsExactly("OK -> ALARM");
        AlarmAction action = bench.read(tx -> AlarmActions.pending(tx, 0, 1)).getFirst();
        assertThat(Json.parse(action.message().json())
                        .path("ActionExecutedAfterMuteWindow")
                        .asBoolean())
                .isTrue();
        advance(86_400);
        assertThat(told()).hasSize(1);
    }

    @Test
    void whatEndedWithinTheWindowIsNotToldOf() {
        mute("night", "5 10 * * *", "PT20M", "other");
        advance(600);
        set("other", "ALARM");
        set("other", "OK");
        advance(3600);
        assertThat(told()).isEmpty();
    }

    @Test
    void ofTwoRulesTheLongerOneCounts() {
        mute("first", "at(2026-03-02T10:00)", "PT10M", "other");
        mute("second", "at(2026-03-02T10:05)", "PT20M", "other");
        advance(120);
        set("other", "ALARM");
        advance(1_000);
        assertThat(told()).isEmpty();
        assertThat(status("first")).isEqualTo("EXPIRED");
        advance(400);
        assertThat(told()).containsExactly("OK -> ALARM");
    }

    @Test
    void deletingOrChangingTheRuleUnmutesAtOnce() {
        mute("night", "0 10 * * *", "PT20M", "other");
        set("other", "ALARM");
        assertThat(told()).isEmpty();
        mute("night", "0 10 * * *", "PT20M", "child");
        assertThat(told()).containsExactly("OK -> ALARM");
        mute("night", "0 10 * * *", "PT20M", "other");
        set("other", "OK");
        assertThat(told()).hasSize(1);
        var unused = bench.call(
                call -> bench.api.deleteAlarmMuteRule(new DeleteAlarmMuteRuleInput().alarmMuteRuleName("night"), call));
        assertThat(told()).containsExactly("OK -> ALARM", "ALARM -> OK");
    }

    @Test
    void rulesAreListedByAlarmAndStatus() {
        mute("a", "0 10 * * *", "PT20M", "other", "child");
        mute("b", "0 12 * * *", "PT20M", "other");
        assertThat(list(new ListAlarmMuteRulesInput().alarmName("child"))).containsExactly("a");
        assertThat(list(new ListAlarmMuteRulesInput().statuses(List.of("SCHEDULED"))))
                .containsExactly("b");
        assertThat(list(new ListAlarmMuteRulesInput())).containsExactly("a", "b");
        assertThatThrownBy(() -> mute("c", "0 12 * *", "PT20M", "other")).hasMessageContaining("five fields");
        assertThatThrownBy(() -> mute("c", "at(2020-01-01T00:00)", "PT20M", "other"))
                .hasMessageContaining("never be active");
        assertThatThrownBy(() -> status("c")).hasMessageContaining("Unknown alarm mute rule");
    }

    private List<String> list(ListAlarmMuteRulesInput in) {
        return bench.call(call -> bench.api.listAlarmMuteRules(in, call)).alarmMuteRuleSummaries().stream()
                .map(summary -> summary.alarmMuteRuleArn().replaceAll(".*:", ""))
                .toList();
    }

    private String status(String name) {
        return bench.call(call -> bench.api.getAlarmMuteRule(new GetAlarmMuteRuleInput().alarmMuteRuleName(name), call))
                .status();
    }

    @Test
    void muteRulesHaveTagsLikeAlarms() {
        var unused = bench.call(call -> bench.api.putAlarmMuteRule(
                new PutAlarmMuteRuleInput()
                        .name("nights")
                        .rule(new Rule()
                                .schedule(new Schedule()
                                        .expression("cron(0 22 * * ?)")
                                        .duration("PT8H")))
                        .tags(List.of(new Tag().key("team").value("a"))),
                call));
        String arn = bench.call(call -> bench.api.listAlarmMuteRules(new ListAlarmMuteRulesInput(), call))
                .alarmMuteRuleSummaries()
                .getFirst()
                .alarmMuteRuleArn();
        assertThat(tags(arn)).containsExactly("team=a");
        var unusedTag = bench.call(call -> bench.api.tagResource(
                new TagResourceInput()
                        .resourceARN(arn)
                        .tags(List.of(
                                new Tag().key("team").value("b"),
                                new Tag().key("on").value("call"))),
                call));
        assertThat(tags(arn)).containsExactly("on=call", "team=b");
        var unusedUntag = bench.call(call -> bench.api.untagResource(
                new UntagResourceInput().resourceARN(arn).tagKeys(List.of("none", "on")), call));
        assertThat(tags(arn)).containsExactly("team=b");
        var unusedDelete = bench.call(call ->
                bench.api.deleteAlarmMuteRule(new DeleteAlarmMuteRuleInput().alarmMuteRuleName("nights"), call));
        assertThatThrownBy(() -> tags(arn)).isInstanceOf(ServiceException.class).hasMessageContaining("nights");
    }

    private List<String> tags(String arn) {
        return bench
                .call(call -> bench.api.listTagsForResource(new ListTagsForResourceInput().resourceARN(arn), call))
                .tags()
                .stream()
                .map(tag -> tag.key() + "=" + tag.value())
                .toList();
    }
}
