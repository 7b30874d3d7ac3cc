package belfry.alarms;

import belfry.engine.alarm.AlarmMath;
import belfry.engine.alarm.AlarmRule;
import belfry.engine.alarm.AlarmSchedule;
import belfry.engine.alarm.AlarmState;
import belfry.engine.alarm.PointSource;
import belfry.engine.alarm.Window;
import belfry.engine.metric.Datapoint;
import belfry.engine.metric.anomaly.SeasonalModel;
import belfry.metrics.AnomalyModels;
import belfry.metrics.Datapoints;
import belfry.metrics.MetricRef;
import belfry.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The datapoints an alarm is evaluated on.
 *
 * @param datapoints of each metric, by its id
 */
record AlarmData(PointSource source, Map<String, List<Datapoint>> datapoints) {
    /** Datapoints may lie this far ahead. */
    private static final Duration AHEAD = Duration.ofHours(3);

    static AlarmData read(Tx tx, AlarmRules rules, Instant now) {
        AlarmRule rule = rules.rule();
        Map<String, List<Datapoint>> datapoints = new LinkedHashMap<>();
        rules.metrics()
                .forEach((id, metric) -> datapoints.put(
                        id, Datapoints.read(tx, metric, rule.unit(), from(rule, now), to(now), rule.period())));
        PointSource source = rules.math()
                .map(math -> math.source(datapoints, neverNegative(tx, rules.metrics()), models(tx, rules, math, now)))
                .orElseGet(() -> PointSource.of(
                        rule,
                        datapoints.values().iterator().next(),
                        Datapoints.neverNegative(
                                tx, rules.metrics().values().iterator().next())));
        return new AlarmData(source, datapoints);
    }

    /** The data of an alarm on one metric, read before. */
    static AlarmData of(AlarmRule rule, List<Datapoint> all, boolean neverNegative) {
        List<Datapoint> datapoints = rule.unit() == null
                ? all
                : all.stream().filter(point -> point.unit().equals(rule.unit())).toList();
        return new AlarmData(PointSource.of(rule, datapoints, neverNegative), Map.of("", datapoints));
    }

    /** From when on an alarm's datapoints are looked at. */
    static Instant from(AlarmRule rule, Instant now) {
        return Instant.ofEpochSecond(AlarmSchedule.closedWindow(rule, now).from());
    }

    /** Up to when. */
    static Instant to(Instant now) {
        return now.plus(AHEAD);
    }

    /** The model of the band's metric, trained anew each hour. */
    private static Map<String, SeasonalModel> models(Tx tx, AlarmRules rules, AlarmMath math, Instant now) {
        if (math.band().isEmpty()) {
            return Map.of();
        }
        String id = math.band().get().metric();
        MetricRef metric = Objects.requireNonNull(rules.metrics().get(id), id);
        AnomalyModels.Subject subject = new AnomalyModels.Subject(
                metric,
                math.metric(id).statistic(),
                math.metric(id).unit(),
                rules.rule().period());
        return AnomalyModels.kept(tx, subject, now)
                .map(model -> Map.of(id, model))
                .orElse(Map.of());
    }

    private static Set<String> neverNegative(Tx tx, Map<String, MetricRef> metrics) {
        return metrics.entrySet().stream()
                .filter(metric -> Datapoints.neverNegative(tx, metric.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /**
     * Whether the alarm, now in {@code state}, can be left alone until data come. Metric math may give values without data, as
     * FILL does: they stay the same as long as none come, unless the expression looks at the time.
     */
    boolean quiet(AlarmRules rules, AlarmState state, Instant now) {
        if (rules.math().filter(math -> !math.readsTheTime()).isPresent() && noneFrom(Long.MIN_VALUE)) {
            return true;
        }
        Window open = AlarmSchedule.openWindow(rules.rule(), now);
        boolean empty = noneFrom(open.from()) && source.points(open).isEmpty();
        return AlarmSchedule.quiet(rules.rule(), empty, state);
    }

    private boolean noneFrom(long start) {
        return datapoints.values().stream().flatMap(List::stream).noneMatch(point -> point.start() >= start);
    }
}
