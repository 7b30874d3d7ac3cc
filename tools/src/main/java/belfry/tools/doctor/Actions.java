package belfry.tools.doctor;

import belfry.base.Json;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.model.CompositeAlarm;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.HistoryItemType;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

/** What an alarm does when it is raised, itself or through a composite alarm. */
final class Actions {
    private final Chain chain;
    private final Check check;

    Actions(Chain chain, Check check) {
        this.chain = chain;
        this.check = check;
    }

    /** Whether it does something, and what it did last succeeded. */
    boolean of(Hop<Chain.Counted> hop, MetricAlarm alarm, List<CompositeAlarm> composites, boolean soundSoFar) {
        if (!composites(alarm, composites).isEmpty()) {
            composites(alarm, composites)
                    .forEach(composite -> chain.note(
                            check,
                            alarm.alarmName() + " speaks through the composite alarm " + composite.alarmName() + ": "
                                    + composite.alarmRule()
                                    + (composite.actionsSuppressor() == null
                                            ? "."
                                            : ", unless " + composite.actionsSuppressor() + " suppresses it."),
                            ""));
            return true;
        }
        boolean does = does(alarm);
        if (does && soundSoFar && hop.sound()) {
            lastOne(alarm);
        }
        return does;
    }

    private boolean does(MetricAlarm alarm) {
        String name = alarm.alarmName();
        if (!alarm.actionsEnabled()) {
            chain.broken(
                    check,
                    "The actions of " + name + " are disabled: it changes its state and tells nobody.",
                    "aws cloudwatch enable-alarm-actions --alarm-names " + Words.quoted(name));
            return false;
        }
        if (alarm.alarmActions().isEmpty()) {
            chain.broken(
                    check,
                    name + " has no action for ALARM" + (alarm.okActions().isEmpty() ? "" : " (only for OK)")
                            + ": it changes its state and tells nobody.",
                    "aws cloudwatch put-metric-alarm … --alarm-actions TOPIC_ARN   # with its other settings, put again");
            return false;
        }
        return true;
    }

    private void lastOne(MetricAlarm alarm) {
        chain
                .sdk()
                .alarms
                .describeAlarmHistory(r -> r.alarmName(alarm.alarmName())
                        .historyItemType(HistoryItemType.ACTION)
                        .maxRecords(1))
                .alarmHistoryItems()
                .stream()
                .filter(item -> item.historySummary().startsWith("Failed"))
                .findFirst()
                .ifPresent(item -> chain.note(
                        check, "The last action of " + alarm.alarmName() + ": " + item.historySummary(), ""));
    }

    /** Composite alarms that name it and do something. */
    private static List<CompositeAlarm> composites(MetricAlarm alarm, List<CompositeAlarm> composites) {
        boolean silent = !alarm.actionsEnabled() || alarm.alarmActions().isEmpty();
        return composites.stream()
                .filter(composite -> silent && composite.actionsEnabled())
                .filter(composite -> !composite.alarmActions().isEmpty())
                .filter(composite -> composite.alarmRule().contains(alarm.alarmName()))
                .toList();
    }

    /** What is told, by the alarm or its composites. */
    List<String> targets(MetricAlarm alarm, List<CompositeAlarm> composites) {
        return Stream.concat(
                        alarm.alarmActions().stream(),
                        composites(alarm, composites).stream().flatMap(composite -> composite.alarmActions().stream()))
                .distinct()
                .toList();
    }

    static Chain.Publication publication(MetricAlarm alarm, String target) {
        String message = Json.write(Json.object()
                .put("AlarmName", alarm.alarmName())
                .put("AlarmDescription", Objects.requireNonNullElse(alarm.alarmDescription(), ""))
                .put("NewStateValue", "ALARM")
                .put("OldStateValue", "OK")
                .put("AlarmArn", alarm.alarmArn()));
        return new Chain.Publication(
                "the alarm " + alarm.alarmName(), "cloudwatch.amazonaws.com", alarm.alarmArn(), target, message);
    }

    static String list(List<Dimension> dimensions) {
        return dimensions.isEmpty()
                ? "(none)"
                : dimensions.stream()
                        .map(each -> each.name() + "=" + each.value())
                        .collect(Collectors.joining(", "));
    }
}
