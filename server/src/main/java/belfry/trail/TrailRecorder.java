package belfry.trail;

import belfry.base.Bell;
import belfry.base.Clock;
import belfry.base.Ids;
import belfry.gateway.Exchange;
import belfry.gateway.OnBehalf;
import belfry.gateway.Recorder;
import belfry.gateway.ServiceCall;
import belfry.gateway.ServiceEvent;
import belfry.gateway.Touched;
import belfry.store.Store;
import belfry.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes the audit records of each call in the call's own transaction, and decides there which trails log them: so
 * starting and stopping a trail takes effect exactly between two calls (docs/decisions/0401).
 */
public final class TrailRecorder implements Recorder, ServiceEvent.Recorder, ServiceCall.Recorder {
    /** Rung for each record. */
    public static final Bell RECORDED = new Bell("trail.recorded");

    private final Store store;
    private final Clock clock;
    private final Ids ids;
    private final RecordWriter writer = new RecordWriter();
    private final Map<String, Optional<OperationPlan>> plans = new ConcurrentHashMap<>();

    /** @param ids only for event ids, which are no secret */
    public TrailRecorder(Store store, Clock clock, Ids ids) {
        this.store = store;
        this.clock = clock;
        this.ids = ids;
    }

    @Override
    public void record(Tx tx, Exchange exchange) {
        OperationPlan plan = plan(exchange.service(), exchange.operation());
        if (plan == null) {
            return;
        }
        List<OnBehalf> inner = exchange.onBehalf();
        if (!plan.recorded() && inner.isEmpty()) {
            return;
        }
        Instant now = clock.now();
        String account = exchange.call().account();
        List<Trail> trails = Trails.forRecord(tx, account, exchange.call().requestId());
        for (OnBehalf call : inner) {
            OperationPlan innerPlan = plan(call.service(), call.operation());
            if (innerPlan != null) {
                String[] names = {ids.uuid(), ids.uuid()};
                keep(tx, writer.ofInner(exchange, call, innerPlan, names, now), trails);
            }
        }
        if (plan.recorded() && (plan.category() == Category.MANAGEMENT || !trails.isEmpty())) {
            keep(tx, writer.ofCall(exchange, plan, ids.uuid(), now), trails);
        }
    }

    @Override
    public void record(Tx tx, ServiceEvent event) {
        AuditRecord record = ServiceEventWriter.record(event, ids.uuid(), clock.now());
        keep(tx, record, Trails.forRecord(tx, record.account(), record.requestId()));
    }

    @Override
    public void record(Tx tx, ServiceCall call) {
        OperationPlan plan = plan(call.service(), call.operation());
        if (plan != null) {
            String[] names = {ids.uuid(), ids.uuid()};
            AuditRecord record = writer.ofService(call, plan, names, clock.now());
            keep(tx, record, Trails.forRecord(tx, record.account(), record.requestId()));
        }
    }

    /** Data events take a transaction only where some trail may want them. */
    @Override
    public boolean wants(String service, String operation) {
        OperationPlan plan = plan(service, operation);
        return plan != null
                && plan.recorded()
                && (plan.category() == Category.MANAGEMENT || store.read(Trails::anySelective));
    }

    private @Nullable OperationPlan plan(String service, String operation) {
        return plans.computeIfAbsent(service + ":" + operation, key -> OperationPlan.of(service, operation))
                .orElse(null);
    }

    private static void keep(Tx tx, AuditRecord record, List<Trail> trails) {
        StringBuilder selected = new StringBuilder();
        StringBuilder refused = new StringBuilder();
        for (Trail trail : trails) {
            switch (trail.decide(record)) {
                case Decision.Selected ignored -> append(selected, String.valueOf(trail.id()));
                case Decision.NotSelected not -> append(refused, trail.id() + ":" + not.reason());
            }
        }
        // Event history has management events only; an unwanted data event would never be seen again.
        if (record.category() == Category.MANAGEMENT || !selected.isEmpty()) {
            insert(tx, record, text(selected), text(refused));
            tx.ring(RECORDED);
        }
    }

    /** An insight goes to the trail that looked for it, and into event history. */
    static void keepInsight(Tx tx, AuditRecord record, long trailId) {
        boolean logging = tx.count("SELECT logging FROM trail WHERE id = ?", trailId) == 1;
        insert(tx, record, logging ? String.valueOf(trailId) : null, null);
        tx.ring(RECORDED);
    }

    private static void append(StringBuilder list, String item) {
        list.append(list.isEmpty() ? "" : " ").append(item);
    }

    private static @Nullable String text(StringBuilder list) {
        return list.isEmpty() ? null : list.toString();
    }

    private static void insert(Tx tx, AuditRecord record, @Nullable String selected, @Nullable String refused) {
        tx.update(
                "INSERT INTO trail_event (account, region, scope, event_id, at, name, source, read_only, username, access_key,"
                        + " category, request_id, selected, refused, record)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                record.account(),
                record.region(),
                EventHistory.scope(record),
                record.eventId(),
                record.at(),
                record.name(),
                record.source(),
                record.readOnly(),
                record.caller().username(),
                record.caller().accessKeyId(),
                record.category().text(),
                record.requestId(),
                selected,
                refused,
                record.json());
        if (!record.resources().isEmpty() && record.category() == Category.MANAGEMENT) {
            resources(tx, record);
        }
    }

    private static void resources(Tx tx, AuditRecord record) {
        long seq = TrailEvents.last(tx);
        for (Touched resource : record.resources()) {
            tx.update(
                    "INSERT INTO trail_event_resource (seq, scope, type, name, at) VALUES (?, ?, ?, ?, ?)"
                            + " ON CONFLICT DO NOTHING",
                    seq,
                    EventHistory.scope(record.account(), record.region()),
                    resource.type(),
                    resource.arn(),
                    record.at());
        }
    }
}
