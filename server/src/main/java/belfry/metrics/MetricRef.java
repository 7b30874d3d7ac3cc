package belfry.metrics;

import belfry.api.cloudwatch.Dimension;
import belfry.base.TextMap;
import belfry.engine.metric.MetricKey;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A metric of one account in one region. */
public record MetricRef(String account, String region, MetricKey key) {
    /** The metric with the dimensions of a request. */
    public static MetricRef of(
            String account, String region, String namespace, String name, @Nullable List<Dimension> dimensions) {
        SortedMap<String, String> sorted = new TreeMap<>();
        if (dimensions != null) {
            dimensions.forEach(dimension -> sorted.put(dimension.name(), dimension.value()));
        }
        return new MetricRef(account, region, new MetricKey(namespace, name, sorted));
    }

    /** The metric with dimensions as {@link #dimensionText()} writes them. */
    public static MetricRef read(String account, String region, String namespace, String name, String dimensionText) {
        return new MetricRef(account, region, new MetricKey(namespace, name, TextMap.read(dimensionText)));
    }

    /** The dimensions as a JSON object sorted by name: the same text for the same dimensions, so it can be a key. */
    public String dimensionText() {
        return TextMap.write(key.dimensions());
    }

    /** The dimensions as the API shows them. */
    List<Dimension> apiDimensions() {
        List<Dimension> shown = new ArrayList<>(key.dimensions().size());
        key.dimensions()
                .forEach((name, value) -> shown.add(new Dimension().name(name).value(value)));
        return shown;
    }
}
