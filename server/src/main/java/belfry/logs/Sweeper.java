package belfry.logs;

import belfry.base.Bell;
import belfry.base.Clock;
import belfry.base.Pump;
import belfry.logs.blocks.BlockTable;
import belfry.store.Store;
import belfry.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Drops the blocks of deleted groups and streams, and once a day those whose events have all expired. Reading never shows
 * expired events, so a day's delay is not seen. A few blocks per transaction.
 */
public final class Sweeper implements Pump {
    /** Rung when there is something to drop. */
    static final Bell DISCARDED = new Bell("logs.discarded");

    private static final int BLOCKS_AT_ONCE = 200;

    private final Store store;
    private final Clock clock;

    /** Sweeps by {@code clock}'s days, in UTC. */
    public Sweeper(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** The stream's blocks, or all of the group for stream 0, are no longer reachable and can go. */
    static void discard(Tx tx, long groupId, long streamId) {
        tx.update("INSERT INTO log_garbage (group_id, stream_id) VALUES (?, ?)", groupId, streamId);
        tx.ring(DISCARDED);
    }

    @Override
    public String name() {
        return "logs.sweeper";
    }

    @Override
    public Set<Bell> listensTo() {
        return Set.of(DISCARDED);
    }

    @Override
    public Optional<Instant> nextDue() {
        boolean some = store.read(tx -> !limited(tx, 1).isEmpty());
        return some ? Optional.of(clock.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1))) : Optional.empty();
    }

    @Override
    public boolean step() {
        boolean work = store.read(tx -> hasGarbage(tx) || hasExpired(tx));
        return work && store.write(this::sweep);
    }

    private boolean sweep(Tx tx) {
        return sweepGarbage(tx) || sweepExpired(tx);
    }

    private static boolean hasGarbage(Tx tx) {
        return tx.count("SELECT count(*) FROM log_garbage") > 0;
    }

    private boolean sweepGarbage(Tx tx) {
        record Garbage(long group, long stream) {}
        return tx.first(
                        "SELECT group_id, stream_id FROM log_garbage LIMIT 1",
                        row -> new Garbage(row.number(1), row.number(2)))
                .map(garbage -> {
                    if (BlockTable.drop(tx, garbage.group(), garbage.stream(), BLOCKS_AT_ONCE) < BLOCKS_AT_ONCE) {
                        tx.update(
                                "DELETE FROM log_garbage WHERE group_id = ? AND stream_id = ?",
                                garbage.group(),
                                garbage.stream());
                    }
                    return true;
                })
                .orElse(false);
    }

    private boolean hasExpired(Tx tx) {
        Instant now = clock.now();
        return limited(tx, Integer.MAX_VALUE).stream()
                .anyMatch(group -> BlockTable.hasBefore(tx, group.id(), group.expiredBefore(now)));
    }

    private boolean sweepExpired(Tx tx) {
        Instant now = clock.now();
        return limited(tx, Integer.MAX_VALUE).stream()
                .anyMatch(group -> BlockTable.dropBefore(tx, group.id(), group.expiredBefore(now), BLOCKS_AT_ONCE) > 0);
    }

    private static List<LogGroupRow> limited(Tx tx, int limit) {
        return tx.query(
                "SELECT " + LogGroupRow.COLUMNS
                        + " FROM log_group WHERE retention_days IS NOT NULL ORDER BY id LIMIT ?",
                LogGroupRow::of,
                limit);
    }
}
