package belfry.events;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list in the order of names.
 *
 * @param next the token for the page behind it; null on the last
 */
record Page<T>(List<T> items, @Nullable String next) {
    static final int SIZE = 100;

    Page {
        items = List.copyOf(items);
    }

    /** @param found more than one page of it where there is more */
    static <T> Page<T> of(List<T> found, @Nullable Integer limit, Function<T, String> name) {
        int size = size(limit);
        if (found.size() <= size) {
            return new Page<>(found, null);
        }
        List<T> items = found.subList(0, size);
        String last = name.apply(items.getLast());
        return new Page<>(items, Base64.getUrlEncoder().encodeToString(last.getBytes(StandardCharsets.UTF_8)));
    }

    static int size(@Nullable Integer limit) {
        return limit == null ? SIZE : Math.min(limit, SIZE);
    }

    /** The name that the page before ended with; empty for the first page. */
    static String after(@Nullable String token) {
        if (token == null || token.isEmpty()) {
            return "";
        }
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Faults.invalid("Parameter NextToken is not valid. Reason: NextToken is corrupt");
        }
    }
}
