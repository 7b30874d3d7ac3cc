package belfry.engine.metric.search;

import org.jspecify.annotations.Nullable;

/** A namespace, name, dimension or value of a metric. It is cut into words when that is asked for, once. */
final class Name {
    private final String text;
    private @Nullable Words words;

    Name(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    Words words() {
        Words known = words;
        if (known == null) {
            known = Words.of(text);
            words = known;
        }
        return known;
    }
}
