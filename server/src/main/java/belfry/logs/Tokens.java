package belfry.logs;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Paging through lists sorted by a name: the token holds the last name shown. */
final class Tokens {
    static final int DESCRIBE_MAX = 50;

    private Tokens() {}

    /** A page and the token for the next; null after the last. */
    record Paged<T>(List<T> items, @Nullable String nextToken) {
        /** Cuts the page from a list that was read one longer than the page. */
        static <T> Paged<T> of(List<T> oneMore, int limit, Function<T, String> name) {
            if (oneMore.size() <= limit) {
                return new Paged<>(oneMore, null);
            }
            List<T> page = oneMore.subList(0, limit);
            return new Paged<>(page, encode(name.apply(page.getLast())));
        }
    }

    static String encode(String name) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    /** The last name shown; empty, which sorts before all names, without a token. */
    static String after(@Nullable String token) {
        if (token == null) {
            return "";
        }
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw LogErrors.badToken();
        }
    }

    static int limit(@Nullable Integer asked, int otherwise) {
        return asked == null ? otherwise : asked;
    }
}
