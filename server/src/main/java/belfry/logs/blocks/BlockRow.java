package belfry.logs.blocks;

import belfry.store.Row;

/**
 * A stored block without its data.
 *
 * @param keyId what sealed it; {@link BlockSeals#NONE} where nothing did
 */
public record BlockRow(
        long seq,
        long groupId,
        long streamId,
        long ingested,
        long firstTime,
        long lastTime,
        int events,
        int rawBytes,
        long keyId) {
    static final String COLUMNS =
            "seq, group_id, stream_id, ingested, first_time, last_time, events, raw_bytes, key_id";

    static BlockRow of(Row row) {
        return new BlockRow(
                row.number(1),
                row.number(2),
                row.number(3),
                row.number(4),
                row.number(5),
                row.number(6),
                Math.toIntExact(row.number(7)),
                Math.toIntExact(row.number(8)),
                row.number(9));
    }

    /** Whether it holds events of several streams. */
    public boolean mixed() {
        return streamId == 0;
    }

    /** What AWS counts for the events of a block as it arrived: their bytes, and 26 for each. Not for a mixed one. */
    public long countedBytes() {
        return rawBytes - Run.HEADER + (Block.EVENT_OVERHEAD - Run.EVENT_HEADER) * (long) events;
    }
}
