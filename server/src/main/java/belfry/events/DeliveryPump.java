package belfry.events;

import belfry.base.Bell;
import belfry.base.Clock;
import belfry.base.Pump;
import belfry.store.Store;
import belfry.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Takes the deliveries of its lanes as they fall due. Each stage that holds targets has one of its own. */
public abstract class DeliveryPump implements Pump {
    private final String name;
    private final List<String> lanes;
    private final int batch;
    private final Store store;
    private final Clock clock;

    /**
     * @param lanes the short names of the target services, or {@link Deliveries#DLQ}
     * @param batch deliveries of one lane in one transaction at most
     */
    protected DeliveryPump(String name, List<String> lanes, int batch, Store store, Clock clock) {
        this.name = name;
        this.lanes = List.copyOf(lanes);
        this.batch = batch;
        this.store = store;
        this.clock = clock;
    }

    /** Delivers, and tells {@link Deliveries} what came of it, in the transaction. */
    protected abstract void deliver(Tx tx, Delivery delivery, Instant now);

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Set<Bell> listensTo() {
        return Set.of(Deliveries.OPENED, Bell.RESET);
    }

    @Override
    public final boolean step() {
        Instant now = clock.now();
        if (!due(now)) {
            return false;
        }
        return store.write(tx -> {
            List<Delivery> due = lanes.stream()
                    .flatMap(lane -> Deliveries.due(tx, lane, now, batch).stream())
                    .toList();
            due.forEach(delivery -> deliver(tx, delivery, now));
            return due.size() >= batch;
        });
    }

    @Override
    public final Optional<Instant> nextDue() {
        return store.read(tx -> lanes.stream()
                .map(lane -> Deliveries.nextDue(tx, lane))
                .flatMap(Optional::stream)
                .min(Instant::compareTo));
    }
}
