package belfry.logs.blocks;

import belfry.store.Tx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists the blocks that may hold events of a range, in order of their first time, a few rows at a time. */
final class BlockWalk {
    private static final int BATCH = 64;
    private static final String SELECT = "SELECT " + BlockRow.COLUMNS + " FROM log_block WHERE group_id = ?";
    private static final String FORWARD =
            " AND (first_time, seq) > (?, ?) AND first_time <= ? AND last_time >= ? ORDER BY first_time, seq LIMIT ?";
    private static final String BACKWARD = " AND (first_time, seq) < (?, ?) AND first_time >= ? AND last_time >= ?"
            + " ORDER BY first_time DESC, seq DESC LIMIT ?";

    private final Tx tx;
    private final long groupId;
    private final @Nullable Long streamId;
    private final Range range;
    private final boolean forward;
    private final Deque<BlockRow> rows = new ArrayDeque<>();
    private long atTime;
    private long atSeq;
    private boolean ended;

    /** {@code streamId}: only the blocks of that stream (0: the mixed ones), or all of the group where null. */
    BlockWalk(Tx tx, long groupId, @Nullable Long streamId, Range range, boolean forward) {
        this.tx = tx;
        this.groupId = groupId;
        this.streamId = streamId;
        this.range = range;
        this.forward = forward;
        this.atTime = forward ? earliest() - 1 : range.to().time();
        this.atSeq = Long.MAX_VALUE;
    }

    /** A block spans at most 24 hours, so none that begins before this reaches into the range. */
    private long earliest() {
        return range.from().time() - NewBlock.SPAN_MAX_MILLIS;
    }

    @Nullable
    BlockRow peek() {
        if (rows.isEmpty() && !ended) {
            fill();
        }
        return rows.peek();
    }

    void skip() {
        rows.remove();
    }

    private void fill() {
        List<BlockRow> found = forward ? query(FORWARD, range.to().time()) : query(BACKWARD, earliest());
        ended = found.size() < BATCH;
        if (!found.isEmpty()) {
            atTime = found.getLast().firstTime();
            atSeq = found.getLast().seq();
        }
        rows.addAll(found);
    }

    private List<BlockRow> query(String condition, long bound) {
        long from = range.from().time();
        return streamId == null
                ? tx.query(SELECT + condition, BlockRow::of, groupId, atTime, atSeq, bound, from, BATCH)
                : tx.query(
                        SELECT + " AND stream_id = ?" + condition,
                        BlockRow::of,
                        groupId,
                        streamId,
                        atTime,
                        atSeq,
                        bound,
                        from,
                        BATCH);
    }
}
