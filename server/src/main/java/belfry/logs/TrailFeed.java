package belfry.logs;

import belfry.base.Bell;
import belfry.base.Clock;
import belfry.base.Pump;
import belfry.store.Cursors;
import belfry.store.Store;
import belfry.store.Tx;
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
 */
public final class TrailFeed implements Pump {
    private static final String CURSOR = "logs.trail";
    private static final int RECORDS_AT_ONCE = 200;

    private final Store store;
    private final Clock clock;

    /** Feeds {@code store}'s log groups; {@code clock} gives the time of ingestion. */
    public TrailFeed(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
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
        boolean work = store.read(tx -> {
            List<TrailEvent> events = next(tx);
            List<Trail> trails = Trails.delivering(tx);
            return events.size() == RECORDS_AT_ONCE
                    || events.stream()
                            .anyMatch(event -> trails.stream().anyMatch(trail -> TrailBatch.concerns(trail, event)));
        });
        return work && store.write(this::feed);
    }

    private boolean feed(Tx tx) {
        List<TrailEvent> events = next(tx);
        for (Trail trail : Trails.delivering(tx)) {
            new TrailBatch(tx, trail, clock.now()).deliver(events);
        }
        Cursors.advance(tx, CURSOR, events.getLast().seq());
        return events.size() == RECORDS_AT_ONCE;
    }

    private static List<TrailEvent> next(Tx tx) {
        return TrailEvents.after(tx, Cursors.position(tx, CURSOR), RECORDS_AT_ONCE);
    }
}
