package belfry.alarms;

import belfry.api.cloudwatch.CompositeAlarm;
import belfry.api.cloudwatch.Dimension;
import belfry.api.cloudwatch.MetricAlarm;
import belfry.api.cloudwatch.MetricDataQuery;
import belfry.api.cloudwatch.PutCompositeAlarmInput;
import belfry.api.cloudwatch.PutMetricAlarmInput;
import belfry.api.cloudwatch.Tag;
import belfry.base.Json;
import belfry.engine.alarm.CompositeRule;
import belfry.engine.alarm.RuleException;
import belfry.gateway.Call;
import belfry.metrics.AnomalyDetectors;
import belfry.store.Tx;
import belfry.wire.NoOutput;
import belfry.wire.ServiceException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** PutMetricAlarm and PutCompositeAlarm: a full overwrite that keeps the state (alarms.md §1 and §11). */
final class PutAlarms {
    /** Composite alarms that may name one alarm. */
    private static final int PARENTS_MAX = 150;

    private PutAlarms() {}

    static NoOutput metric(PutMetricAlarmInput in, Call call) {
        AlarmChecks.check(in, call);
        AlarmTags.check(in.tags());
        MetricAlarm alarm = CloudWatch.STRUCTS.copy(in, new MetricAlarm());
        normalize(alarm);
        String configuration = Json.write(CloudWatch.STRUCTS.write(alarm));
        AlarmRules rules = AlarmRules.of(call.account(), call.region(), alarm);
        return call.write(tx -> {
            Alarm put = put(tx, call, in.alarmName(), AlarmKind.METRIC, configuration, in.actionsEnabled(), in.tags());
            AlarmTable.setMetrics(tx, put.id(), Set.copyOf(rules.metrics().values()));
            rules.math()
                    .ifPresent(math -> math.band()
                            .ifPresent(band -> AnomalyDetectors.ensure(
                                    tx,
                                    Objects.requireNonNull(rules.metrics().get(band.metric())),
                                    math.metric(band.metric()).statistic().awsName())));
            return NoOutput.INSTANCE;
        });
    }

    static NoOutput composite(PutCompositeAlarmInput in, Call call) {
        AlarmChecks.checkName(in.alarmName());
        ActionChecks.composite(in, call.region());
        AlarmTags.check(in.tags());
        String suppressor = suppressor(in);
        Set<String> children = children(in.alarmRule());
        CompositeAlarm alarm = CloudWatch.STRUCTS.copy(in, new CompositeAlarm());
        alarm.alarmName(null).actionsEnabled(null);
        if (suppressor == null) {
            alarm.actionsSuppressor(null);
        }
        alarm.okActions(list(alarm.okActions()))
                .alarmActions(list(alarm.alarmActions()))
                .insufficientDataActions(list(alarm.insufficientDataActions()));
        String configuration = Json.write(CloudWatch.STRUCTS.write(alarm));
        return call.write(tx -> {
            checkChildren(tx, children, in.alarmName(), call);
            checkSuppressor(tx, suppressor, in.alarmName(), call);
            Alarm put =
                    put(tx, call, in.alarmName(), AlarmKind.COMPOSITE, configuration, in.actionsEnabled(), in.tags());
            setChildren(tx, put.id(), children);
            AlarmTable.setSuppressor(tx, put.id(), suppressor);
            return NoOutput.INSTANCE;
        });
    }

    /** The lists that are always shown; the members that have columns. */
    private static void normalize(MetricAlarm alarm) {
        alarm.alarmName(null).actionsEnabled(null);
        alarm.okActions(list(alarm.okActions()))
                .alarmActions(list(alarm.alarmActions()))
                .insufficientDataActions(list(alarm.insufficientDataActions()));
        if (alarm.metricName() != null) {
            alarm.dimensions(Objects.requireNonNullElse(alarm.dimensions(), List.<Dimension>of()))
                    .metrics(null);
        }
        AlarmRules.queries(alarm).forEach(PutAlarms::normalize);
    }

    private static void normalize(MetricDataQuery query) {
        query.returnData(AlarmQueries.returned(query));
        if (query.metricStat() != null) {
            var metric = query.metricStat().metric();
            metric.dimensions(Objects.requireNonNullElse(metric.dimensions(), List.<Dimension>of()));
        }
    }

    private static List<String> list(@Nullable List<String> actions) {
        return Objects.requireNonNullElse(actions, List.of());
    }

    private static Alarm put(
            Tx tx,
            Call call,
            String name,
            AlarmKind kind,
            String configuration,
            @Nullable Boolean actionsEnabled,
            @Nullable List<Tag> tags) {
        boolean actions = actionsEnabled == null || actionsEnabled;
        Optional<Alarm> there = AlarmTable.find(tx, call.account(), call.region(), name);
        if (there.filter(alarm -> alarm.kind() != kind).isPresent()) {
            throw AlarmChecks.invalid("An alarm named " + name + " exists already, and is a "
                    + there.get().kind().awsName() + ".");
        }
        tx.ring(AlarmTable.CONFIGURED);
        call.touches("AWS::CloudWatch::Alarm", Alarm.arn(call.account(), call.region(), name));
        if (there.isPresent()) {
            Alarm updated = AlarmTable.reconfigure(tx, there.get(), configuration, actions, call.now());
            AlarmHistory.configured(tx, updated, "updated", HistoryData.updated(there.get(), updated), call.now());
            return updated;
        }
        Alarm created =
                AlarmTable.create(tx, call.account(), call.region(), name, kind, configuration, actions, call.now());
        AlarmTags.put(tx, AlarmTags.Tagged.alarm(created.id()), tags);
        AlarmHistory.configured(tx, created, "created", HistoryData.created(created), call.now());
        return created;
    }

    private static Set<String> children(String rule) {
        try {
            Set<String> names = new TreeSet<>();
            CompositeRule.parse(rule).children().forEach(child -> names.add(AlarmTree.childName(child)));
            return names;
        } catch (RuleException e) {
            throw AlarmChecks.invalid("AlarmRule is invalid: " + e.getMessage());
        }
    }

    private static void checkChildren(Tx tx, Set<String> children, String self, Call call) {
        for (String child : children) {
            if (child.equals(self)) {
                throw AlarmChecks.invalid("An alarm cannot depend on itself: " + self);
            }
            if (AlarmTable.find(tx, call.account(), call.region(), child).isEmpty()) {
                throw AlarmChecks.invalid("AlarmRule names an alarm that does not exist: " + child);
            }
            long parents = tx.count(
                    "SELECT COUNT(*) FROM alarm_child JOIN alarm ON alarm.id = parent"
                            + " WHERE child = ? AND account = ? AND region = ? AND alarm.name <> ?",
                    child,
                    call.account(),
                    call.region(),
                    self);
            if (parents >= PARENTS_MAX) {
                throw ServiceException.of(
                        "LimitExceeded", "The alarm " + child + " is named by " + PARENTS_MAX + " alarms already.");
            }
        }
    }

    /** The name of the alarm that suppresses the actions; null for none. */
    private static @Nullable String suppressor(PutCompositeAlarmInput in) {
        boolean periods = in.actionsSuppressorWaitPeriod() != null && in.actionsSuppressorExtensionPeriod() != null;
        boolean period = in.actionsSuppressorWaitPeriod() != null || in.actionsSuppressorExtensionPeriod() != null;
        boolean suppressed =
                in.actionsSuppressor() != null && !in.actionsSuppressor().isEmpty();
        if (suppressed != period || period != periods) {
            throw AlarmChecks.invalid("ActionsSuppressor, ActionsSuppressorWaitPeriod and"
                    + " ActionsSuppressorExtensionPeriod must be specified together.");
        }
        if (!suppressed) {
            return null;
        }
        if (in.actionsSuppressorWaitPeriod() < 0 || in.actionsSuppressorExtensionPeriod() < 0) {
            throw AlarmChecks.invalid("The periods of an actions suppressor must not be negative.");
        }
        return AlarmTree.childName(in.actionsSuppressor());
    }

    private static void checkSuppressor(Tx tx, @Nullable String suppressor, String self, Call call) {
        if (suppressor == null) {
            return;
        }
        if (suppressor.equals(self)) {
            throw AlarmChecks.invalid("An alarm cannot suppress its own actions: " + self);
        }
        if (AlarmTable.find(tx, call.account(), call.region(), suppressor).isEmpty()) {
            throw AlarmChecks.invalid("ActionsSuppressor names an alarm that does not exist: " + suppressor);
        }
    }

    private static void setChildren(Tx tx, long parent, Set<String> children) {
        tx.update("DELETE FROM alarm_child WHERE parent = ?", parent);
        for (String child : children) {
            tx.update("INSERT INTO alarm_child (child, parent) VALUES (?, ?)", child, parent);
        }
    }
}
