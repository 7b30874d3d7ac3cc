package belfry.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page as IAM cuts it: MaxItems, Marker, IsTruncated.
 *
 * @param marker null on the last page
 */
record IamPage<T>(
        List<T> items, boolean truncated, @Nullable String marker) {
    private static final int DEFAULT = 100;

    IamPage {
        items = List.copyOf(items);
    }

    static int limit(@Nullable Integer maxItems) {
        return maxItems == null ? DEFAULT : maxItems;
    }

    /** The name after which the page begins; empty for the first. */
    static String after(@Nullable String marker) {
        try {
            return marker == null ? "" : new String(Base64.getUrlDecoder().decode(marker), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw IamErrors.validation("Invalid Marker.");
        }
    }

    /** Cuts the one item too many that tells whether there are more. */
    static <T> IamPage<T> of(List<T> found, int limit, Function<T, String> name) {
        if (found.size() <= limit) {
            return new IamPage<>(found, false, null);
        }
        List<T> items = found.subList(0, limit);
        byte[] last = name.apply(items.getLast()).getBytes(StandardCharsets.UTF_8);
        return new IamPage<>(
                items, true, Base64.getUrlEncoder().withoutPadding().encodeToString(last));
    }
}
