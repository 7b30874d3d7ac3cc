package belfry.metrics;

import belfry.api.cloudwatch.Dimension;
import belfry.api.cloudwatch.MetricDatum;
import belfry.api.cloudwatch.StatisticSet;
import belfry.wire.ServiceException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What PutMetricData accepts, beyond the shapes' own constraints (semantics: alarms.md §0). */
final class MetricDataRules {
    static final int DATA_MAX = 1_000;
    static final int VALUES_MAX = 150;
    static final Duration PAST_MAX = Duration.ofDays(14);
    static final Duration FUTURE_MAX = Duration.ofHours(2);
    /** Values lie between -2^360 and 2^360. */
    private static final double VALUE_MAX = StrictMath.pow(2, 360);

    private MetricDataRules() {}

    static void checkNamespace(String namespace) {
        if (namespace.startsWith("AWS/")) {
            throw invalid("The value " + namespace + " for parameter Namespace is invalid.");
        }
    }

    static void checkCount(@Nullable List<MetricDatum> data) {
        if (data == null || data.isEmpty()) {
            throw missing("The parameter MetricData is required.");
        }
        if (data.size() > DATA_MAX) {
            throw invalid("The collection MetricData must not have a size greater than " + DATA_MAX + ".");
        }
    }

    /** @param name how the message names the datum: {@code MetricData.member.1} */
    static void check(MetricDatum datum, String name, Instant now) {
        checkText(datum.metricName(), name + ".MetricName");
        checkDimensions(datum.dimensions(), name + ".Dimensions");
        checkTexts(datum.dimensions(), name + ".Dimensions");
        checkTime(datum.timestamp(), name, now);
        checkOneKindOfValue(datum, name);
        Integer resolution = datum.storageResolution();
        if (resolution != null && resolution != 1 && resolution != 60) {
            throw invalid("The parameter " + name + ".StorageResolution must be 1 or 60.");
        }
        if (datum.value() != null) {
            checkValue(datum.value(), name + ".Value");
        } else if (datum.statisticValues() != null) {
            checkSet(datum.statisticValues(), name + ".StatisticValues");
        } else {
            checkValues(datum, name);
        }
    }

    static void checkDimensions(@Nullable List<Dimension> dimensions, String name) {
        if (dimensions == null) {
            return;
        }
        Set<String> seen = new HashSet<>();
        for (Dimension dimension : dimensions) {
            if (dimension.name().startsWith(":")) {
                throw invalid("The value " + dimension.name() + " for parameter " + name + " is invalid.");
            }
            if (!seen.add(dimension.name())) {
                throw invalid("No Metric may specify the same dimension name twice.");
            }
        }
    }

    private static void checkTexts(@Nullable List<Dimension> dimensions, String name) {
        for (int i = 0; dimensions != null && i < dimensions.size(); i++) {
            String member = name + ".member." + (i + 1);
            checkText(dimensions.get(i).name(), member + ".Name");
            checkText(dimensions.get(i).value(), member + ".Value");
        }
    }

    /** Names and values are printable ASCII with something to see in it. */
    private static void checkText(String text, String name) {
        if (text.isBlank() || text.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw invalid("The value " + text + " for parameter " + name + " is invalid.");
        }
    }

    private static void checkTime(@Nullable Instant at, String name, Instant now) {
        if (at == null) {
            return;
        }
        if (at.isBefore(now.minus(PAST_MAX))) {
            throw invalid("The parameter " + name + ".Timestamp must specify a time within the past two weeks.");
        }
        if (at.isAfter(now.plus(FUTURE_MAX))) {
            throw invalid(
                    "The parameter " + name + ".Timestamp must specify a time no more than two hours in the future.");
        }
    }

    private static void checkOneKindOfValue(MetricDatum datum, String name) {
        boolean value = datum.value() != null;
        boolean values = datum.values() != null && !datum.values().isEmpty();
        boolean set = datum.statisticValues() != null;
        if (value && values) {
            throw exclusive(name + ".Value", name + ".Values");
        }
        if (value && set) {
            throw exclusive(name + ".Value", name + ".StatisticValues");
        }
        if (values && set) {
            throw exclusive(name + ".Values", name + ".StatisticValues");
        }
        if (!value && !values && !set) {
            throw missing("At least one of the parameters " + name + ".Value, " + name + ".Values, " + name
                    + ".StatisticValues must be specified.");
        }
    }

    private static void checkValues(MetricDatum datum, String name) {
        List<Double> values = datum.values();
        List<Double> counts = datum.counts();
        if (counts != null && counts.size() != values.size()) {
            throw ServiceException.of(
                    "InvalidParameterValueException",
                    "The parameters " + name + ".Values and " + name + ".Counts must be of the same size.");
        }
        if (values.size() > VALUES_MAX) {
            throw invalid("The collection " + name + ".Values must not have a size greater than " + VALUES_MAX + ".");
        }
        for (int i = 0; i < values.size(); i++) {
            checkValue(values.get(i), name + ".Values.member." + (i + 1));
        }
        for (int i = 0; counts != null && i < counts.size(); i++) {
            double count = counts.get(i);
            if (!(count > 0) || count > VALUE_MAX) {
                throw invalid(
                        "The value " + count + " for parameter " + name + ".Counts.member." + (i + 1) + " is invalid.");
            }
        }
    }

    private static void checkSet(StatisticSet set, String name) {
        checkValue(set.sum(), name + ".Sum");
        checkValue(set.minimum(), name + ".Minimum");
        checkValue(set.maximum(), name + ".Maximum");
        checkValue(set.sampleCount(), name + ".SampleCount");
        if (set.maximum() < set.minimum()) {
            throw invalid("The parameter " + name + ".Maximum must be greater than " + name + ".Minimum.");
        }
        if (set.sampleCount() < 0) {
            throw invalid("The parameter " + name + ".SampleCount must be greater than 0.");
        }
        if (set.sampleCount() == 0) {
            throw invalid("The parameter " + name + ".SampleCount must not equal 0.");
        }
    }

    private static void checkValue(double value, String name) {
        if (!Double.isFinite(value) || Math.abs(value) > VALUE_MAX) {
            throw invalid("The value " + value + " for parameter " + name + " is invalid.");
        }
    }

    private static ServiceException exclusive(String one, String other) {
        return ServiceException.of(
                "InvalidParameterCombinationException",
                "The parameters " + one + " and " + other + " are mutually exclusive and you have specified both.");
    }

    static ServiceException invalid(String message) {
        return ServiceException.of("InvalidParameterValueException", message);
    }

    static ServiceException missing(String message) {
        return ServiceException.of("MissingRequiredParameterException", message);
    }
}
