package belfry.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * Lists of parameters that are always equally long, as {@code IN (?, ?, …)} has them, so that one prepared statement serves
 * them all: what is left over is filled up with the last value.
 */
public final class Slots {
    private Slots() {}

    /** {@code count} question marks. */
    public static String of(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }

    /**
     * The values, the last one repeated until they are {@code count}.
     *
     * @throws IllegalArgumentException if there is none, or more than {@code count}
     */
    public static <T> List<T> fill(Collection<T> values, int count) {
        if (values.isEmpty() || values.size() > count) {
            throw new IllegalArgumentException("1 to " + count + " values, not " + values.size());
        }
        List<T> filled = new ArrayList<>(values);
        filled.addAll(Collections.nCopies(count - values.size(), filled.getLast()));
        return filled;
    }
}
