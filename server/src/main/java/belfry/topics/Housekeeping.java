package belfry.topics;

import belfry.base.Bell;
import belfry.base.Clock;
import belfry.base.Pump;
import belfry.store.Store;
import belfry.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Ends what time ends: subscriptions that nobody confirmed within two days, their tokens, and after a month what the
 * outbox and the alert pages remember.
 */
final class Housekeeping implements Pump {
    static final Duration KEPT = Duration.ofDays(30);
    private static final int BATCH = 500;

    private final Store store;
    private final Clock clock;

    Housekeeping(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "topics.housekeeping";
    }

    @Override
    public Set<Bell> listensTo() {
        return Set.of(Confirmations.ASKED, Outbox.QUEUED, Bell.RESET);
    }

    @Override
    public boolean step() {
        Instant now = clock.now();
        if (dues().noneMatch(due -> !due.isAfter(now))) {
            return false;
        }
        return store.write(tx -> {
            List<String> expired = tx.query(
                    "SELECT arn FROM subscription WHERE expires_at <= ? LIMIT ?", row -> row.text(1), now, BATCH);
            expired.forEach(arn -> Subscription.get(tx, arn).delete(tx));
            tx.update("DELETE FROM subscription_token WHERE expires_at <= ?", now);
            tx.update("DELETE FROM subscription_restore WHERE expires_at <= ?", now);
            int forgotten = Outbox.forget(tx, now.minus(KEPT), BATCH);
            MailThread.forget(tx, now.minus(KEPT));
            MessageSeals.forget(tx, now.minus(KEPT));
            int pages = AlertPages.forget(tx, now.minus(KEPT), BATCH);
            return expired.size() == BATCH || forgotten == BATCH || pages == BATCH;
        });
    }

    @Override
    public Optional<Instant> nextDue() {
        return dues().min(Instant::compareTo);
    }

    private Stream<Instant> dues() {
        return store
                .read(tx -> Stream.of(
                                earliest(tx, "SELECT MIN(expires_at) FROM subscription WHERE expires_at IS NOT NULL"),
                                earliest(tx, "SELECT MIN(expires_at) FROM subscription_token"),
                                earliest(tx, "SELECT MIN(expires_at) FROM subscription_restore"),
                                // Closed rows go in batches, a day's worth at a time, rather than one by one.
                                earliest(tx, "SELECT MIN(done_at) FROM outbox WHERE done_at IS NOT NULL")
                                        .map(done -> done.plus(KEPT).plus(Duration.ofDays(1))),
                                earliest(tx, "SELECT MIN(created_at) FROM alert_page")
                                        .map(made -> made.plus(KEPT).plus(Duration.ofDays(1))))
                        .flatMap(Optional::stream)
                        .toList())
                .stream();
    }

    private static Optional<Instant> earliest(Tx tx, String sql) {
        return tx.instant(sql);
    }
}
