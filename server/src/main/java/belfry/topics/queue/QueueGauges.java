package belfry.topics.queue;

import belfry.base.Bell;
import belfry.base.Clock;
import belfry.base.Pump;
import belfry.metrics.ServiceCounts;
import belfry.store.Cursors;
import belfry.store.Store;
import belfry.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells the metrics each minute how many messages an active queue has and how old the oldest is. Minutes in which the server
 * was down are not made up for. Where no queue is active it sleeps.
 */
final class QueueGauges implements Pump {
    private static final String CURSOR = "queues.gauges";
    private static final long MINUTE = Duration.ofMinutes(1).toSeconds();

    /** A message that was received so often and is still there is set aside by SQS's measure of age. */
    private static final int POISON = 3;

    private final Store store;
    private final Clock clock;

    private record Gauge(String queueArn, QueueAttributes.Counts counts, long age) {
        boolean empty() {
            return counts.visible() + counts.inFlight() + counts.delayed() == 0;
        }
    }

    QueueGauges(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "queues.gauges";
    }

    @Override
    public Set<Bell> listensTo() {
        return Set.of(QueueMetrics.WATCHED, Bell.RESET);
    }

    @Override
    public boolean step() {
        Instant now = clock.now();
        if (nextDue().filter(due -> !due.isAfter(now)).isEmpty()) {
            return false;
        }
        // Counting is reading: it must not keep the writer.
        List<Gauge> gauges = store.read(tx -> read(tx, now));
        store.change(tx -> {
            gauges.forEach(gauge -> write(tx, gauge, now));
            tx.update("DELETE FROM queue_gauge WHERE active_until <= ?", now);
            Cursors.advance(tx, CURSOR, now.getEpochSecond() / MINUTE);
        });
        return false;
    }

    /** The minute after the last one that was told. */
    @Override
    public Optional<Instant> nextDue() {
        return store.read(tx -> tx.first("SELECT 1 FROM queue_gauge LIMIT 1", row -> true)
                .map(any -> Instant.ofEpochSecond((Cursors.position(tx, CURSOR) + 1) * MINUTE)));
    }

    private static List<Gauge> read(Tx tx, Instant now) {
        List<Gauge> gauges = new ArrayList<>();
        for (String arn : tx.query("SELECT queue_arn FROM queue_gauge ORDER BY queue_arn", row -> row.text(1))) {
            gauges.add(new Gauge(arn, MessageRows.counts(tx, arn, now), age(tx, arn, now)));
        }
        return gauges;
    }

    private static long age(Tx tx, String queueArn, Instant now) {
        boolean fifo = queueArn.endsWith(".fifo");
        return tx.first(
                        "SELECT MIN(sent_at) FROM queue_message WHERE queue_arn = ? AND expires_at > ?"
                                + " AND (receive_count < ? OR dead_letter_from IS NOT NULL)",
                        row -> Optional.ofNullable(row.instantOrNull(1)),
                        queueArn,
                        now,
                        fifo ? Integer.MAX_VALUE : POISON)
                .flatMap(oldest -> oldest)
                .map(oldest -> Duration.between(oldest, now).toSeconds())
                .orElse(0L);
    }

    private static void write(Tx tx, Gauge gauge, Instant now) {
        if (Queue.find(tx, gauge.queueArn()).isEmpty()) {
            tx.update("DELETE FROM queue_gauge WHERE queue_arn = ?", gauge.queueArn());
            return;
        }
        ServiceCounts own = QueueMetrics.of(gauge.queueArn());
        QueueAttributes.Counts counts = gauge.counts();
        own.measure(tx, "ApproximateNumberOfMessagesVisible", "Count", (double) counts.visible(), now);
        own.measure(tx, "ApproximateNumberOfMessagesNotVisible", "Count", (double) counts.inFlight(), now);
        own.measure(tx, "ApproximateNumberOfMessagesDelayed", "Count", (double) counts.delayed(), now);
        own.measure(tx, "ApproximateAgeOfOldestMessage", "Seconds", (double) gauge.age(), now);
        if (!gauge.empty()) {
            QueueMetrics.watch(tx, gauge.queueArn(), now);
        }
    }
}
