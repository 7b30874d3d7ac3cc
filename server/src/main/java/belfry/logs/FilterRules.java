package belfry.logs;

import belfry.api.logs.MetricFilterMatchRecord;
import belfry.api.logs.MetricTransformation;
import belfry.api.logs.PutMetricFilterRequest;
import belfry.api.logs.TestMetricFilterRequest;
import belfry.api.logs.TestMetricFilterResponse;
import belfry.engine.pattern.FilterPattern;
import belfry.engine.pattern.Match;
import belfry.engine.pattern.PatternException;
import belfry.wire.ServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What AWS checks of a metric filter beyond the model (semantics: filter-patterns.md §1.2, §7). */
final class FilterRules {
    private static final int DIMENSIONS_MAX = 3;
    private static final Set<String> SYSTEM_DIMENSIONS = Set.of("@aws.account", "@aws.region");

    private FilterRules() {}

    static FilterDefinition check(PutMetricFilterRequest in) {
        if (Boolean.TRUE.equals(in.applyOnTransformedLogs())) {
            throw LogErrors.unsupported("applyOnTransformedLogs of PutMetricFilter");
        }
        if (in.fieldSelectionCriteria() != null && !in.fieldSelectionCriteria().isEmpty()) {
            throw LogErrors.unsupported("fieldSelectionCriteria of PutMetricFilter");
        }
        FilterPattern pattern = parse(in.filterPattern());
        MetricTransformation transformation = in.metricTransformations().getFirst();
        List<String> system = in.emitSystemFieldDimensions() == null ? List.of() : in.emitSystemFieldDimensions();
        Map<String, String> dimensions = transformation.dimensions() == null ? Map.of() : transformation.dimensions();
        checkDimensions(pattern, dimensions, system, transformation.defaultValue() != null);
        checkValue(pattern, transformation.metricValue());
        checkNames(transformation);
        return new FilterDefinition(
                in.filterPattern(),
                transformation.metricNamespace(),
                transformation.metricName(),
                transformation.metricValue(),
                transformation.defaultValue(),
                new TreeMap<>(dimensions),
                transformation.unit(),
                system);
    }

    static boolean usesRegex(String pattern) {
        return FilterPattern.parse(pattern).regexCount() > 0;
    }

    /** Events are numbered from one (docs/decisions/0105). */
    static TestMetricFilterResponse test(TestMetricFilterRequest in) {
        FilterPattern pattern = parse(in.filterPattern());
        List<MetricFilterMatchRecord> matches = new ArrayList<>();
        for (int i = 0; i < in.logEventMessages().size(); i++) {
            String message = in.logEventMessages().get(i);
            Match match = pattern.match(message);
            if (match != null) {
                matches.add(new MetricFilterMatchRecord()
                        .eventNumber(i + 1L)
                        .eventMessage(message)
                        .extractedValues(match.extractedValues()));
            }
        }
        return new TestMetricFilterResponse().matches(matches);
    }

    /** Reads a pattern, or refuses it in AWS's words. */
    static FilterPattern parse(String text) {
        try {
            return FilterPattern.parse(text);
        } catch (PatternException e) {
            throw ServiceException.of(e.awsCode(), e.metricFilterMessage());
        }
    }

    private static void checkDimensions(
            FilterPattern pattern, Map<String, String> dimensions, List<String> system, boolean hasDefault) {
        if (!SYSTEM_DIMENSIONS.containsAll(system)) {
            throw LogErrors.invalid("Invalid emitSystemFieldDimensions: only @aws.account and @aws.region are known.");
        }
        if (dimensions.isEmpty() && system.isEmpty()) {
            return;
        }
        if (!dimensions.isEmpty() && !pattern.supportsDimensions()) {
            throw LogErrors.invalid("The specified filter pattern does not support dimensions");
        }
        if (hasDefault) {
            throw LogErrors.invalid(
                    "Invalid metric transformation: dimensions and default value are mutually exclusive properties");
        }
        if (dimensions.size() + system.size() > DIMENSIONS_MAX) {
            throw LogErrors.invalid("Invalid metric transformation: a metric has at most 3 dimensions.");
        }
        dimensions.forEach((name, selector) -> {
            if (name.isBlank() || name.startsWith(":")) {
                throw LogErrors.invalid("Invalid metric transformation: '" + name + "' cannot name a dimension.");
            }
            if (!isSelector(pattern, selector)) {
                throw LogErrors.invalid("Invalid metric transformation: dimension value must be valid selector");
            }
        });
    }

    private static void checkValue(FilterPattern pattern, String value) {
        if (!MetricNumber.isNumber(value) && !isSelector(pattern, value)) {
            throw LogErrors.invalid("Invalid metric transformation: '" + value
                    + "' is neither a number nor a field of the filter pattern.");
        }
    }

    private static boolean isSelector(FilterPattern pattern, String selector) {
        try {
            var unused = pattern.extractor(selector);
            return true;
        } catch (PatternException e) {
            return false;
        }
    }

    /** The model lets empty names through, which no metric can have, and defaults that no metric takes. */
    private static void checkNames(MetricTransformation transformation) {
        if (transformation.metricName().isBlank()) {
            throw LogErrors.invalid("Invalid metric transformation: metric name must not be empty.");
        }
        if (transformation.metricNamespace().isBlank()) {
            throw LogErrors.invalid("Invalid metric transformation: metric namespace must not be empty.");
        }
        Double value = transformation.defaultValue();
        if (value != null && !MetricNumber.fits(value)) {
            throw LogErrors.invalid("Invalid metric transformation: default value is out of range.");
        }
    }
}
