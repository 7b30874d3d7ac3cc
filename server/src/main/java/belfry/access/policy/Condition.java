package belfry.access.policy;

import java.util.List;
import java.util.function.Predicate;

/**
 * One key of a statement's {@code Condition}. All conditions of a statement must hold; of one condition's values any may
 * (for a negated operator: none may match). Missing keys are as eventbridge-iam.md §6.3 lists them.
 */
sealed interface Condition {
    boolean holds(PolicyRequest request);

    /** How the values of a key that has several are looked at. */
    enum Over {
        /** No qualifier: the key has one value. */
        SINGLE,
        /** {@code ForAllValues:} every value of the request; holds on none. */
        ALL,
        /** {@code ForAnyValue:} at least one value of the request; fails on none. */
        ANY
    }

    /** {@code Null}: whether the key is absent. */
    record Absent(String key, List<Boolean> wanted) implements Condition {
        @Override
        public boolean holds(PolicyRequest request) {
            return wanted.contains(request.values(key).isEmpty());
        }
    }

    /** Every other operator. */
    record Compare(Operator operator, boolean negated, boolean ifExists, Over over, String key, List<Template> wanted)
            implements Condition {
        public Compare {
            wanted = List.copyOf(wanted);
        }

        /** Whether it holds only for requests that have the key with one of the wanted values. */
        boolean positive() {
            return !negated && !ifExists && over != Over.ALL;
        }

        @Override
        public boolean holds(PolicyRequest request) {
            List<String> values = request.values(key);
            if (values.isEmpty()) {
                return ifExists || over == Over.ALL || (negated && over == Over.SINGLE);
            }
            Predicate<String> matches =
                    value -> wanted.stream().anyMatch(template -> operator.matches(template, request, value));
            return switch (over) {
                case SINGLE -> values.stream().anyMatch(matches) != negated;
                case ALL -> values.stream().allMatch(negated ? matches.negate() : matches);
                case ANY -> values.stream().anyMatch(negated ? matches.negate() : matches);
            };
        }
    }
}
