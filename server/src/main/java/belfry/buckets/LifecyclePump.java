package belfry.buckets;

import belfry.base.Bell;
import belfry.base.Clock;
import belfry.base.Pump;
import belfry.store.Store;
import belfry.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Carries lifecycles out: at every midnight UTC, and when one is put, it goes through the buckets that have one, a page of
 * versions a step. What it decides on a snapshot it decides again in the transaction that deletes.
 */
final class LifecyclePump implements Pump {
    static final Bell CHANGED = new Bell("buckets.lifecycle");

    private static final int PAGE = 500;

    private final Store store;
    private final Clock clock;
    private final ObjectTable objects;
    private final UploadTable uploads;

    /** The buckets left in this round; a crash only means that the next round begins anew. */
    private final Deque<String> round = new ArrayDeque<>();

    private Listing.From from = Listing.From.behind("");

    LifecyclePump(Store store, Clock clock, ObjectTable objects, UploadTable uploads) {
        this.store = store;
        this.clock = clock;
        this.objects = objects;
        this.uploads = uploads;
    }

    @Override
    public String name() {
        return "bucket-lifecycle";
    }

    @Override
    public Set<Bell> listensTo() {
        return Set.of(CHANGED, Bell.RESET);
    }

    @Override
    public boolean step() {
        if (round.isEmpty()) {
            round.addAll(store.read(tx -> BucketTable.having(tx, Setting.LIFECYCLE)));
            from = Listing.From.behind("");
        }
        String bucket = round.peek();
        if (bucket == null) {
            return false;
        }
        if (!page(bucket)) {
            abortUploads(bucket);
            round.remove();
            from = Listing.From.behind("");
        }
        return !round.isEmpty();
    }

    @Override
    public Optional<Instant> nextDue() {
        boolean any =
                !store.read(tx -> BucketTable.having(tx, Setting.LIFECYCLE)).isEmpty();
        return any ? Optional.of(clock.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1))) : Optional.empty();
    }

    /** One page of versions; whether there are more. */
    private boolean page(String bucket) {
        Instant now = clock.now();
        record Page(List<ListedVersion> rows, List<Long> due) {}
        Page page = store.read(tx -> {
            var source = new VersionSource(tx, bucket, true);
            List<ListedVersion> rows = source.rows(from, null, PAGE);
            List<Lifecycle> rules = Lifecycles.rules(tx, bucket);
            return new Page(
                    rows,
                    rows.stream()
                            .map(ListedVersion::seq)
                            .filter(seq -> find(tx, seq)
                                    .filter(row -> due(tx, rules, row, now))
                                    .isPresent())
                            .toList());
        });
        if (!page.due().isEmpty()) {
            store.change(tx -> expire(tx, bucket, page.due(), now));
        }
        if (page.rows().size() < PAGE) {
            return false;
        }
        ListedVersion last = page.rows().getLast();
        from = new Listing.From(last.key(), true, last.seq());
        return true;
    }

    private static Optional<ObjectRow> find(Tx tx, long seq) {
        return tx.first(ObjectTable.COLUMNS + "WHERE seq = ?", ObjectTable::map, seq);
    }

    private void expire(Tx tx, String name, List<Long> due, Instant now) {
        List<Lifecycle> rules = Lifecycles.rules(tx, name);
        BucketTable.find(tx, name)
                .ifPresent(bucket -> due.forEach(seq -> find(tx, seq)
                        .filter(row -> due(tx, rules, row, now))
                        .ifPresent(row -> expire(tx, bucket, row, now))));
    }

    private void expire(Tx tx, BucketRow bucket, ObjectRow row, Instant now) {
        if (row.latest() && !row.marker()) {
            objects.remove(tx, bucket, row.key(), now);
        } else {
            objects.delete(tx, row, now);
        }
    }

    private static boolean due(Tx tx, List<Lifecycle> rules, ObjectRow row, Instant now) {
        return rules.stream()
                .filter(rule -> rule.covers(row.key(), row.size(), row.tags()))
                .anyMatch(rule -> due(tx, rule, row, now));
    }

    private static boolean due(Tx tx, Lifecycle rule, ObjectRow row, Instant now) {
        if (!row.latest()) {
            return rule.noncurrentExpiry(row).filter(at -> !at.isAfter(now)).isPresent()
                    && newerNoncurrent(tx, row) >= rule.noncurrentKept();
        }
        if (row.marker()) {
            return rule.clearsMarker(row, now) && versions(tx, row) == 1;
        }
        return rule.expiry(row).filter(at -> !at.isAfter(now)).isPresent();
    }

    private static long newerNoncurrent(Tx tx, ObjectRow row) {
        return tx.count(
                "SELECT COUNT(*) FROM object_version WHERE bucket = ? AND object_key = ? AND latest = 0 AND seq > ?",
                row.bucket(),
                row.key(),
                row.seq());
    }

    private static long versions(Tx tx, ObjectRow row) {
        return tx.count(
                "SELECT COUNT(*) FROM object_version WHERE bucket = ? AND object_key = ?", row.bucket(), row.key());
    }

    private void abortUploads(String bucket) {
        Instant now = clock.now();
        store.change(tx -> {
            List<Lifecycle> rules = Lifecycles.rules(tx, bucket);
            uploads.ofBucket(tx, bucket).stream()
                    .filter(upload -> rules.stream()
                            .filter(rule -> rule.covers(upload.key(), 0, upload.tags()))
                            .anyMatch(rule -> rule.abortion(upload)
                                    .filter(at -> !at.isAfter(now))
                                    .isPresent()))
                    .forEach(upload -> uploads.remove(tx, upload, now));
        });
    }
}
