package belfry.engine.metric;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What identifies a metric: namespace, name and the exact set of dimensions, sorted by name. Two sets of dimensions are two
 * metrics; nothing is ever summed over them.
 */
public record MetricKey(String namespace, String name, SortedMap<String, String> dimensions) {
    /** Dimensions a metric may have. */
    public static final int MAX_DIMENSIONS = 30;

    public MetricKey {
        if (namespace.isEmpty() || name.isEmpty()) {
            throw new IllegalArgumentException("A metric has a namespace and a name");
        }
        if (dimensions.size() > MAX_DIMENSIONS) {
            throw new IllegalArgumentException("A metric has at most " + MAX_DIMENSIONS + " dimensions");
        }
        dimensions = Collections.unmodifiableSortedMap(new TreeMap<>(dimensions));
    }

    /** A key from dimensions in any order. */
    public static MetricKey of(String namespace, String name, Map<String, String> dimensions) {
        return new MetricKey(namespace, name, new TreeMap<>(dimensions));
    }
}
