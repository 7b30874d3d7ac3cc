package belfry.trail;

import belfry.gateway.Touched;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A trail's event selectors: which records it logs. A record is logged if any selector matches it (semantics:
 * cloudtrail.md §2).
 */
public sealed interface Selectors {
    /** Decides; pure. */
    Decision decide(Facts facts);

    /**
     * What selectors look at.
     *
     * @param resources what was touched, with types and ARNs
     */
    record Facts(
            Category category,
            boolean readOnly,
            String eventSource,
            String eventName,
            String userArn,
            List<Touched> resources) {
        public Facts {
            resources = List.copyOf(resources);
        }

        static Facts of(AuditRecord record) {
            return new Facts(
                    record.category(),
                    record.readOnly(),
                    record.source(),
                    record.name(),
                    record.caller().arn(),
                    record.resources());
        }
    }

    /** A basic selector's ReadWriteType. */
    enum ReadWrite {
        ALL("All"),
        READ_ONLY("ReadOnly"),
        WRITE_ONLY("WriteOnly");

        private final String text;

        ReadWrite(String text) {
            this.text = text;
        }

        /** As the API spells it. */
        public String text() {
            return text;
        }

        static ReadWrite of(String text) {
            return List.of(values()).stream()
                    .filter(value -> value.text.equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(text));
        }

        boolean takes(boolean readOnly) {
            return switch (this) {
                case ALL -> true;
                case READ_ONLY -> readOnly;
                case WRITE_ONLY -> !readOnly;
            };
        }
    }

    /** Resources of one type whose data events are logged; a value is a prefix of their ARNs. */
    record DataResource(String type, List<String> values) {
        public DataResource {
            values = List.copyOf(values);
        }

        boolean covers(Touched resource) {
            return type.equals(resource.type()) && values.stream().anyMatch(resource.arn()::startsWith);
        }
    }

    /** A basic selector. */
    record EventSelector(ReadWrite readWrite, boolean management, List<DataResource> data, Set<String> excluded) {
        public EventSelector {
            data = List.copyOf(data);
            excluded = Set.copyOf(excluded);
        }

        Decision decide(Facts facts) {
            if (facts.category() == Category.MANAGEMENT ? !management : !coversAny(facts)) {
                return Decision.not(Decision.Reason.NO_SELECTOR);
            }
            if (facts.category() == Category.MANAGEMENT && excluded.contains(facts.eventSource())) {
                return Decision.not(Decision.Reason.SOURCE_EXCLUDED);
            }
            return readWrite.takes(facts.readOnly()) ? Decision.yes() : Decision.not(Decision.Reason.READ_WRITE_TYPE);
        }

        private boolean coversAny(Facts facts) {
            return data.stream().anyMatch(wanted -> facts.resources().stream().anyMatch(wanted::covers));
        }
    }

    /** Basic selectors. */
    record Basic(List<EventSelector> selectors) implements Selectors {
        public Basic {
            selectors = List.copyOf(selectors);
        }

        @Override
        public Decision decide(Facts facts) {
            Decision best = Decision.not(Decision.Reason.NO_SELECTOR);
            for (EventSelector selector : selectors) {
                Decision decision = selector.decide(facts);
                if (decision.selected()) {
                    return decision;
                }
                if (!decision.equals(Decision.not(Decision.Reason.NO_SELECTOR))) {
                    best = decision;
                }
            }
            return best;
        }
    }

    /** Advanced selectors. */
    record Advanced(List<AdvancedSelector> selectors) implements Selectors {
        public Advanced {
            selectors = List.copyOf(selectors);
        }

        @Override
        public Decision decide(Facts facts) {
            return selectors.stream().anyMatch(selector -> selector.matches(facts))
                    ? Decision.yes()
                    : Decision.not(Decision.Reason.NO_SELECTOR);
        }
    }

    /** An advanced selector; it matches if all its fields do. */
    record AdvancedSelector(@Nullable String name, List<FieldSelector> fields) {
        public AdvancedSelector {
            fields = List.copyOf(fields);
        }

        boolean matches(Facts facts) {
            return fields.stream().allMatch(field -> field.matches(FieldSelector.values(field.field(), facts)));
        }
    }

    /** One field's conditions: any of the positive ones must hold, and none of the negated may be hit. */
    record FieldSelector(
            String field,
            List<String> equalTo,
            List<String> startsWith,
            List<String> endsWith,
            List<String> notEquals,
            List<String> notStartsWith,
            List<String> notEndsWith) {
        public FieldSelector {
            equalTo = List.copyOf(equalTo);
            startsWith = List.copyOf(startsWith);
            endsWith = List.copyOf(endsWith);
            notEquals = List.copyOf(notEquals);
            notStartsWith = List.copyOf(notStartsWith);
            notEndsWith = List.copyOf(notEndsWith);
        }

        /** How many values stand in it. */
        int conditions() {
            return equalTo.size()
                    + startsWith.size()
                    + endsWith.size()
                    + notEquals.size()
                    + notStartsWith.size()
                    + notEndsWith.size();
        }

        boolean positive() {
            return !equalTo.isEmpty() || !startsWith.isEmpty() || !endsWith.isEmpty();
        }

        boolean matches(List<String> values) {
            boolean wanted = !positive()
                    || hit(values, equalTo, String::equals)
                    || hit(values, startsWith, String::startsWith)
                    || hit(values, endsWith, String::endsWith);
            return wanted
                    && !hit(values, notEquals, String::equals)
                    && !hit(values, notStartsWith, String::startsWith)
                    && !hit(values, notEndsWith, String::endsWith);
        }

        private static boolean hit(List<String> values, List<String> terms, BiPredicate<String, String> test) {
            return values.stream().anyMatch(value -> terms.stream().anyMatch(term -> test.test(value, term)));
        }

        /** The values of a field; none where the record has no such field. */
        static List<String> values(String field, Facts facts) {
            return switch (field) {
                case "eventCategory" -> List.of(facts.category().text());
                case "readOnly" -> List.of(String.valueOf(facts.readOnly()));
                case "eventSource" -> List.of(facts.eventSource());
                case "eventName" -> List.of(facts.eventName());
                case "eventType" -> List.of("AwsApiCall");
                case "userIdentity.arn" -> List.of(facts.userArn());
                // A call on an S3 object touches its bucket too; AWS goes by the resource that the event is about.
                case "resources.type" ->
                    facts.resources().stream().limit(1).map(Touched::type).toList();
                case "resources.ARN" ->
                    facts.resources().stream().map(Touched::arn).toList();
                default -> List.of();
            };
        }
    }
}
