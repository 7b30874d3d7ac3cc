package belfry.metrics;

import belfry.base.Json;
import belfry.engine.metric.Periods;
import belfry.engine.metric.Statistic;
import belfry.engine.metric.anomaly.SeasonalModel;
import belfry.store.Tx;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What is to be expected of metrics: learnt from the two weeks before the full hour, as their detector is configured. */
public final class AnomalyModels {
    private static final int HOUR = 3600;

    private AnomalyModels() {}

    /**
     * What a model is of.
     *
     * @param unit the only one that counts; null for all
     * @param period seconds
     */
    public record Subject(
            MetricRef metric, Statistic statistic, @Nullable String unit, int period) {
        private Object[] key() {
            return new Object[] {
                metric.account(),
                metric.region(),
                metric.key().namespace(),
                metric.key().name(),
                metric.dimensionText(),
                statistic.awsName(),
                unit == null ? "" : unit,
                period
            };
        }
    }

    private record Kept(ZoneId zone, Instant trained, String numbers) {
        Optional<SeasonalModel> model() {
            if (numbers.isEmpty()) {
                return Optional.empty();
            }
            double[] all = StreamSupport.stream(Json.parse(numbers).spliterator(), false)
                    .mapToDouble(number -> number.asDouble())
                    .toArray();
            return Optional.of(SeasonalModel.of(all, zone));
        }
    }

    /** The model of this hour, learnt now and kept if it is not there yet. Empty while there is too little to learn from. */
    public static Optional<SeasonalModel> kept(Tx tx, Subject subject, Instant now) {
        Optional<Kept> kept = find(tx, subject).filter(one -> one.trained().equals(hour(now)));
        if (kept.isPresent()) {
            return kept.get().model();
        }
        Detector detector = Detector.of(tx, subject);
        Optional<SeasonalModel> model = train(tx, subject, detector, now);
        Object[] key = subject.key();
        ArrayNode numbers = Json.array();
        model.ifPresent(learnt -> {
            for (double number : learnt.numbers()) {
                numbers.add(number);
            }
        });
        tx.update(
                "INSERT INTO anomaly_model (account, region, namespace, name, dimensions, stat, unit, period, zone,"
                        + " trained, numbers) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (account, region, namespace, name, dimensions, stat, unit, period) DO UPDATE SET"
                        + " zone = excluded.zone, trained = excluded.trained, numbers = excluded.numbers",
                key[0],
                key[1],
                key[2],
                key[3],
                key[4],
                key[5],
                key[6],
                key[7],
                detector.zone().getId(),
                hour(now),
                model.isPresent() ? Json.write(numbers) : "");
        return model;
    }

    /** The model of this hour, for those who only read. */
    static Optional<SeasonalModel> read(Tx tx, Subject subject, Instant now) {
        Optional<Kept> kept = find(tx, subject).filter(one -> one.trained().equals(hour(now)));
        return kept.isPresent() ? kept.get().model() : train(tx, subject, Detector.of(tx, subject), now);
    }

    /** What was learnt of a metric goes with its detector's configuration. */
    static void forget(Tx tx, MetricRef metric, String stat) {
        tx.update(
                "DELETE FROM anomaly_model WHERE account = ? AND region = ? AND namespace = ? AND name = ?"
                        + " AND dimensions = ? AND stat = ?",
                metric.account(),
                metric.region(),
                metric.key().namespace(),
                metric.key().name(),
                metric.dimensionText(),
                stat);
    }

    private static Optional<Kept> find(Tx tx, Subject subject) {
        return tx.first(
                "SELECT zone, trained, numbers FROM anomaly_model WHERE account = ? AND region = ? AND namespace = ?"
                        + " AND name = ? AND dimensions = ? AND stat = ? AND unit = ? AND period = ?",
                row -> new Kept(ZoneId.of(row.text(1)), row.instant(2), row.text(3)),
                subject.key());
    }

    private static Optional<SeasonalModel> train(Tx tx, Subject subject, Detector detector, Instant now) {
        Instant end = hour(now);
        Instant start = end.minus(SeasonalModel.HISTORY);
        var points = Datapoints.read(tx, subject.metric(), subject.unit(), start, end, subject.period());
        SortedMap<Long, Double> history = new TreeMap<>(
                Periods.values(Periods.rollUp(points, start.getEpochSecond(), subject.period()), subject.statistic()));
        history.keySet().removeIf(detector::excludes);
        return SeasonalModel.train(history, subject.period(), detector.zone());
    }

    private static Instant hour(Instant now) {
        return Instant.ofEpochSecond(Math.floorDiv(now.getEpochSecond(), HOUR) * HOUR);
    }
}
