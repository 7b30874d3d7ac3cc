package belfry.events;

import belfry.base.Bell;
import belfry.base.Clock;
import belfry.base.Ids;
import belfry.base.Json;
import belfry.base.Pump;
import belfry.store.Cursors;
import belfry.store.Store;
import belfry.store.Tx;
import belfry.trail.TrailEvent;
import belfry.trail.TrailEvents;
import belfry.trail.TrailRecorder;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes events of recorded calls, for the default bus of their region. Only calls that some trail logs become events, as
 * at AWS (docs/decisions/0771).
 */
final class TrailSource implements Pump {
    private static final String CURSOR = "events.trail";
    private static final int RECORDS_AT_ONCE = 200;

    private final Store store;
    private final Clock clock;
    private final Router router;
    private final Ids ids;
    private final Unheard.Notices notices = new Unheard.Notices();
    /** How far was read; ahead of the stored cursor where nothing matched, since that is not worth a commit. */
    private long read;

    TrailSource(Store store, Clock clock, Router router, Ids ids) {
        this.store = store;
        this.clock = clock;
        this.router = router;
        this.ids = ids;
    }

    private record Batch(List<Plan> plans, List<Unheard> unheard, long last, boolean full, long unwritten) {
        /** Whether it is worth a commit. */
        boolean counts() {
            return !plans.isEmpty() || !unheard.isEmpty() || unwritten >= RECORDS_AT_ONCE;
        }
    }

    @Override
    public String name() {
        return "events.trail";
    }

    @Override
    public Set<Bell> listensTo() {
        return Set.of(TrailRecorder.RECORDED, Bell.RESET);
    }

    @Override
    public boolean step() {
        Instant now = clock.now();
        Batch batch = store.read(tx -> batch(tx, now));
        if (batch.counts()) {
            store.change(tx -> {
                Router.open(tx, batch.plans(), now);
                notices.keep(tx, batch.unheard());
                Cursors.advance(tx, CURSOR, batch.last());
            });
        }
        notices.tell(batch.unheard());
        read = batch.last();
        return batch.full();
    }

    private Batch batch(Tx tx, Instant now) {
        long stored = Cursors.position(tx, CURSOR);
        // After a reset the numbers begin anew.
        boolean anew = read > TrailEvents.last(tx);
        if (anew) {
            notices.forget();
        }
        long from = anew ? stored : Math.max(read, stored);
        List<TrailEvent> events = TrailEvents.after(tx, from, RECORDS_AT_ONCE);
        List<Plan> plans = new ArrayList<>();
        List<Unheard> unheard = new ArrayList<>();
        for (TrailEvent event : events) {
            plans.addAll(plans(tx, event, now, unheard));
        }
        long last = events.isEmpty() ? from : events.getLast().seq();
        return new Batch(plans, unheard, last, events.size() == RECORDS_AT_ONCE, last - stored);
    }

    private List<Plan> plans(Tx tx, TrailEvent event, Instant now, List<Unheard> unheard) {
        if (event.selectedBy().isEmpty()) {
            return List.of();
        }
        Optional<Bus> bus = Bus.find(tx, event.account(), event.region(), Bus.DEFAULT);
        if (bus.isEmpty() || bus.get().revision().isEmpty()) {
            return List.of();
        }
        BusEvent made = event(event);
        return router.plan(tx, bus.get(), made, false, now, deaf -> {
            Unheard silence =
                    new Unheard(deaf.arn(), made.detail().path("eventName").asText(), made.id(), now);
            if (notices.isNew(silence)) {
                unheard.add(silence);
            }
        });
    }

    private BusEvent event(TrailEvent event) {
        JsonNode detail = Json.parse(event.json());
        // The record of an insight has its source further within: CloudTrail itself says it.
        String source = detail.path("eventSource").asText("cloudtrail.amazonaws.com");
        int dot = source.indexOf('.');
        return new BusEvent(
                ids.uuid(),
                detailType(detail.path("eventType").asText()),
                "aws." + (dot < 0 ? source : source.substring(0, dot)),
                event.account(),
                event.at(),
                event.region(),
                List.of(),
                detail,
                true);
    }

    /** Semantics: eventbridge-iam.md §2. */
    private static String detailType(String eventType) {
        return switch (eventType) {
            case "AwsConsoleSignIn" -> "AWS Console Sign In via CloudTrail";
            case "AwsConsoleAction" -> "AWS Console Action via CloudTrail";
            case "AwsServiceEvent" -> "AWS Service Event via CloudTrail";
            case "AwsCloudTrailInsight" -> "AWS Insight via CloudTrail";
            case "AwsVpceEvents" -> "AWS Network Activity Event via CloudTrail";
            default -> "AWS API Call via CloudTrail";
        };
    }
}
