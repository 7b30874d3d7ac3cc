package belfry.logs;

import belfry.logs.blocks.Block;
import belfry.logs.blocks.BlockRow;
import belfry.logs.blocks.BlockTable;
import belfry.store.Tx;
import belfry.wire.ServiceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blocks that have arrived, with what is needed to evaluate them, read on one snapshot. Filters put or deleted afterwards
 * count only for blocks that arrive afterwards, so the evaluation needs no transaction.
 */
final class FilterBatch {
    private static final Logger LOG = LoggerFactory.getLogger(FilterBatch.class);
    private static final int BLOCKS_MAX = 500;
    private static final long UNPACK_BYTES_MAX = 4L * 1024 * 1024;

    /**
     * A block that has arrived.
     *
     * @param group null where it has been deleted
     * @param block null where nothing needs its events
     */
    record Arrived(
            BlockRow row,
            @Nullable LogGroupRow group,
            List<MetricFilterRow> filters,
            @Nullable Block block) {}

    private final List<Arrived> blocks = new ArrayList<>();
    private final Map<Long, Optional<LogGroupRow>> groups = new HashMap<>();
    private final Map<Long, List<MetricFilterRow>> filters = new HashMap<>();
    private boolean more;

    private FilterBatch() {}

    static FilterBatch take(Tx tx, long after) {
        FilterBatch batch = new FilterBatch();
        List<BlockRow> rows = BlockTable.arrivedAfter(tx, after, BLOCKS_MAX);
        batch.more = rows.size() == BLOCKS_MAX;
        long unpacked = 0;
        for (BlockRow row : rows) {
            Arrived arrived = batch.open(tx, row, after);
            batch.blocks.add(arrived);
            unpacked += arrived.block() == null ? 0 : row.rawBytes();
            if (unpacked >= UNPACK_BYTES_MAX) {
                batch.more = true;
                break;
            }
        }
        return batch;
    }

    private Arrived open(Tx tx, BlockRow row, long after) {
        LogGroupRow group = groups.computeIfAbsent(row.groupId(), id -> LogGroupTable.byId(tx, id))
                .orElse(null);
        if (group == null) {
            return new Arrived(row, null, List.of(), null);
        }
        List<MetricFilterRow> counting =
                filters.computeIfAbsent(row.groupId(), id -> MetricFilterRow.countingAfter(tx, id, after)).stream()
                        .filter(filter -> filter.counts(row.seq()))
                        .toList();
        boolean needed = row.mixed() || !counting.isEmpty();
        Block block = needed ? open(tx, row).orElse(null) : null;
        return new Arrived(row, group, counting, block);
    }

    /** Empty also where the group's key was taken away in the moment since the block arrived: nobody can read it now. */
    private static Optional<Block> open(Tx tx, BlockRow row) {
        try {
            return BlockTable.open(tx, row);
        } catch (ServiceException e) {
            LOG.warn(
                    "the metric filters of log group {} pass over block {}: {}",
                    row.groupId(),
                    row.seq(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    List<Arrived> blocks() {
        return blocks;
    }

    boolean isEmpty() {
        return blocks.isEmpty();
    }

    boolean more() {
        return more;
    }

    long last() {
        return blocks.getLast().row().seq();
    }
}
