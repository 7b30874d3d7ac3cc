package belfry.buckets;

import java.util.Arrays;
import java.util.Optional;

/** The order of keys: by their UTF-8 bytes, which is the order of their code points, and not Java's own. */
final class KeyRange {
    private KeyRange() {}

    /**
     * The least text that is greater than every text beginning with {@code prefix}: its last code point counted up. Empty
     * where there is none, as for the empty prefix.
     */
    static Optional<String> after(String prefix) {
        int[] points = prefix.codePoints().toArray();
        for (int last = points.length - 1; last >= 0; last--) {
            int next = points[last] + 1;
            if (next == Character.MIN_SURROGATE) {
                // Half characters have no UTF-8.
                next = Character.MAX_SURROGATE + 1;
            }
            if (next <= Character.MAX_CODE_POINT) {
                points[last] = next;
                return Optional.of(new String(points, 0, last + 1));
            }
        }
        return Optional.empty();
    }

    /** Compares as the store orders. */
    static int compare(String a, String b) {
        int[] x = a.codePoints().toArray();
        int[] y = b.codePoints().toArray();
        return Arrays.compare(x, y);
    }
}
