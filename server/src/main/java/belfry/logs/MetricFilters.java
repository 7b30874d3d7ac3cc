package belfry.logs;

import belfry.api.logs.DeleteMetricFilterRequest;
import belfry.api.logs.DescribeMetricFiltersRequest;
import belfry.api.logs.DescribeMetricFiltersResponse;
import belfry.api.logs.MetricFilter;
import belfry.api.logs.MetricTransformation;
import belfry.api.logs.PutMetricFilterRequest;
import belfry.gateway.Call;
import belfry.logs.blocks.BlockTable;
import belfry.store.Row;
import belfry.store.Tx;
import belfry.wire.NoOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts, lists and deletes metric filters (semantics: filter-patterns.md §7). */
final class MetricFilters {
    private static final int FILTERS_MAX = 100;
    private static final int REGEX_FILTERS_MAX = 5;

    NoOutput put(PutMetricFilterRequest in, Call call) {
        FilterDefinition definition = FilterRules.check(in);
        boolean regex = FilterRules.usesRegex(definition.pattern());
        return call.write(tx -> {
            LogGroupRow group = LogGroupTable.require(tx, call, in.logGroupName());
            if (!group.logClass().equals("STANDARD")) {
                throw LogErrors.invalid("Metric filters are supported in log groups of the STANDARD class only.");
            }
            checkLimits(tx, group, in.filterName(), regex);
            Optional<MetricFilterRow> old = MetricFilterRow.find(tx, group.id(), in.filterName());
            long created = old.map(MetricFilterRow::created).orElse(call.now().toEpochMilli());
            old.ifPresent(filter -> end(tx, filter));
            tx.update(
                    "INSERT INTO log_metric_filter (group_id, name, created, pattern, namespace, metric, definition,"
                            + " after_seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    group.id(),
                    in.filterName(),
                    created,
                    definition.pattern(),
                    definition.namespace(),
                    definition.metricName(),
                    definition.json(),
                    BlockTable.latest(tx));
            return NoOutput.INSTANCE;
        });
    }

    private static void checkLimits(Tx tx, LogGroupRow group, String name, boolean regex) {
        List<MetricFilterRow> others = MetricFilterRow.inForce(tx, group.id()).stream()
                .filter(filter -> !filter.name().equals(name))
                .toList();
        if (others.size() >= FILTERS_MAX) {
            throw LogErrors.limit();
        }
        if (regex
                && others.stream()
                                .filter(filter -> FilterRules.usesRegex(
                                        filter.definition().pattern()))
                                .count()
                        >= REGEX_FILTERS_MAX) {
            throw LogErrors.limit();
        }
    }

    NoOutput delete(DeleteMetricFilterRequest in, Call call) {
        return call.write(tx -> {
            LogGroupRow group = LogGroupTable.require(tx, call, in.logGroupName());
            end(tx, MetricFilterRow.find(tx, group.id(), in.filterName()).orElseThrow(LogErrors::noFilter));
            return NoOutput.INSTANCE;
        });
    }

    /** Events that have arrived already still count. */
    private static void end(Tx tx, MetricFilterRow filter) {
        tx.update("UPDATE log_metric_filter SET until_seq = ? WHERE id = ?", BlockTable.latest(tx), filter.id());
    }

    DescribeMetricFiltersResponse describe(DescribeMetricFiltersRequest in, Call call) {
        if ((in.metricName() == null) != (in.metricNamespace() == null)) {
            throw LogErrors.invalid("metricName and metricNamespace must be specified together.");
        }
        int limit = Tokens.limit(in.limit(), Tokens.DESCRIBE_MAX);
        return call.read(tx -> {
            if (in.logGroupName() != null) {
                LogGroupTable.require(tx, call, in.logGroupName());
            }
            var page = Tokens.Paged.of(select(tx, in, call, limit + 1), limit, Named::key);
            List<MetricFilter> shown = page.items().stream().map(Named::show).toList();
            return new DescribeMetricFiltersResponse().metricFilters(shown).nextToken(page.nextToken());
        });
    }

    private static List<Named> select(Tx tx, DescribeMetricFiltersRequest in, Call call, int limit) {
        StringBuilder sql = new StringBuilder("SELECT " + MetricFilterRow.COLUMNS
                + ", g.name FROM log_metric_filter f JOIN log_group g ON g.id = f.group_id"
                + " WHERE g.account = ? AND g.region = ? AND f.until_seq IS NULL");
        List<Object> parameters = new ArrayList<>(List.of(call.account(), call.region()));
        if (in.logGroupName() != null) {
            sql.append(" AND g.name = ?");
            parameters.add(in.logGroupName());
        }
        if (in.filterNamePrefix() != null) {
            sql.append(" AND f.name >= ? AND f.name < ?");
            parameters.add(in.filterNamePrefix());
            parameters.add(LogGroupTable.endOf(in.filterNamePrefix()));
        }
        if (in.metricName() != null) {
            sql.append(" AND f.metric = ? AND f.namespace = ?");
            parameters.add(in.metricName());
            parameters.add(in.metricNamespace());
        }
        String[] after = Tokens.after(in.nextToken()).split(Named.SEPARATOR, 2);
        sql.append(" AND (f.name, g.name) > (?, ?) ORDER BY f.name, g.name LIMIT ?");
        parameters.add(after[0]);
        parameters.add(after.length == 2 ? after[1] : "");
        parameters.add(limit);
        return tx.query(sql.toString(), Named::of, parameters.toArray());
    }

    /** A filter with its group's name. */
    private record Named(MetricFilterRow filter, String group) {
        /** Neither name can hold it. */
        static final String SEPARATOR = ":";

        static Named of(Row row) {
            return new Named(MetricFilterRow.of(row), row.text(11));
        }

        String key() {
            return filter.name() + SEPARATOR + group;
        }

        MetricFilter show() {
            FilterDefinition definition = filter.definition();
            MetricTransformation transformation = new MetricTransformation()
                    .metricName(definition.metricName())
                    .metricNamespace(definition.namespace())
                    .metricValue(definition.value())
                    .defaultValue(definition.defaultValue())
                    .dimensions(definition.dimensions().isEmpty() ? null : definition.dimensions())
                    .unit(definition.unit());
            return new MetricFilter()
                    .filterName(filter.name())
                    .filterPattern(definition.pattern())
                    .metricTransformations(List.of(transformation))
                    .creationTime(filter.created())
                    .logGroupName(group)
                    .applyOnTransformedLogs(false)
                    .emitSystemFieldDimensions(
                            definition.systemDimensions().isEmpty() ? null : definition.systemDimensions());
        }
    }
}
