package belfry.logs.blocks;

import belfry.store.Tx;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads a page of events of a group in order of position: the first of a range, or its last. Only blocks that overlap the
 * range are unpacked. The work per page is bounded: a page may end early, even empty, and tells where to go on.
 */
public final class Scan {
    /** As AWS's: events on a page. */
    public static final int EVENTS_MAX = 10_000;
    /** As AWS's: bytes of messages on a page, each with 26 more. */
    public static final long PAGE_BYTES_MAX = 1024 * 1024;

    private static final long UNPACK_BYTES_MAX = 16L * 1024 * 1024;

    private final long groupId;
    private final Range range;
    private @Nullable Long streamId;
    private LongPredicate streams = id -> true;
    private Block.MessageTest test = (utf8, from, to) -> true;
    private int limit = EVENTS_MAX;
    private long unpackMax = UNPACK_BYTES_MAX;

    /**
     * A page.
     *
     * @param events in order of position
     * @param resume where the range goes on: the start of the rest when reading forward, its end when reading backward;
     *     empty where nothing is left
     */
    public record Result(List<Event> events, Optional<Position> resume) {}

    private Scan(long groupId, Range range) {
        this.groupId = groupId;
        this.range = range;
    }

    /** All events of the group in the range. */
    public static Scan of(long groupId, Range range) {
        return new Scan(groupId, range);
    }

    /** Only events of this stream. */
    public Scan stream(long id) {
        this.streamId = id;
        this.streams = other -> other == id;
        return this;
    }

    /** Only events of streams with such ids. */
    public Scan streams(LongPredicate wanted) {
        this.streams = wanted;
        return this;
    }

    /** Only events with such messages. */
    public Scan matching(Block.MessageTest wanted) {
        this.test = wanted;
        return this;
    }

    /** At most so many events. */
    public Scan limit(int events) {
        this.limit = Math.min(events, EVENTS_MAX);
        return this;
    }

    Scan unpackAtMost(long bytes) {
        this.unpackMax = bytes;
        return this;
    }

    /** The first events of the range. */
    public Result forward(Tx tx) {
        return run(tx, true);
    }

    /** The last events of the range. */
    public Result backward(Tx tx) {
        return run(tx, false);
    }

    private Result run(Tx tx, boolean forward) {
        if (range.isEmpty()) {
            return new Result(List.of(), Optional.empty());
        }
        Page page = new Page(range, forward, limit, PAGE_BYTES_MAX);
        Walks walks = new Walks(tx, forward);
        long unpacked = 0;
        for (BlockRow row = walks.next(); row != null; row = walks.next()) {
            if (page.finished(row) || (unpacked > unpackMax && stopBefore(row, page, forward))) {
                break;
            }
            if (!page.beyond(row) && (row.mixed() || streams.test(row.streamId()))) {
                unpacked += row.rawBytes();
                BlockTable.open(tx, row).ifPresent(block -> block.select(streams, test, page));
            }
        }
        return new Result(page.events(), Optional.ofNullable(resume(page, forward)));
    }

    /**
     * Ends the page where the next block begins, unless that is no progress. Backward, blocks come in order of their first
     * time, so all later ones have been seen; what they do not cover entirely is left for the next page.
     */
    private boolean stopBefore(BlockRow next, Page page, boolean forward) {
        Position edge = Position.startOf(forward ? next.firstTime() : next.firstTime() + NewBlock.SPAN_MAX_MILLIS + 1);
        boolean progress =
                forward ? edge.compareTo(range.from()) > 0 : edge.next().compareTo(range.to()) < 0;
        if (progress) {
            page.cut(edge);
        }
        return progress;
    }

    /** Backward the range's end is exclusive, so the event that was cut off is behind the place to go on from. */
    private static @Nullable Position resume(Page page, boolean forward) {
        Position cut = page.cut();
        return cut == null || forward ? cut : cut.next();
    }

    /** The blocks of the range in one order: of the group, or of one stream and the mixed ones. */
    private final class Walks {
        private final BlockWalk first;
        private final @Nullable BlockWalk second;
        private final boolean forward;

        Walks(Tx tx, boolean forward) {
            this.forward = forward;
            this.first = new BlockWalk(tx, groupId, streamId, range, forward);
            this.second = streamId == null ? null : new BlockWalk(tx, groupId, 0L, range, forward);
        }

        @Nullable
        BlockRow next() {
            BlockRow a = first.peek();
            BlockRow b = second == null ? null : second.peek();
            if (a == null && b == null) {
                return null;
            }
            boolean takeFirst = b == null || (a != null && (a.firstTime() <= b.firstTime()) == forward);
            if (!takeFirst && second != null) {
                second.skip();
                return b;
            }
            first.skip();
            return a;
        }
    }
}
