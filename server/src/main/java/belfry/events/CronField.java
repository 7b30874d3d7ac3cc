package belfry.events;

import java.util.BitSet;
import java.util.List;

/** One field of a cron expression: {@code *}, values, ranges and steps, joined by commas. */
final class CronField {
    private CronField() {}

    /**
     * The values that the field names.
     *
     * @param names of the values from {@code min} on, where they have any
     * @throws IllegalArgumentException where it is none
     */
    static BitSet of(String field, int min, int max, List<String> names) {
        BitSet values = new BitSet();
        for (String part : field.split(",", -1)) {
            String[] stepped = part.split("/", -1);
            if (stepped.length > 2) {
                throw new IllegalArgumentException("one step at most");
            }
            int step = stepped.length == 2 ? inRange(Integer.parseInt(stepped[1]), 1, max) : 1;
            add(values, stepped[0], stepped.length == 2, step, new Bounds(min, max, names));
        }
        return values;
    }

    private record Bounds(int min, int max, List<String> names) {
        int value(String text) {
            return CronField.value(text, min, max, names);
        }
    }

    private static void add(BitSet values, String range, boolean stepped, int step, Bounds bounds) {
        String[] ends = range.split("-", -1);
        int from;
        int to;
        if (range.equals("*")) {
            from = bounds.min();
            to = bounds.max();
        } else if (ends.length == 2) {
            from = bounds.value(ends[0]);
            to = bounds.value(ends[1]);
        } else {
            from = bounds.value(range);
            to = stepped ? bounds.max() : from;
        }
        if (from <= to) {
            fill(values, from, to, step);
        } else {
            // FRI-MON: over the end and on from the start.
            fill(values, from, bounds.max(), step);
            fill(values, bounds.min(), to, step);
        }
    }

    private static void fill(BitSet values, int from, int to, int step) {
        for (int value = from; value <= to; value += step) {
            values.set(value);
        }
    }

    /** A number or a name. */
    static int value(String text, int min, int max, List<String> names) {
        int named = names.indexOf(text);
        return named >= 0 ? min + named : inRange(Integer.parseInt(text), min, max);
    }

    static int inRange(int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(value + " is not within " + min + " and " + max);
        }
        return value;
    }
}
