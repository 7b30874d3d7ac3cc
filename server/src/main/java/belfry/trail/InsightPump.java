package belfry.trail;

import belfry.base.Bell;
import belfry.base.Clock;
import belfry.base.Ids;
import belfry.base.Pump;
import belfry.store.Cursors;
import belfry.store.Store;
import belfry.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for unusual rates of calls and errors (semantics: cloudtrail.md §7): counts what trails with Insights log, minute
 * by minute, and judges each minute when it is over. Counts and cursor are one transaction. Wakes by the clock only while
 * there is a minute to judge or an insight to end.
 */
public final class InsightPump implements Pump {
    /** How far records were counted. */
    private static final String CURSOR = "trail.insights";

    private static final int RECORDS_AT_ONCE = 200;

    private final Store store;
    private final Clock clock;
    private final InsightMinutes minutes;

    /**
     * Looks at {@code store}'s records.
     *
     * @param ids only for event ids
     * @param baseline how far back the usual rate is looked for; AWS: seven days
     */
    public InsightPump(Store store, Clock clock, Ids ids, Duration baseline) {
        this.store = store;
        this.clock = clock;
        this.minutes = new InsightMinutes(new InsightRecords(ids), baseline);
    }

    @Override
    public String name() {
        return "trail.insights";
    }

    @Override
    public Set<Bell> listensTo() {
        return Set.of(TrailRecorder.RECORDED, Bell.RESET);
    }

    @Override
    public Optional<Instant> nextDue() {
        return store.read(InsightMinutes::due);
    }

    @Override
    public boolean step() {
        Instant now = clock.now();
        return store.read(tx -> work(tx, now)) && store.write(tx -> step(tx, now));
    }

    private static boolean work(Tx tx, Instant now) {
        Set<Long> trails = InsightSelectors.watching(tx).keySet();
        if (trails.isEmpty()) {
            return false;
        }
        List<TrailEvent> events = next(tx);
        return events.size() == RECORDS_AT_ONCE
                || events.stream().anyMatch(event -> event.selectedBy().stream().anyMatch(trails::contains))
                || InsightMinutes.due(tx).filter(due -> !due.isAfter(now)).isPresent();
    }

    private boolean step(Tx tx, Instant now) {
        List<TrailEvent> events = next(tx);
        if (!events.isEmpty()) {
            count(tx, events, now);
            Cursors.advance(tx, CURSOR, events.getLast().seq());
        }
        if (events.size() == RECORDS_AT_ONCE) {
            return true;
        }
        minutes.close(tx, InsightMinutes.minute(now));
        return false;
    }

    private static void count(Tx tx, List<TrailEvent> events, Instant now) {
        Map<Long, Set<InsightKind>> watching = InsightSelectors.watching(tx);
        InsightCounts counts = new InsightCounts(InsightMinutes.closed(tx) + 1, InsightMinutes.minute(now));
        for (TrailEvent event : events) {
            if (event.category() == Category.MANAGEMENT
                    && event.selectedBy().stream().anyMatch(watching::containsKey)) {
                InsightFacts.of(event).ifPresent(call -> counts.add(event, call, watching));
            }
        }
        counts.write(tx);
    }

    private static List<TrailEvent> next(Tx tx) {
        return TrailEvents.after(tx, Cursors.position(tx, CURSOR), RECORDS_AT_ONCE);
    }

    /** Begins with the next record. */
    static void startHere(Tx tx) {
        Cursors.advance(tx, CURSOR, Math.max(TrailEvents.last(tx), Cursors.position(tx, CURSOR)));
    }
}
