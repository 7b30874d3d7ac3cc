package belfry.buckets;

import belfry.store.Tx;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows for listings of a bucket: its current objects, or all versions, newest first within a key. */
record VersionSource(Tx tx, String bucket, boolean all) implements Listing.Source<ListedVersion> {
    @Override
    public List<ListedVersion> rows(Listing.From from, @Nullable String below, int limit) {
        String end = below == null ? "" : " AND object_key < ?";
        Object[] tail = below == null ? new Object[] {limit} : new Object[] {below, limit};
        return all ? versions(from, end, tail) : current(from, end, tail);
    }

    private List<ListedVersion> current(Listing.From from, String end, Object[] tail) {
        String begin = from.inclusive() ? " AND object_key >= ?" : " AND object_key > ?";
        return tx.query(
                ListedVersion.COLUMNS + "WHERE bucket = ? AND latest = 1 AND marker = 0" + begin + end
                        + " ORDER BY object_key LIMIT ?",
                ListedVersion::map,
                join(new Object[] {bucket, from.key()}, tail));
    }

    private List<ListedVersion> versions(Listing.From from, String end, Object[] tail) {
        if (!from.inclusive()) {
            return versions(" AND object_key > ?", new Object[] {bucket, from.key()}, end, tail);
        }
        // "not less, and within the key below this seq": the first comparison is what the index is entered by.
        return versions(
                " AND object_key >= ? AND (object_key > ? OR seq < ?)",
                new Object[] {bucket, from.key(), from.key(), from.seq()},
                end,
                tail);
    }

    private List<ListedVersion> versions(String begin, Object[] head, String end, Object[] tail) {
        return tx.query(
                ListedVersion.COLUMNS + "WHERE bucket = ?" + begin + end + " ORDER BY object_key, seq DESC LIMIT ?",
                ListedVersion::map,
                join(head, tail));
    }

    @Override
    public String key(ListedVersion row) {
        return row.key();
    }

    @Override
    public Listing.From behind(ListedVersion row) {
        return all ? new Listing.From(row.key(), true, row.seq()) : Listing.From.behind(row.key());
    }

    private static Object[] join(Object[] head, Object[] tail) {
        Object[] all = new Object[head.length + tail.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(tail, 0, all, head.length, tail.length);
        return all;
    }
}
