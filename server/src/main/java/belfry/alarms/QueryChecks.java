package belfry.alarms;

import static belfry.alarms.AlarmChecks.invalid;

import belfry.api.cloudwatch.MetricDataQuery;
import belfry.api.cloudwatch.MetricStat;
import belfry.api.cloudwatch.PutMetricAlarmInput;
import belfry.engine.metric.Statistic;
import belfry.engine.metric.math.MathException;
import belfry.engine.metric.math.MathExpression;
import belfry.gateway.Call;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What PutMetricAlarm accepts as {@code Metrics} (alarms.md §1, Math alarms). */
final class QueryChecks {
    /** Metrics of an alarm. */
    private static final int METRICS_MAX = 10;
    /** Metrics and expressions of an alarm. */
    private static final int QUERIES_MAX = 20;

    private static final Pattern ID = Pattern.compile("[a-z][a-zA-Z0-9_]*");
    private static final Pattern SEARCH = Pattern.compile("\\bSEARCH\\s*\\(");
    private static final Pattern INSIGHTS = Pattern.compile("(?is)\\s*SELECT\\b.*");

    private QueryChecks() {}

    static void check(PutMetricAlarmInput in, Call call) {
        List<MetricDataQuery> queries = in.metrics();
        nothingElse(in);
        if (queries.size() > QUERIES_MAX) {
            throw invalid("The collection Metrics must not have a size greater than " + QUERIES_MAX + ".");
        }
        Set<String> ids = new HashSet<>();
        for (MetricDataQuery query : queries) {
            check(query, call);
            if (!ids.add(query.id())) {
                throw invalid("The values for parameter id in Metrics are not unique.");
            }
        }
        long metrics =
                queries.stream().filter(query -> query.metricStat() != null).count();
        if (metrics > METRICS_MAX) {
            throw invalid("An alarm can have at most " + METRICS_MAX + " metrics.");
        }
        if (metrics == 0) {
            throw invalid("An alarm's expressions must use at least one metric of the metrics list.");
        }
        onePeriod(queries);
        BandChecks.check(in, queries);
        String band = in.thresholdMetricId();
        if (queries.stream()
                        .filter(AlarmQueries::returned)
                        .filter(query -> !query.id().equals(band))
                        .count()
                != 1) {
            throw invalid("Exactly one element of the metrics list should return data.");
        }
        try {
            AlarmQueries.math(queries, band).check(AlarmQueries.period(queries));
        } catch (MathException e) {
            throw invalid("Error in expression '" + AlarmQueries.watched(queries, band) + "': " + e.getMessage());
        }
    }

    /** The words are AWS's for Statistic. */
    private static void nothingElse(PutMetricAlarmInput in) {
        notSet("MetricName", in.metricName());
        notSet("Namespace", in.namespace());
        notSet("Statistic", in.statistic());
        notSet("ExtendedStatistic", in.extendedStatistic());
        notSet("Period", in.period());
        notSet("Unit", in.unit());
        notSet("Dimensions", in.dimensions() == null || in.dimensions().isEmpty() ? null : in.dimensions());
        notSet("EvaluateLowSampleCountPercentile", in.evaluateLowSampleCountPercentile());
    }

    private static void notSet(String name, @Nullable Object value) {
        if (value != null) {
            throw invalid(name + " should not be set if list of Metrics is set.");
        }
    }

    private static void check(MetricDataQuery query, Call call) {
        if (!ID.matcher(query.id()).matches()) {
            throw invalid("The value " + query.id() + " for parameter Id is invalid.");
        }
        if ((query.expression() == null) == (query.metricStat() == null)) {
            throw invalid("Exactly one of the parameters Expression and MetricStat must be specified for the element '"
                    + query.id() + "' of the metrics list.");
        }
        if (query.accountId() != null && !query.accountId().equals(call.account())) {
            throw invalid(
                    "Belfry keeps each account's metrics apart: AccountId " + query.accountId() + " is not supported.");
        }
        if (query.label() != null && query.label().contains("${")) {
            throw invalid(
                    "Belfry has no dynamic labels in alarms: the Label of '" + query.id() + "' is not supported.");
        }
        if (query.expression() != null) {
            check(query.id(), query.expression());
        } else {
            check(query.metricStat());
        }
    }

    private static void check(String id, String expression) {
        if (SEARCH.matcher(expression).find()) {
            throw invalid("SEARCH is not supported on Metric Alarms.");
        }
        if (INSIGHTS.matcher(expression).matches()) {
            throw invalid("Belfry has no Metrics Insights: the query of '" + id + "' is not supported.");
        }
        try {
            var unused = MathExpression.parse(expression);
        } catch (MathException e) {
            throw invalid("Error in expression '" + id + "': " + e.getMessage());
        }
    }

    private static void check(MetricStat stat) {
        if (stat.metric().namespace() == null) {
            throw AlarmChecks.absent("metrics.1.member.metricStat.metric.namespace");
        }
        if (stat.metric().metricName() == null) {
            throw AlarmChecks.absent("metrics.1.member.metricStat.metric.metricName");
        }
        try {
            var unused = Statistic.parse(stat.stat());
        } catch (IllegalArgumentException e) {
            throw invalid("The value " + stat.stat() + " for parameter Stat is not supported.");
        }
        AlarmChecks.checkDimensions(stat.metric().dimensions());
    }

    private static void onePeriod(List<MetricDataQuery> queries) {
        long periods = queries.stream()
                .map(query -> query.metricStat() == null
                        ? query.period()
                        : query.metricStat().period())
                .filter(Objects::nonNull)
                .distinct()
                .count();
        if (periods > 1) {
            throw invalid("All elements of the metrics list must have the same Period.");
        }
    }
}
