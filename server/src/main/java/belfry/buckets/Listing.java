package belfry.buckets;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing: keys in order, those that share a beginning up to the delimiter folded into one. Folded keys are
 * not read one by one: the listing goes on behind them, so a page costs about what it shows.
 *
 * @param <T> what is listed
 */
final class Listing<T> {
    static final int MAX = 1_000;

    /** Where the rows come from. */
    interface Source<T> {
        /**
         * Rows in order.
         *
         * @param from where to begin
         * @param below keys from here on are left out; null for no end
         */
        List<T> rows(From from, @Nullable String below, int limit);

        String key(T row);

        /** The position right behind the row. */
        From behind(T row);
    }

    /**
     * A position: behind a key (and within it behind a version), or at the first key that is not less.
     *
     * @param key the key
     * @param inclusive whether a row of the key itself may follow
     * @param seq with {@code inclusive}: the key's row that the page begins behind; {@link #ALL} for none
     */
    record From(String key, boolean inclusive, long seq) {
        static final long ALL = Long.MAX_VALUE;

        static From behind(String key) {
            return new From(key, false, ALL);
        }

        static From at(String key) {
            return new From(key, true, ALL);
        }
    }

    private final Source<T> source;
    private final String prefix;
    private final String delimiter;
    private final int max;
    private final List<T> rows = new ArrayList<>();
    private final List<String> prefixes = new ArrayList<>();
    private @Nullable String last;
    private @Nullable T lastRow;
    private boolean truncated;

    private Listing(Source<T> source, @Nullable String prefix, @Nullable String delimiter, int max) {
        this.source = source;
        this.prefix = prefix == null ? "" : prefix;
        this.delimiter = delimiter == null ? "" : delimiter;
        this.max = max;
    }

    /**
     * Reads a page.
     *
     * @param from where the page begins
     * @param max rows and folded prefixes together
     */
    static <T> Listing<T> page(
            Source<T> source, @Nullable String prefix, @Nullable String delimiter, From from, int max) {
        Listing<T> listing = new Listing<>(source, prefix, delimiter, max);
        if (max > 0) {
            listing.read(from);
        }
        return listing;
    }

    List<T> rows() {
        return rows;
    }

    /** The folded prefixes. */
    List<String> prefixes() {
        return prefixes;
    }

    int count() {
        return rows.size() + prefixes.size();
    }

    boolean truncated() {
        return truncated;
    }

    /** The last key or folded prefix shown; null where nothing was. */
    @Nullable
    String last() {
        return last;
    }

    /** The last row, where the last thing shown was a row and no prefix. */
    Optional<T> lastRow() {
        return Optional.ofNullable(lastRow);
    }

    private void read(From start) {
        String below = KeyRange.after(prefix).orElse(null);
        From from = KeyRange.compare(start.key(), prefix) < 0 ? From.at(prefix) : skipFolded(start);
        while (true) {
            int limit = max - count() + 1;
            List<T> batch = source.rows(from, below, limit);
            From next = take(batch);
            if (truncated || (next == null && batch.size() < limit)) {
                return;
            }
            from = next == null ? source.behind(batch.getLast()) : next;
        }
    }

    /** A page that begins behind a folded prefix begins behind all that it folded. */
    private From skipFolded(From start) {
        String folded = folded(start.key());
        return folded != null && folded.equals(start.key())
                ? KeyRange.after(folded).map(From::at).orElse(start)
                : start;
    }

    /** Takes rows until the page is full or a prefix is folded; then the position behind it is returned. */
    private @Nullable From take(List<T> batch) {
        for (T row : batch) {
            if (count() == max) {
                truncated = true;
                return null;
            }
            String folded = folded(source.key(row));
            if (folded != null) {
                prefixes.add(folded);
                last = folded;
                lastRow = null;
                return KeyRange.after(folded).map(From::at).orElseThrow();
            }
            rows.add(row);
            last = source.key(row);
            lastRow = row;
        }
        return null;
    }

    private @Nullable String folded(String key) {
        if (delimiter.isEmpty() || !key.startsWith(prefix)) {
            return null;
        }
        int at = key.indexOf(delimiter, prefix.length());
        return at < 0 ? null : key.substring(0, at + delimiter.length());
    }
}
