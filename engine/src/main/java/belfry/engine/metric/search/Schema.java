package belfry.engine.metric.search;

import belfry.engine.metric.MetricKey;
import java.util.Set;

/**
 * {@code {Namespace, Dimension, …}}: the namespace, and the very dimensions that a metric must have.
 *
 * @param dimensions their names; empty for any
 */
record Schema(String namespace, Set<String> dimensions) {
    Schema {
        dimensions = Set.copyOf(dimensions);
    }

    boolean fits(MetricKey metric) {
        return metric.namespace().equals(namespace)
                && (dimensions.isEmpty() || metric.dimensions().keySet().equals(dimensions));
    }
}
