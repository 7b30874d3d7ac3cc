package belfry.logs.blocks;

import belfry.store.Tx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts small blocks of a stream together into blocks of about 1 MiB, and takes mixed blocks apart by stream. In two tiers,
 * so that an event is rewritten two or three times at most, not at each merge.
 */
public final class BlockMerger {
    /** A block this large is left alone. */
    static final int GOOD_BYTES = 512 * 1024;

    private static final int FULL_BYTES = 1024 * 1024;
    private static final int TINY_BYTES = 64 * 1024;
    private static final int TINY_COUNT = 32;
    private static final int MIXED_COUNT = 16;
    private static final int WINDOW_BYTES = 16 * 1024 * 1024;
    private static final int ROWS_MAX = 2_000;

    // Of the fresh blocks only those that the pumps following arrivals have seen; they find no others.
    private static final String SMALL = "SELECT " + BlockRow.COLUMNS + " FROM log_block WHERE group_id = ?"
            + " AND stream_id = ? AND raw_bytes < 524288 AND (fresh = 0 OR seq <= ?) ORDER BY seq LIMIT ?";

    private BlockMerger() {}

    /** Blocks and what to replace them with. */
    public record Plan(List<BlockRow> sources, List<NewBlock> outputs) {
        public Plan {
            sources = List.copyOf(sources);
            outputs = List.copyOf(outputs);
        }
    }

    /**
     * What is worth merging in a stream now (0: the group's mixed blocks). Reads, unpacks and packs; changes nothing.
     *
     * @param seenUpTo fresh blocks behind this seq are still being followed and stay
     */
    public static Optional<Plan> plan(Tx tx, long groupId, long streamId, long seenUpTo) {
        List<BlockRow> rows = underOneKey(tx.query(SMALL, BlockRow::of, groupId, streamId, seenUpTo, ROWS_MAX));
        List<BlockRow> sources = window(streamId == 0 ? mixed(rows) : choose(rows));
        if (sources.isEmpty()) {
            return Optional.empty();
        }
        List<NewBlock> outputs = merge(tx, groupId, sources);
        boolean worthIt = streamId == 0 || outputs.size() < sources.size();
        return worthIt ? Optional.of(new Plan(sources, outputs)) : Optional.empty();
    }

    /** Replaces the blocks; does nothing where one of them has gone meanwhile (retention, deletion). */
    public static boolean apply(Tx tx, Plan plan) {
        for (BlockRow source : plan.sources()) {
            if (tx.count("SELECT count(*) FROM log_block WHERE seq = ?", source.seq()) == 0) {
                return false;
            }
        }
        for (BlockRow source : plan.sources()) {
            tx.update("DELETE FROM log_block WHERE seq = ?", source.seq());
        }
        long key = plan.sources().getFirst().keyId();
        plan.outputs().forEach(block -> BlockTable.insert(tx, block, false, key));
        return true;
    }

    /** What was sealed stays sealed with its own key: blocks are merged with their like. */
    private static List<BlockRow> underOneKey(List<BlockRow> rows) {
        return rows.stream()
                .filter(row -> row.keyId() == rows.getLast().keyId())
                .toList();
    }

    private static List<BlockRow> mixed(List<BlockRow> rows) {
        return rows.size() >= MIXED_COUNT || bytes(rows) >= GOOD_BYTES ? rows : List.of();
    }

    private static List<BlockRow> choose(List<BlockRow> rows) {
        List<BlockRow> tiny =
                rows.stream().filter(row -> row.rawBytes() < TINY_BYTES).toList();
        if (tiny.size() >= TINY_COUNT || bytes(tiny) >= GOOD_BYTES) {
            return tiny;
        }
        return bytes(rows) >= FULL_BYTES ? rows : List.of();
    }

    private static List<BlockRow> window(List<BlockRow> rows) {
        List<BlockRow> window = new ArrayList<>();
        long bytes = 0;
        for (BlockRow row : rows) {
            bytes += row.rawBytes();
            if (bytes > WINDOW_BYTES) {
                break;
            }
            window.add(row);
        }
        return window;
    }

    private static long bytes(Collection<BlockRow> rows) {
        return rows.stream().mapToLong(BlockRow::rawBytes).sum();
    }

    private static List<NewBlock> merge(Tx tx, long groupId, List<BlockRow> sources) {
        List<NewBlock> outputs = new ArrayList<>();
        Map<Long, BlockBuilder> open = new LinkedHashMap<>();
        for (BlockRow source : sources) {
            for (Run run : BlockTable.open(tx, source).orElseThrow().runs()) {
                long first = run.firstTime();
                long last = run.lastTime();
                BlockBuilder builder = open.computeIfAbsent(run.streamId(), id -> new BlockBuilder(groupId, 0));
                if (!builder.isEmpty()
                        && (builder.rawBytes() + run.length() > FULL_BYTES || !builder.spans(first, last))) {
                    outputs.add(builder.pack());
                    builder = new BlockBuilder(groupId, 0);
                    open.put(run.streamId(), builder);
                }
                builder.copy(run, first, last);
            }
        }
        open.values().forEach(builder -> outputs.add(builder.pack()));
        return outputs;
    }
}
