package belfry.engine.metric.search;

import java.util.Collection;
import java.util.List;

/** A part of a search: what must hold of a metric. */
sealed interface Condition {
    /**
     * @param names the names that terms may find: all of the metric, or those of a property
     */
    boolean holds(Subject metric, Collection<Name> names);

    /** All of them; of none, always. */
    record All(List<Condition> parts) implements Condition {
        @Override
        public boolean holds(Subject metric, Collection<Name> names) {
            return parts.stream().allMatch(part -> part.holds(metric, names));
        }
    }

    /** One of them. */
    record Any(List<Condition> parts) implements Condition {
        @Override
        public boolean holds(Subject metric, Collection<Name> names) {
            return parts.stream().anyMatch(part -> part.holds(metric, names));
        }
    }

    record Not(Condition part) implements Condition {
        @Override
        public boolean holds(Subject metric, Collection<Name> names) {
            return !part.holds(metric, names);
        }
    }

    record Found(Term term) implements Condition {
        @Override
        public boolean holds(Subject metric, Collection<Name> names) {
            return names.stream().anyMatch(term::finds);
        }
    }

    /** {@code MetricName=…}: what holds of that one name; of a metric without it, nothing does. */
    record Property(String property, Condition condition) implements Condition {
        @Override
        public boolean holds(Subject metric, Collection<Name> names) {
            Collection<Name> own = metric.property(property);
            return !own.isEmpty() && condition.holds(metric, own);
        }
    }
}
