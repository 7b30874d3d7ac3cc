package belfry.logs;

import belfry.base.Bell;
import belfry.base.Pump;
import belfry.logs.blocks.BlockMerger;
import belfry.logs.blocks.BlockRow;
import belfry.logs.blocks.BlockTable;
import belfry.logs.blocks.NewBlock;
import belfry.store.Cursors;
import belfry.store.Store;
import belfry.wire.ServiceException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Merges small blocks in the background, once the filters have seen them. It looks at the streams that have taken in
 * something lately; reading and packing happen outside the writing transaction.
 */
public final class MergePump implements Pump {
    private static final String CURSOR = "logs.merge";
    private static final int BLOCKS_AT_ONCE = 512;
    /** Below this many new blocks it is not worth looking. */
    private static final int BLOCKS_MIN = 16;

    private final Store store;

    /** Merges in {@code store}. */
    public MergePump(Store store) {
        this.store = store;
    }

    private record StreamKey(long group, long stream) {}

    private record Arrivals(List<BlockRow> rows, long seen) {}

    @Override
    public String name() {
        return "logs.merge";
    }

    @Override
    public Set<Bell> listensTo() {
        return Set.of(MetricFilterPump.FOLLOWED);
    }

    @Override
    public boolean step() {
        Arrivals arrivals = store.read(tx -> {
            long seen = Cursors.position(tx, MetricFilterPump.CURSOR);
            List<BlockRow> rows = BlockTable.arrivedAfter(tx, Cursors.position(tx, CURSOR), BLOCKS_AT_ONCE).stream()
                    .filter(row -> row.seq() <= seen)
                    .toList();
            return new Arrivals(rows, seen);
        });
        if (arrivals.rows().size() < BLOCKS_MIN) {
            return false;
        }
        Deque<StreamKey> streams = arrivals.rows().stream()
                .map(row -> new StreamKey(row.groupId(), row.streamId()))
                .distinct()
                .collect(Collectors.toCollection(ArrayDeque::new));
        while (!streams.isEmpty()) {
            merge(streams.remove(), arrivals.seen(), streams);
        }
        store.change(tx -> Cursors.advance(tx, CURSOR, arrivals.rows().getLast().seq()));
        return arrivals.rows().size() == BLOCKS_AT_ONCE;
    }

    /** Nothing where the blocks' key cannot be used: they stay as they are. */
    private Optional<BlockMerger.Plan> plan(StreamKey key, long seen) {
        try {
            return store.read(tx -> BlockMerger.plan(tx, key.group(), key.stream(), seen));
        } catch (ServiceException e) {
            return Optional.empty();
        }
    }

    private boolean applied(BlockMerger.Plan plan) {
        try {
            return store.write(tx -> BlockMerger.apply(tx, plan));
        } catch (ServiceException e) {
            return false;
        }
    }

    /** As long as something changes; what comes out of mixed blocks is looked at in turn. */
    private void merge(StreamKey key, long seen, Deque<StreamKey> streams) {
        while (true) {
            Optional<BlockMerger.Plan> plan = plan(key, seen);
            if (plan.isEmpty() || !applied(plan.get())) {
                return;
            }
            if (key.stream() == 0) {
                plan.get().outputs().stream()
                        .map(NewBlock::streamId)
                        .distinct()
                        .map(stream -> new StreamKey(key.group(), stream))
                        .forEach(streams::add);
            }
        }
    }
}
