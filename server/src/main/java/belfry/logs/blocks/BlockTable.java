package belfry.logs.blocks;

import belfry.base.Bell;
import belfry.store.Tx;
import java.util.List;
import java.util.Optional;

/** The rows of blocks. */
public final class BlockTable {
    /** Rung when events have been appended. */
    public static final Bell APPENDED = new Bell("logs.appended");

    private static final String INSERT = "INSERT INTO log_block"
            + " (group_id, stream_id, fresh, ingested, first_time, last_time, events, raw_bytes, data, key_id)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING seq";

    private BlockTable() {}

    /**
     * Appends events that have just arrived, sealed where the group has a key.
     *
     * @return the block's seq, by which pumps follow arrivals
     * @throws belfry.wire.ServiceException where the group's key cannot be used
     */
    public static long append(Tx tx, NewBlock block) {
        tx.ring(APPENDED);
        long key = tx.lent(BlockSeals.class)
                .map(seals -> seals.current(tx, block.groupId()))
                .orElse(BlockSeals.NONE);
        return insert(tx, block, true, key);
    }

    static long insert(Tx tx, NewBlock block, boolean fresh, long key) {
        byte[] data = key == BlockSeals.NONE ? block.data() : seals(tx).seal(tx, block.groupId(), key, block.data());
        return tx.first(
                        INSERT,
                        row -> row.number(1),
                        block.groupId(),
                        block.streamId(),
                        fresh,
                        block.ingested(),
                        block.firstTime(),
                        block.lastTime(),
                        block.events(),
                        block.rawBytes(),
                        data,
                        key)
                .orElseThrow();
    }

    private static BlockSeals seals(Tx tx) {
        return tx.lent(BlockSeals.class).orElseThrow();
    }

    /** The greatest seq given so far: events that arrive from now on lie behind it. */
    public static long latest(Tx tx) {
        return tx.count("SELECT max(seq) FROM log_block");
    }

    /** Blocks as they arrived after {@code seq}, in that order. */
    public static List<BlockRow> arrivedAfter(Tx tx, long seq, int limit) {
        String sql = "SELECT " + BlockRow.COLUMNS + " FROM log_block WHERE seq > ? AND fresh = 1 ORDER BY seq LIMIT ?";
        return tx.query(sql, BlockRow::of, seq, limit);
    }

    /**
     * Unpacks a block; empty if it is gone.
     *
     * @throws belfry.wire.ServiceException where it is sealed with a key that cannot be used
     */
    public static Optional<Block> open(Tx tx, BlockRow row) {
        return tx.first("SELECT data FROM log_block WHERE seq = ?", found -> found.bytes(1), row.seq())
                .map(data ->
                        row.keyId() == BlockSeals.NONE ? data : seals(tx).open(tx, row.groupId(), row.keyId(), data))
                .map(data -> new Block(row, data));
    }

    /** Bytes that the group's blocks hold, unpacked. */
    public static long bytes(Tx tx, long groupId) {
        return tx.count("SELECT sum(raw_bytes) FROM log_block WHERE group_id = ?", groupId);
    }

    /** Deletes up to {@code limit} blocks of the group whose events all lie before {@code time}; how many there were. */
    public static int dropBefore(Tx tx, long groupId, long time, int limit) {
        return tx.update(
                "DELETE FROM log_block WHERE seq IN (SELECT seq FROM log_block"
                        + " WHERE group_id = ? AND first_time < ? AND last_time < ? LIMIT ?)",
                groupId,
                time,
                time,
                limit);
    }

    /** Whether the group has a block whose events all lie before {@code time}. */
    public static boolean hasBefore(Tx tx, long groupId, long time) {
        return tx.first(
                        "SELECT seq FROM log_block WHERE group_id = ? AND first_time < ? AND last_time < ? LIMIT 1",
                        row -> row.number(1),
                        groupId,
                        time,
                        time)
                .isPresent();
    }

    /** Deletes up to {@code limit} blocks of a stream, or of the whole group for stream 0. */
    public static int drop(Tx tx, long groupId, long streamId, int limit) {
        return tx.update(
                "DELETE FROM log_block WHERE seq IN (SELECT seq FROM log_block"
                        + " WHERE group_id = ? AND (? = 0 OR stream_id = ?) LIMIT ?)",
                groupId,
                streamId,
                streamId,
                limit);
    }
}
