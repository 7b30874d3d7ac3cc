package belfry.alarms;

import belfry.api.cloudwatch.CompositeAlarm;
import belfry.api.cloudwatch.DescribeAlarmsForMetricInput;
import belfry.api.cloudwatch.DescribeAlarmsForMetricOutput;
import belfry.api.cloudwatch.DescribeAlarmsInput;
import belfry.api.cloudwatch.DescribeAlarmsOutput;
import belfry.api.cloudwatch.MetricAlarm;
import belfry.gateway.Call;
import belfry.metrics.MetricRef;
import belfry.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** DescribeAlarms and DescribeAlarmsForMetric. Alarms come by name; without AlarmTypes only metric alarms do. */
final class DescribeAlarms {
    private static final int PAGE = 50;
    private static final int PAGE_MAX = 100;
    private static final int BATCH = 200;

    private DescribeAlarms() {}

    static DescribeAlarmsOutput answer(Tx tx, DescribeAlarmsInput in, Call call) {
        check(in);
        boolean named = in.alarmNames() != null && !in.alarmNames().isEmpty();
        int page = in.maxRecords() == null ? (named ? PAGE_MAX : PAGE) : in.maxRecords();
        String after = in.nextToken() == null ? "" : PageToken.read(in.nextToken());
        Predicate<Alarm> wanted = filter(tx, in, call);
        List<Alarm> found =
                named ? byNames(tx, in, call, after, wanted) : byPrefix(tx, in, call, after, page + 1, wanted);
        List<Alarm> shown = found.subList(0, Math.min(page, found.size()));
        DescribeAlarmsOutput out = related(in) ? brief(shown, in.childrenOfAlarmName() != null) : output(shown);
        return found.size() > page
                ? out.nextToken(PageToken.write(shown.getLast().name()))
                : out;
    }

    static DescribeAlarmsForMetricOutput forMetric(Tx tx, DescribeAlarmsForMetricInput in, Call call) {
        MetricRef metric =
                MetricRef.of(call.account(), call.region(), in.namespace(), in.metricName(), in.dimensions());
        List<MetricAlarm> shown = AlarmTable.ofMetric(tx, metric).stream()
                .map(Alarm::metricAlarm)
                .filter(alarm -> alarm.metricName() != null)
                .filter(alarm -> asked(in.statistic(), alarm.statistic())
                        && asked(in.extendedStatistic(), alarm.extendedStatistic())
                        && asked(in.period(), alarm.period())
                        && asked(in.unit(), alarm.unit()))
                .toList();
        return new DescribeAlarmsForMetricOutput().metricAlarms(shown);
    }

    private static boolean asked(@Nullable Object asked, @Nullable Object there) {
        return asked == null || asked.equals(there);
    }

    private static void check(DescribeAlarmsInput in) {
        boolean names = in.alarmNames() != null && !in.alarmNames().isEmpty();
        if (names && in.alarmNamePrefix() != null) {
            throw AlarmChecks.combination("AlarmNamePrefix and AlarmNames.member are mutually exclusive");
        }
        boolean both = in.childrenOfAlarmName() != null && in.parentsOfAlarmName() != null;
        boolean other = names
                || in.alarmNamePrefix() != null
                || in.stateValue() != null
                || in.actionPrefix() != null
                || (in.alarmTypes() != null && !in.alarmTypes().isEmpty());
        if (both || (related(in) && other)) {
            throw AlarmChecks.invalid((in.childrenOfAlarmName() != null ? "ChildrenOfAlarmName" : "ParentsOfAlarmName")
                    + " cannot be specified with other parameters except MaxRecords and NextToken.");
        }
    }

    private static boolean related(DescribeAlarmsInput in) {
        return in.childrenOfAlarmName() != null || in.parentsOfAlarmName() != null;
    }

    private static List<Alarm> byNames(
            Tx tx, DescribeAlarmsInput in, Call call, String after, Predicate<Alarm> wanted) {
        return new TreeSet<>(in.alarmNames())
                .tailSet(after, false).stream()
                        .flatMap(name -> AlarmTable.find(tx, call.account(), call.region(), name).stream())
                        .filter(wanted)
                        .toList();
    }

    private static List<Alarm> byPrefix(
            Tx tx, DescribeAlarmsInput in, Call call, String start, int limit, Predicate<Alarm> wanted) {
        String prefix = Objects.requireNonNullElse(in.alarmNamePrefix(), "");
        List<Alarm> found = new ArrayList<>();
        String after = start;
        boolean more = true;
        while (more && found.size() < limit) {
            List<Alarm> rows = AlarmTable.list(tx, call.account(), call.region(), prefix, after, BATCH);
            rows.stream().filter(wanted).forEach(found::add);
            more = rows.size() == BATCH;
            after = rows.isEmpty() ? after : rows.getLast().name();
        }
        return found;
    }

    private static Predicate<Alarm> filter(Tx tx, DescribeAlarmsInput in, Call call) {
        boolean related = related(in);
        Set<String> types = in.alarmTypes() == null || in.alarmTypes().isEmpty()
                ? (related ? Set.of("MetricAlarm", "CompositeAlarm") : Set.of("MetricAlarm"))
                : Set.copyOf(in.alarmTypes());
        Predicate<Alarm> wanted = alarm -> types.contains(alarm.kind().awsName());
        if (in.stateValue() != null) {
            wanted = wanted.and(alarm -> alarm.state().name().equals(in.stateValue()));
        }
        if (in.actionPrefix() != null) {
            wanted = wanted.and(alarm -> actions(alarm).anyMatch(action -> action.startsWith(in.actionPrefix())));
        }
        if (related) {
            Set<String> names = in.childrenOfAlarmName() != null
                    ? children(tx, in.childrenOfAlarmName(), call)
                    : parents(tx, in.parentsOfAlarmName(), call);
            wanted = wanted.and(alarm -> names.contains(alarm.name()));
        }
        return wanted;
    }

    private static Set<String> children(Tx tx, String name, Call call) {
        return AlarmTable.find(tx, call.account(), call.region(), name)
                .map(parent -> Set.copyOf(
                        tx.query("SELECT child FROM alarm_child WHERE parent = ?", row -> row.text(1), parent.id())))
                .orElse(Set.of());
    }

    static Set<String> parents(Tx tx, String name, Call call) {
        return Set.copyOf(tx.query(
                "SELECT alarm.name FROM alarm_child JOIN alarm ON alarm.id = parent"
                        + " WHERE child = ? AND account = ? AND region = ?",
                row -> row.text(1),
                name,
                call.account(),
                call.region()));
    }

    private static Stream<String> actions(Alarm alarm) {
        return switch (alarm.kind()) {
            case METRIC -> {
                MetricAlarm shown = alarm.metricAlarm();
                yield Stream.of(shown.okActions(), shown.alarmActions(), shown.insufficientDataActions())
                        .flatMap(List::stream);
            }
            case COMPOSITE -> {
                CompositeAlarm shown = alarm.compositeAlarm();
                yield Stream.of(shown.okActions(), shown.alarmActions(), shown.insufficientDataActions())
                        .flatMap(List::stream);
            }
        };
    }

    private static DescribeAlarmsOutput output(List<Alarm> alarms) {
        List<MetricAlarm> metric = new ArrayList<>();
        List<CompositeAlarm> composite = new ArrayList<>();
        for (Alarm alarm : alarms) {
            switch (alarm.kind()) {
                case METRIC -> metric.add(alarm.metricAlarm());
                case COMPOSITE -> composite.add(alarm.compositeAlarm());
            }
        }
        return new DescribeAlarmsOutput().metricAlarms(metric).compositeAlarms(composite);
    }

    /** Of children AWS tells name, ARN and state, of parents name and ARN. */
    private static DescribeAlarmsOutput brief(List<Alarm> alarms, boolean children) {
        List<MetricAlarm> metric = new ArrayList<>();
        List<CompositeAlarm> composite = new ArrayList<>();
        for (Alarm alarm : alarms) {
            String state = children ? alarm.state().name() : null;
            Instant since = children ? alarm.stateUpdated() : null;
            switch (alarm.kind()) {
                case METRIC ->
                    metric.add(new MetricAlarm()
                            .alarmName(alarm.name())
                            .alarmArn(alarm.arn())
                            .stateValue(state)
                            .stateUpdatedTimestamp(since));
                case COMPOSITE ->
                    composite.add(new CompositeAlarm()
                            .alarmName(alarm.name())
                            .alarmArn(alarm.arn())
                            .stateValue(state)
                            .stateUpdatedTimestamp(since));
            }
        }
        return new DescribeAlarmsOutput().metricAlarms(metric).compositeAlarms(composite);
    }
}
