package belfry.logs;

import belfry.base.Bell;
import belfry.base.Clock;
import belfry.base.Pump;
import belfry.store.Cursors;
import belfry.store.Store;
import belfry.store.Tx;
import belfry.trail.Checks;
import belfry.trail.Trail;
import belfry.trail.TrailEvent;
import belfry.trail.TrailEvents;
import belfry.trail.TrailRecorder;
import belfry.trail.Trails;
import java.util.List;
import java.util.Set;

/**
 * Brings the records that trails select into the trails' log groups, one event per record (semantics: cloudtrail.md §4).
 * The group's stream is made where it is missing.
 *
 * <p>All trails share one cursor. A trail whose role or group refuses falls behind it: its records wait in event history,
 * its status says why, and once the door is open again it catches up before it goes on with the others. No timer is
 * needed: whatever mends a role or a group is itself a recorded call, which wakes this pump.
 */
public final class TrailFeed implements Pump {
    private static final String CURSOR = "logs.trail";
    private static final int RECORDS_AT_ONCE = 200;

    private final Store store;
    private final Clock clock;
    private final TrailDoor door;

    /**
     * Feeds {@code store}'s log groups.
     *
     * @param clock gives the time of ingestion
     * @param roles asked at every delivery
     */
    public TrailFeed(Store store, Clock clock, Checks.RoleCheck roles) {
        this.store = store;
        this.clock = clock;
        this.door = new TrailDoor(roles);
    }

    @Override
    public String name() {
        return "logs.trail";
    }

    @Override
    public Set<Bell> listensTo() {
        return Set.of(TrailRecorder.RECORDED);
    }

    /**
     * Records that concern no log group are only passed over: that is written down with the next one that does, or when
     * there are many, so that calls of no interest cost no commit here.
     */
    @Override
    public boolean step() {
        store.read(this::waiting).forEach(this::catchUp);
        boolean work = store.read(tx -> {
            List<TrailEvent> events = next(tx);
            List<Trail> trails = going(tx);
            return events.size() == RECORDS_AT_ONCE
                    || events.stream()
                            .anyMatch(event -> trails.stream().anyMatch(trail -> TrailBatch.concerns(trail, event)));
        });
        return work && store.write(this::feed);
    }

    private boolean feed(Tx tx) {
        List<TrailEvent> events = next(tx);
        for (Trail trail : going(tx)) {
            new TrailBatch(tx, trail, door, clock.now())
                    .deliver(events)
                    .ifPresent(error -> TrailBacklog.keep(
                            tx, trail, new TrailBacklog.Waiting(Cursors.position(tx, CURSOR), error)));
        }
        Cursors.advance(tx, CURSOR, events.getLast().seq());
        return events.size() == RECORDS_AT_ONCE;
    }

    private static List<TrailEvent> next(Tx tx) {
        return TrailEvents.after(tx, Cursors.position(tx, CURSOR), RECORDS_AT_ONCE);
    }

    /** The trails that are not behind. */
    private static List<Trail> going(Tx tx) {
        return Trails.delivering(tx).stream()
                .filter(trail -> TrailBacklog.of(tx, trail).isEmpty())
                .toList();
    }

    /** The trails that are behind and may go on, or are refused for another reason now. */
    private List<Trail> waiting(Tx tx) {
        return Trails.delivering(tx).stream()
                .filter(trail -> TrailBacklog.of(tx, trail)
                        .filter(waiting -> !waiting.error().equals(refusal(tx, trail)))
                        .isPresent())
                .toList();
    }

    private String refusal(Tx tx, Trail trail) {
        Trail.LogsTarget target = trail.logs();
        return target == null ? "" : door.refusal(tx, trail, target).orElse("");
    }

    /** Delivers what waited, up to where the others are. */
    private void catchUp(Trail trail) {
        boolean more = true;
        while (more) {
            more = store.write(tx -> catchUp(tx, trail));
        }
    }

    private boolean catchUp(Tx tx, Trail trail) {
        TrailBacklog.Waiting waiting = TrailBacklog.of(tx, trail).orElseThrow();
        long end = Cursors.position(tx, CURSOR);
        List<TrailEvent> events = TrailEvents.after(tx, waiting.position(), RECORDS_AT_ONCE).stream()
                .filter(event -> event.seq() <= end)
                .toList();
        if (events.isEmpty()) {
            TrailBacklog.end(tx, trail);
            return false;
        }
        var refused = new TrailBatch(tx, trail, door, clock.now()).deliver(events);
        long position =
                refused.isPresent() ? waiting.position() : events.getLast().seq();
        TrailBacklog.keep(tx, trail, new TrailBacklog.Waiting(position, refused.orElse(waiting.error())));
        return refused.isEmpty();
    }
}
