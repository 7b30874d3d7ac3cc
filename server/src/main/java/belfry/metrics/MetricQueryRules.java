package belfry.metrics;

import belfry.api.cloudwatch.GetMetricDataInput;
import belfry.api.cloudwatch.Metric;
import belfry.api.cloudwatch.MetricDataQuery;
import belfry.api.cloudwatch.MetricStat;
import belfry.engine.metric.Statistic;
import belfry.engine.metric.math.MathException;
import belfry.engine.metric.math.MathExpression;
import belfry.engine.metric.math.Search;
import belfry.wire.ServiceException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What GetMetricData accepts, and its tokens. */
final class MetricQueryRules {
    static final int QUERIES_MAX = 500;
    /** Searches of a request, as of a graph. */
    private static final int SEARCHES_MAX = 100;

    private static final Pattern ZONE = Pattern.compile("[+-][0-9]{4}");
    private static final Pattern INSIGHTS = Pattern.compile("(?is)\\s*SELECT\\b.*");
    private static final Pattern ID = Pattern.compile("[a-z][a-zA-Z0-9_]*");

    private MetricQueryRules() {}

    static void check(GetMetricDataInput in, String account) {
        if (!in.startTime().isBefore(in.endTime())) {
            throw invalid("The parameter StartTime must be less than the parameter EndTime.");
        }
        if (in.metricDataQueries().isEmpty()) {
            throw invalid("The parameter MetricDataQueries is required.");
        }
        if (in.metricDataQueries().size() > QUERIES_MAX) {
            throw invalid("The collection MetricDataQueries must not have a size greater than " + QUERIES_MAX + ".");
        }
        if (in.maxDatapoints() != null && in.maxDatapoints() < 1) {
            throw invalid("The parameter MaxDatapoints must be greater than 0.");
        }
        var unusedZone = zone(in);
        Set<String> ids = new HashSet<>();
        Map<Search, Integer> searches = new HashMap<>();
        for (int i = 0; i < in.metricDataQueries().size(); i++) {
            MetricDataQuery query = in.metricDataQueries().get(i);
            check(query, "MetricDataQueries.member." + (i + 1), account);
            if (!ids.add(query.id())) {
                throw invalid("The values for parameter id in MetricDataQueries are not unique.");
            }
            if (query.expression() != null) {
                check(query, searches);
            }
        }
    }

    /** The zone of times in labels, {@code +hhmm}; UTC if not given. */
    static ZoneOffset zone(GetMetricDataInput in) {
        if (in.labelOptions() == null || in.labelOptions().timezone() == null) {
            return ZoneOffset.UTC;
        }
        try {
            if (ZONE.matcher(in.labelOptions().timezone()).matches()) {
                return ZoneOffset.of(in.labelOptions().timezone());
            }
        } catch (DateTimeException e) {
            // Hours or minutes that there are not.
        }
        throw invalid("The value " + in.labelOptions().timezone() + " for parameter Timezone is invalid.");
    }

    private static void check(MetricDataQuery query, String name, String account) {
        if (!ID.matcher(query.id()).matches()) {
            throw invalid("The value " + query.id() + " for parameter " + name + ".Id is invalid.");
        }
        if (query.label() != null) {
            DynamicLabel.mistake(query.label()).ifPresent(mistake -> {
                throw invalid("The value " + query.label() + " for parameter " + name + ".Label is invalid: " + mistake
                        + ".");
            });
        }
        if (query.accountId() != null && !query.accountId().equals(account)) {
            throw invalid("Belfry keeps each account's metrics apart: " + name + ".AccountId is not supported.");
        }
        if (query.expression() != null && query.metricStat() != null) {
            throw invalid("The parameters " + name + ".Expression and " + name
                    + ".MetricStat are mutually exclusive and you have specified both.");
        }
        if (query.expression() != null) {
            if (query.period() != null && !MetricTimes.isPeriod(query.period())) {
                throw invalid("The parameter " + name + ".Period must be 1, 5, 10, 20, 30, or a multiple of 60.");
            }
            return;
        }
        if (query.metricStat() == null) {
            throw invalid("The parameter " + name + ".MetricStat is required.");
        }
        check(query.metricStat(), name + ".MetricStat");
    }

    /** @param searches of the expressions before, with the period that their query gives them; 0 for none */
    private static void check(MetricDataQuery query, Map<Search, Integer> searches) {
        if (INSIGHTS.matcher(query.expression()).matches()) {
            throw invalid("Belfry has no Metrics Insights: the query of '" + query.id() + "' is not supported.");
        }
        try {
            int period = query.period() == null ? 0 : query.period();
            for (Search search : MathExpression.parse(query.expression()).searches()) {
                if (searches.merge(search, period, (before, own) -> before) != period) {
                    throw inExpression(query.id(), "The same SEARCH has two Periods in this request.");
                }
            }
        } catch (MathException e) {
            throw inExpression(query.id(), String.valueOf(e.getMessage()));
        }
        if (searches.size() > SEARCHES_MAX) {
            throw invalid("A request can have at most " + SEARCHES_MAX + " SEARCH expressions.");
        }
    }

    static ServiceException inExpression(String id, String mistake) {
        return invalid("Error in expression '" + id + "': " + mistake);
    }

    private static void check(MetricStat stat, String name) {
        Metric metric = stat.metric();
        if (metric.namespace() == null) {
            throw invalid("The parameter " + name + ".Metric.Namespace is required.");
        }
        if (metric.metricName() == null) {
            throw invalid("The parameter " + name + ".Metric.MetricName is required.");
        }
        MetricDataRules.checkDimensions(metric.dimensions(), name + ".Metric.Dimensions");
        if (!MetricTimes.isPeriod(stat.period())) {
            throw invalid("The parameter " + name + ".Period must be 1, 5, 10, 20, 30, or a multiple of 60.");
        }
        try {
            var unused = Statistic.parse(stat.stat());
        } catch (IllegalArgumentException e) {
            throw invalid("The value " + stat.stat() + " for parameter " + name + ".Stat is not supported.");
        }
    }

    static String token(long position) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.valueOf(position).getBytes(StandardCharsets.UTF_8));
    }

    static long position(String token) {
        try {
            long position = Long.parseLong(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8));
            if (position >= 0) {
                return position;
            }
        } catch (IllegalArgumentException e) {
            // Not one of ours.
        }
        throw ServiceException.of("InvalidNextToken", "The given next token is invalid.");
    }

    static ServiceException invalid(String message) {
        return ServiceException.of("ValidationException", message);
    }
}
