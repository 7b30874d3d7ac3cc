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

/**
 * Sends archived events to their bus again, in the order of their times. A batch and how far it came are one transaction:
 * whatever crashes, a replay goes on where it was and sends nothing twice.
 */
final class ReplayPump implements Pump {
    /** Rung when a replay was started or is to be cancelled. */
    static final Bell STARTED = new Bell("events.replays");

    private static final int BATCH = 100;

    private final Store store;
    private final Clock clock;
    private final Router router;

    ReplayPump(Store store, Clock clock, Router router) {
        this.store = store;
        this.clock = clock;
        this.router = router;
    }

    @Override
    public String name() {
        return "events.replays";
    }

    @Override
    public Set<Bell> listensTo() {
        return Set.of(STARTED, Bell.RESET);
    }

    @Override
    public boolean step() {
        if (store.read(Replay::nextOpen).isEmpty()) {
            return false;
        }
        Instant now = clock.now();
        return store.write(tx -> {
            Optional<Replay> open = Replay.nextOpen(tx);
            open.ifPresent(replay -> advance(tx, replay, now));
            return open.isPresent();
        });
    }

    private void advance(Tx tx, Replay replay, Instant now) {
        if (replay.state() == Replay.State.CANCELLING) {
            replay.turn(tx, Replay.State.CANCELLED, null, now);
            return;
        }
        Optional<Bus> bus = Bus.find(tx, replay.account(), replay.region(), replay.bus());
        if (bus.isEmpty() || Archive.byId(tx, replay.archiveId()).isEmpty()) {
            String gone = bus.isEmpty() ? "Event bus " + replay.bus() : "Archive " + replay.archive();
            replay.turn(tx, Replay.State.FAILED, gone + " does not exist.", now);
            return;
        }
        List<ArchivedEvents.Kept> batch = ArchivedEvents.next(tx, replay, BATCH);
        batch.forEach(kept -> send(tx, replay, bus.get(), kept, now));
        if (!batch.isEmpty()) {
            replay.sent(tx, batch.getLast());
        }
        if (batch.size() < BATCH) {
            replay.turn(tx, Replay.State.COMPLETED, null, now);
        }
    }

    private void send(Tx tx, Replay replay, Bus bus, ArchivedEvents.Kept kept, Instant now) {
        BusEvent event = BusEvent.read(kept.event()).replayedBy(replay.name());
        List<Plan> plans = router.plan(tx, bus, event, false, now, deaf -> {}).stream()
                .filter(plan -> replay.filters().isEmpty()
                        || replay.filters().contains(plan.rule().arn()))
                .toList();
        Router.open(tx, plans, now);
    }
}
