package belfry.buckets;

import belfry.wire.ServiceException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A part of an object, as a Range header asks for it. */
record Ranges(long from, long length) {
    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** {@code bytes 0-9/100}. */
    String contentRange(long size) {
        return "bytes " + from + "-" + (from + length - 1) + "/" + size;
    }

    /**
     * The range that a header asks of an object; empty for the whole, and for headers that HTTP says to overlook.
     *
     * @throws ServiceException {@code InvalidRange} where nothing of it lies inside
     */
    static Optional<Ranges> of(@Nullable String header, long size) {
        Matcher matcher = ONE.matcher(header == null ? "" : header.strip());
        if (!matcher.matches()
                || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
            return Optional.empty();
        }
        String first = matcher.group(1);
        String second = matcher.group(2);
        long from;
        long to = size - 1;
        if (first.isEmpty()) {
            long suffix = Long.parseLong(second);
            from = suffix == 0 ? size : Math.max(0, size - suffix);
        } else {
            from = Long.parseLong(first);
            if (!second.isEmpty()) {
                long asked = Long.parseLong(second);
                if (asked < from) {
                    return Optional.empty();
                }
                to = Math.min(to, asked);
            }
        }
        if (from >= size) {
            throw ServiceException.of("InvalidRange", 416, "The requested range is not satisfiable")
                    .with("RangeRequested", String.valueOf(header))
                    .with("ActualObjectSize", size);
        }
        return Optional.of(new Ranges(from, to - from + 1));
    }
}
