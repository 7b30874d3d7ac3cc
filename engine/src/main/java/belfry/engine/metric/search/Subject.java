package belfry.engine.metric.search;

import belfry.engine.metric.MetricKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A metric as searches look at it: its names, and those that a property names. */
final class Subject {
    private static final String ACCOUNT = ":aws.AccountId";

    private final List<Name> all = new ArrayList<>();
    private final Map<String, Name> properties = new HashMap<>();

    Subject(MetricKey metric, String account) {
        metric.dimensions().forEach((dimension, value) -> {
            Name name = new Name(value);
            all.add(new Name(dimension));
            all.add(name);
            properties.put(dimension, name);
        });
        Name namespace = new Name(metric.namespace());
        Name name = new Name(metric.name());
        all.add(namespace);
        all.add(name);
        // These two names mean the metric's own, whatever dimensions it has.
        properties.put("Namespace", namespace);
        properties.put("MetricName", name);
        properties.put(ACCOUNT, new Name(account));
    }

    Collection<Name> all() {
        return all;
    }

    /** The one name that a property has, or none. */
    Collection<Name> property(String property) {
        Name name = properties.get(property);
        return name == null ? List.of() : List.of(name);
    }

    /** Whether {@code 'LOCAL'} may stand there: the account that searches. */
    static boolean isAccount(String property) {
        return property.equals(ACCOUNT);
    }
}
