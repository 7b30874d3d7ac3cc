package belfry.metrics;

import belfry.base.Json;
import belfry.store.Tx;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * What an anomaly detector's configuration says: whose hours count, and which times nothing is learnt from.
 *
 * @param excluded times from which nothing is learnt
 */
record Detector(ZoneId zone, List<Range> excluded) {
    static final Detector PLAIN = new Detector(ZoneOffset.UTC, List.of());

    /** From {@code start} up to {@code end}. */
    record Range(Instant start, Instant end) {}

    Detector {
        excluded = List.copyOf(excluded);
    }

    static Detector of(Tx tx, AnomalyModels.Subject subject) {
        MetricRef metric = subject.metric();
        return tx.first(
                        "SELECT configuration FROM anomaly_detector WHERE account = ? AND region = ? AND namespace = ?"
                                + " AND name = ? AND dimensions = ? AND stat = ?",
                        row -> parse(row.text(1)),
                        metric.account(),
                        metric.region(),
                        metric.key().namespace(),
                        metric.key().name(),
                        metric.dimensionText(),
                        subject.statistic().awsName())
                .orElse(PLAIN);
    }

    static Detector parse(String configuration) {
        JsonNode json = Json.parse(configuration);
        List<Range> excluded = new ArrayList<>();
        for (JsonNode range : json.path("excluded")) {
            excluded.add(new Range(
                    Instant.ofEpochMilli(range.path(0).asLong()),
                    Instant.ofEpochMilli(range.path(1).asLong())));
        }
        return new Detector(json.has("zone") ? ZoneId.of(json.path("zone").asText()) : ZoneOffset.UTC, excluded);
    }

    boolean excludes(long start) {
        Instant at = Instant.ofEpochSecond(start);
        return excluded.stream().anyMatch(range -> !at.isBefore(range.start()) && at.isBefore(range.end()));
    }
}
