package belfry.metrics;

import belfry.engine.metric.MetricKey;
import belfry.engine.metric.math.MathValue;
import belfry.engine.metric.math.Search;
import belfry.engine.metric.search.MetricSearch;
import belfry.gateway.Call;
import belfry.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What a request's searches find: metrics with data in the last two weeks, by namespace, name and dimensions, and at most
 * {@link #METRICS_MAX} in all (docs/decisions/0706-search.md).
 */
final class MetricSearches {
    /** Time series that searches give to one request. */
    static final int METRICS_MAX = 500;

    /** Reads the series of a metric that was found, under the label given. */
    interface Reader {
        MathValue.Series read(MetricRef metric, Search search, String label);
    }

    private final Tx tx;
    private final Call call;
    private final Map<Search, List<MetricRef>> found = new LinkedHashMap<>();
    private boolean cut;

    MetricSearches(Tx tx, Call call, Iterable<Search> searches) {
        this.tx = tx;
        this.call = call;
        int left = METRICS_MAX;
        Instant since = call.now().minus(MetricListing.LISTED);
        for (Search search : searches) {
            List<MetricRef> all = find(MetricSearch.parse(search.query()), since, left + 1);
            cut |= all.size() > left;
            List<MetricRef> taken = all.subList(0, Math.min(left, all.size()));
            found.put(search, taken);
            left -= taken.size();
        }
    }

    /** Whether there were more metrics than a request gets. */
    boolean cut() {
        return cut;
    }

    private List<MetricRef> find(MetricSearch search, Instant since, int limit) {
        String namespace = search.namespace().orElse(null);
        List<MetricRef> matches = new ArrayList<>();
        MetricListing.Position position = MetricListing.Position.START;
        boolean more = true;
        while (more && matches.size() < limit) {
            var rows = MetricListing.rows(tx, new MetricListing.Sought(namespace, null, since), call, position);
            more = rows.size() == MetricListing.PAGE;
            for (MetricRef row : rows) {
                position = MetricListing.Position.of(row);
                if (search.finds(row.key(), call.account())) {
                    matches.add(row);
                }
            }
        }
        return matches.subList(0, Math.min(limit, matches.size()));
    }

    Map<Search, List<MathValue.Series>> series(Reader reader) {
        Map<Search, List<String>> labels = labels();
        Map<Search, List<MathValue.Series>> series = new HashMap<>();
        found.forEach((search, metrics) -> {
            List<String> names = Objects.requireNonNull(labels.get(search));
            List<MathValue.Series> all = new ArrayList<>();
            for (int i = 0; i < metrics.size(); i++) {
                all.add(reader.read(metrics.get(i), search, names.get(i)));
            }
            series.put(search, all);
        });
        return series;
    }

    /** What tells the metrics of a search apart; with the statistic where two searches would give the same label. */
    private Map<Search, List<String>> labels() {
        Map<Search, List<String>> labels = new HashMap<>();
        found.forEach((search, metrics) ->
                labels.put(search, labels(metrics.stream().map(MetricRef::key).toList())));
        Set<String> once = new HashSet<>();
        Set<String> often = new HashSet<>();
        labels.values().forEach(all -> all.forEach(label -> (once.add(label) ? once : often).add(label)));
        labels.replaceAll((search, all) -> all.stream()
                .map(label -> often.contains(label) ? label + " " + search.statistic() : label)
                .toList());
        return labels;
    }

    /** The parts in which they differ: namespace, dimensions' values, name. */
    static List<String> labels(List<MetricKey> metrics) {
        List<Function<MetricKey, String>> parts = new ArrayList<>();
        parts.add(MetricKey::namespace);
        Set<String> dimensions = new TreeSet<>();
        metrics.forEach(metric -> dimensions.addAll(metric.dimensions().keySet()));
        dimensions.forEach(dimension -> parts.add(metric -> metric.dimensions().getOrDefault(dimension, "")));
        parts.add(MetricKey::name);
        parts.removeIf(part -> metrics.stream().map(part).distinct().count() < 2);
        return metrics.stream()
                .map(metric -> String.join(
                        " ",
                        parts.stream()
                                .map(part -> part.apply(metric))
                                .filter(text -> !text.isEmpty())
                                .toList()))
                .map(label -> label.isEmpty() ? metrics.getFirst().name() : label)
                .toList();
    }
}
