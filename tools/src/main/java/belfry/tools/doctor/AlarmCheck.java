package belfry.tools.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.CompositeAlarm;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** An alarm watches the count, is raised by one read, and does something then. */
final class AlarmCheck implements Check {
    @Override
    public String link() {
        return "alarm";
    }

    @Override
    public void look(Chain chain) {
        List<MetricAlarm> alarms = new ArrayList<>();
        List<CompositeAlarm> composites = new ArrayList<>();
        for (DescribeAlarmsResponse page : chain.sdk()
                .alarms
                .describeAlarmsPaginator(r -> r.alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM))) {
            alarms.addAll(page.metricAlarms());
            composites.addAll(page.compositeAlarms());
        }
        boolean anyWatched =
                chain.counted().stream().anyMatch(hop -> alarms.stream().anyMatch(alarm -> watches(alarm, hop.what())));
        Set<String> seen = new HashSet<>();
        for (Hop<Chain.Counted> hop : chain.counted()) {
            List<MetricAlarm> watching =
                    alarms.stream().filter(alarm -> watches(alarm, hop.what())).toList();
            if (watching.isEmpty() && !anyWatched) {
                nobodyWatches(chain, hop.what(), alarms);
            }
            watching.stream()
                    .filter(alarm -> seen.add(alarm.alarmArn()))
                    .forEach(alarm -> look(chain, hop, alarm, composites));
        }
    }

    private static boolean watches(MetricAlarm alarm, Chain.Counted counted) {
        String namespace = counted.metric().metricNamespace();
        String name = counted.metric().metricName();
        boolean plain = namespace.equals(alarm.namespace()) && name.equals(alarm.metricName());
        return plain
                || alarm.metrics().stream()
                        .filter(query -> query.metricStat() != null)
                        .map(query -> query.metricStat().metric())
                        .anyMatch(metric -> namespace.equals(metric.namespace()) && name.equals(metric.metricName()));
    }

    private void nobodyWatches(Chain chain, Chain.Counted counted, List<MetricAlarm> alarms) {
        String metric =
                counted.metric().metricNamespace() + "/" + counted.metric().metricName();
        Optional<MetricAlarm> near = alarms.stream()
                .filter(alarm -> counted.metric().metricName().equalsIgnoreCase(alarm.metricName())
                        || counted.metric().metricNamespace().equals(alarm.namespace()))
                .findFirst();
        chain.broken(
                this,
                "No alarm watches " + metric + ", which the filter "
                        + counted.filter().filterName() + " makes"
                        + near.map(alarm -> "; " + alarm.alarmName() + " watches " + alarm.namespace() + "/"
                                        + alarm.metricName())
                                .orElse("")
                        + ".",
                "aws cloudwatch put-metric-alarm --alarm-name SecretIsRead --namespace "
                        + Words.quoted(counted.metric().metricNamespace()) + " --metric-name "
                        + Words.quoted(counted.metric().metricName())
                        + " --statistic Sum --period 60 --evaluation-periods 1 --threshold 1 --comparison-operator"
                        + " GreaterThanOrEqualToThreshold --treat-missing-data notBreaching --alarm-actions TOPIC_ARN");
    }

    private void look(Chain chain, Hop<Chain.Counted> hop, MetricAlarm alarm, List<CompositeAlarm> composites) {
        int before = chain.findings().size();
        boolean counts = dimensions(chain, hop.what(), alarm);
        boolean raised = raised(chain, hop.what(), alarm);
        boolean sound = counts && raised;
        Actions actions = new Actions(chain, this);
        sound &= actions.of(hop, alarm, composites, sound);
        if (sound) {
            sound = notMuted(chain, alarm.alarmName());
        }
        if (sound && chain.findings().size() == before) {
            chain.ok(this, "One read raises " + alarm.alarmName() + ".");
        }
        if (alarm.stateValue() == StateValue.ALARM) {
            chain.standing().add(alarm.alarmArn());
            chain.note(
                    this,
                    alarm.alarmName() + " stands in ALARM since " + alarm.stateUpdatedTimestamp()
                            + " and mails only when that changes: a read now is not told until it is OK again.",
                    "aws cloudwatch set-alarm-state --alarm-name " + Words.quoted(alarm.alarmName())
                            + " --state-value OK --state-reason test");
        }
        boolean whole = sound;
        actions.targets(alarm, composites)
                .forEach(target -> chain.publications().add(hop.to(Actions.publication(alarm, target), whole)));
    }

    private boolean dimensions(Chain chain, Chain.Counted counted, MetricAlarm alarm) {
        if (alarm.metricName() == null || Set.copyOf(alarm.dimensions()).equals(Set.copyOf(counted.dimensions()))) {
            return true;
        }
        chain.broken(
                this,
                alarm.alarmName() + " watches the metric with the dimensions " + Actions.list(alarm.dimensions())
                        + "; a read is counted under " + Actions.list(counted.dimensions()) + ".",
                "give the alarm the dimensions that the filter gives, or none to both");
        return false;
    }

    private boolean raised(Chain chain, Chain.Counted counted, MetricAlarm alarm) {
        Optional<OneRead.Deaf> deaf = OneRead.deaf(alarm, counted.metric());
        if (deaf.isEmpty()) {
            return true;
        }
        String text = "A single read does not raise " + alarm.alarmName() + ": "
                + deaf.get().why() + ".";
        if (deaf.get().wrong()) {
            chain.broken(
                    this,
                    text,
                    "aws cloudwatch put-metric-alarm … --statistic Sum --threshold 1 --comparison-operator"
                            + " GreaterThanOrEqualToThreshold   # with its other settings, put again");
        } else {
            chain.note(this, text, "");
        }
        return false;
    }

    private boolean notMuted(Chain chain, String alarm) {
        try {
            List<String> rules = chain.sdk().muteRules().active(alarm);
            rules.forEach(rule -> chain.broken(
                    this,
                    alarm + " is muted just now by " + rule + ".",
                    "aws cloudwatch delete-alarm-mute-rule --alarm-mute-rule-name "
                            + Words.quoted(rule.substring(rule.lastIndexOf(':') + 1))));
            return rules.isEmpty();
        } catch (IOException e) {
            chain.unseen(
                    this, "Whether a mute rule holds " + alarm + " back could not be asked: " + e.getMessage() + ".");
            return true;
        }
    }
}
