package belfry.metrics;

import belfry.api.cloudwatch.MetricDataQuery;
import belfry.engine.metric.math.MathExpression;
import belfry.engine.metric.math.Search;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The periods of a GetMetricData request, in seconds. A query's {@code Period} is that of its searches, before the one that the
 * expression names; expressions lie on the longest period of what they are made of.
 */
final class RequestPeriods {
    /** Of a search that says none, as in a dashboard's widget that says none. */
    private static final int OF_SEARCHES = 300;

    private static final int OF_NUMBERS = 60;

    private final Map<Search, Integer> searches = new LinkedHashMap<>();
    private final int longest;

    RequestPeriods(List<MetricDataQuery> queries, Map<String, MathExpression> expressions) {
        int ofMetrics = 0;
        int ofQueries = 0;
        for (MetricDataQuery query : queries) {
            if (query.metricStat() != null) {
                ofMetrics = Math.max(ofMetrics, query.metricStat().period());
                continue;
            }
            Integer own = query.period();
            ofQueries = Math.max(ofQueries, own == null ? 0 : own);
            for (Search search :
                    Objects.requireNonNull(expressions.get(query.id())).searches()) {
                int period = own == null ? search.period().orElse(OF_SEARCHES) : own;
                ofMetrics = Math.max(ofMetrics, searches.computeIfAbsent(search, s -> period));
            }
        }
        this.longest = ofMetrics > 0 ? ofMetrics : ofQueries > 0 ? ofQueries : OF_NUMBERS;
    }

    Collection<Search> searches() {
        return searches.keySet();
    }

    int of(Search search) {
        return Objects.requireNonNull(searches.get(search));
    }

    int longest() {
        return longest;
    }
}
