package belfry.metrics;

import belfry.api.cloudwatch.DimensionFilter;
import belfry.api.cloudwatch.ListMetricsInput;
import belfry.api.cloudwatch.ListMetricsOutput;
import belfry.api.cloudwatch.Metric;
import belfry.base.Json;
import belfry.gateway.Call;
import belfry.store.Tx;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** ListMetrics: the metrics with data in the last two weeks, 500 a page. */
final class MetricListing {
    static final int PAGE = 500;
    static final Duration LISTED = Duration.ofDays(14);
    private static final Duration RECENT = Duration.ofHours(3);

    /** After which metric a page begins. */
    record Position(String namespace, String name, String dimensions) {
        static final Position START = new Position("", "", "");

        static Position of(MetricRef metric) {
            return new Position(metric.key().namespace(), metric.key().name(), metric.dimensionText());
        }
    }

    /** Which metrics: null for any namespace or name, with data since. */
    record Sought(@Nullable String namespace, @Nullable String name, Instant since) {}

    private MetricListing() {}

    static ListMetricsOutput answer(Tx tx, ListMetricsInput in, Call call) {
        Position position = in.nextToken() == null ? Position.START : read(in.nextToken());
        if (in.owningAccount() != null && !in.owningAccount().equals(call.account())) {
            return new ListMetricsOutput().metrics(List.of());
        }
        Instant since = call.now().minus(in.recentlyActive() == null ? LISTED : RECENT);
        Sought sought = new Sought(in.namespace(), in.metricName(), since);
        List<MetricRef> page = new ArrayList<>();
        boolean more = true;
        while (more && page.size() <= PAGE) {
            List<MetricRef> rows = rows(tx, sought, call, position);
            more = rows.size() == PAGE;
            for (MetricRef row : rows) {
                position = Position.of(row);
                if (matches(row.key().dimensions(), in.dimensions())) {
                    page.add(row);
                }
            }
        }
        ListMetricsOutput out = output(page);
        return Boolean.TRUE.equals(in.includeLinkedAccounts())
                ? out.owningAccounts(Collections.nCopies(out.metrics().size(), call.account()))
                : out;
    }

    private static ListMetricsOutput output(List<MetricRef> found) {
        List<MetricRef> page = found.subList(0, Math.min(PAGE, found.size()));
        ListMetricsOutput out = new ListMetricsOutput()
                .metrics(page.stream()
                        .map(metric -> new Metric()
                                .namespace(metric.key().namespace())
                                .metricName(metric.key().name())
                                .dimensions(metric.apiDimensions()))
                        .toList());
        return found.size() > PAGE ? out.nextToken(write(page.getLast())) : out;
    }

    /** A page of the metrics after one. */
    static List<MetricRef> rows(Tx tx, Sought sought, Call call, Position after) {
        return tx.query(
                "SELECT namespace, name, dimensions FROM metric WHERE account = ? AND region = ? AND newest >= ?"
                        + " AND (? IS NULL OR namespace = ?) AND (? IS NULL OR name = ?)"
                        + " AND (namespace, name, dimensions) > (?, ?, ?)"
                        + " ORDER BY namespace, name, dimensions LIMIT ?",
                row -> MetricRef.read(call.account(), call.region(), row.text(1), row.text(2), row.text(3)),
                call.account(),
                call.region(),
                sought.since(),
                sought.namespace(),
                sought.namespace(),
                sought.name(),
                sought.name(),
                after.namespace(),
                after.name(),
                after.dimensions(),
                PAGE);
    }

    private static boolean matches(SortedMap<String, String> dimensions, @Nullable List<DimensionFilter> filters) {
        if (filters == null) {
            return true;
        }
        for (DimensionFilter filter : filters) {
            String value = dimensions.get(filter.name());
            if (value == null || (filter.value() != null && !filter.value().equals(value))) {
                return false;
            }
        }
        return true;
    }

    private static String write(MetricRef last) {
        String text = Json.write(
                Json.array().add(last.key().namespace()).add(last.key().name()).add(last.dimensionText()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Position read(String token) {
        try {
            JsonNode parts = Json.parse(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8));
            if (!parts.isArray() || parts.size() != 3) {
                throw new IllegalArgumentException("not three parts");
            }
            return new Position(
                    parts.get(0).asText(), parts.get(1).asText(), parts.get(2).asText());
        } catch (IllegalArgumentException e) {
            throw MetricDataRules.invalid("Invalid nextToken");
        }
    }
}
