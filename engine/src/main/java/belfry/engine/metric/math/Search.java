package belfry.engine.metric.math;

import belfry.engine.metric.Statistic;
import belfry.engine.metric.search.MetricSearch;
import belfry.engine.metric.search.SearchException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code SEARCH('query', 'statistic', period)}.
 *
 * @param query as {@link MetricSearch} reads it
 * @param statistic as {@link Statistic} reads it
 * @param period in seconds; empty if the expression does not say
 */
public record Search(String query, String statistic, OptionalInt period) {
    static final String FUNCTION = "SEARCH";

    static Search of(MathNode.Call call) {
        int arguments = call.arguments().size();
        if ((arguments == 2 || arguments == 3)
                && call.arguments().get(0) instanceof MathNode.Text(String query)
                && call.arguments().get(1) instanceof MathNode.Text(String statistic)) {
            check(call, query, statistic);
            if (arguments == 2) {
                return new Search(query, statistic, OptionalInt.empty());
            }
            if (call.arguments().get(2) instanceof MathNode.Literal(double period) && isPeriod(period)) {
                return new Search(query, statistic, OptionalInt.of((int) period));
            }
            throw MathException.at(
                    call.position(), "The period of SEARCH must be 1, 5, 10, 20, 30, or a multiple of 60");
        }
        throw MathException.at(call.position(), "SEARCH takes a search and a statistic in single quotes, and a period");
    }

    private static void check(MathNode.Call call, String query, String statistic) {
        try {
            var unused = MetricSearch.parse(query);
        } catch (SearchException e) {
            throw MathException.at(call.position(), "SEARCH: " + e.getMessage());
        }
        try {
            var unused = Statistic.parse(statistic);
        } catch (IllegalArgumentException e) {
            throw MathException.at(call.position(), "SEARCH knows no statistic " + statistic);
        }
    }

    private static boolean isPeriod(double period) {
        return period == 1
                || period == 5
                || period == 10
                || period == 20
                || period == 30
                || (period > 0 && period <= Integer.MAX_VALUE && period % 60 == 0);
    }

    static Optional<Search> in(MathNode node) {
        return node instanceof MathNode.Call call && call.function().equals(FUNCTION)
                ? Optional.of(of(call))
                : Optional.empty();
    }
}
