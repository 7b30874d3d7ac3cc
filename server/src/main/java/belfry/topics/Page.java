package belfry.topics;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list that is ordered by ARN.
 *
 * @param next the token of the next page, or null at the end
 */
record Page<T>(List<T> items, @Nullable String next) {
    static final int SIZE = 100;

    Page {
        items = List.copyOf(items);
    }

    /** @param fetched up to {@code SIZE + 1} items, so that it shows whether more follow */
    static <T> Page<T> of(List<T> fetched, Function<T, String> arn) {
        if (fetched.size() <= SIZE) {
            return new Page<>(fetched, null);
        }
        List<T> items = fetched.subList(0, SIZE);
        byte[] last = arn.apply(items.getLast()).getBytes(StandardCharsets.UTF_8);
        return new Page<>(items, Base64.getUrlEncoder().withoutPadding().encodeToString(last));
    }

    /** The ARN behind which the page starts; empty for the first one. */
    static String after(@Nullable String token) {
        if (token == null || token.isEmpty()) {
            return "";
        }
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Faults.invalid("NextToken");
        }
    }
}
