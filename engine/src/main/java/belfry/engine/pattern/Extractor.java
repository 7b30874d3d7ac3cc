package belfry.engine.pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reads one value out of a line: a metric value or a dimension (filter-patterns.md §7.2, §7.4). Made by {@link
 * FilterPattern#extractor}; immutable, for any thread.
 */
public final class Extractor {
    private final String selector;
    private final Source source;

    interface Source {
        @Nullable
        String text(byte[] b, int from, int to);
    }

    Extractor(String selector, Source source) {
        this.selector = selector;
        this.source = source;
    }

    /** The selector as written, such as {@code $.latency}, {@code $bytes} or {@code $7}. */
    public String selector() {
        return selector;
    }

    /** The selected scalar as text; null where the line has none there, or an object, an array or null. */
    public @Nullable String text(byte[] utf8Line) {
        return text(utf8Line, 0, utf8Line.length);
    }

    /** As {@link #text(byte[])}, for a line inside a larger array. */
    public @Nullable String text(byte[] utf8, int from, int to) {
        return source.text(utf8, from, to);
    }
}
