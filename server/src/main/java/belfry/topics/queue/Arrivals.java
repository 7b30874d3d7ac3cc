package belfry.topics.queue;

import belfry.base.Bell;
import belfry.base.Clock;
import belfry.base.Pump;
import belfry.store.Store;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes those who wait for messages, and ends messages that have outlived their queue's retention. */
final class Arrivals implements Pump {
    private static final int BATCH = 500;

    private final Store store;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private long count;

    Arrivals(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "queues.arrivals";
    }

    @Override
    public Set<Bell> listensTo() {
        return Set.of(Messages.ARRIVED, Bell.RESET);
    }

    @Override
    public boolean step() {
        lock.lock();
        try {
            count++;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
        Instant now = clock.now();
        if (!due(now)) {
            return false;
        }
        return store.write(tx -> {
            int messages = tx.update(
                    "DELETE FROM queue_message WHERE seq IN"
                            + " (SELECT seq FROM queue_message WHERE expires_at <= ? LIMIT ?)",
                    now,
                    BATCH);
            tx.update("DELETE FROM queue_dedup WHERE expires_at <= ?", now);
            tx.update("DELETE FROM queue_attempt WHERE expires_at <= ?", now);
            return messages == BATCH;
        });
    }

    @Override
    public Optional<Instant> nextDue() {
        return store.read(
                tx -> tx.instant("SELECT MIN(expires_at) FROM (SELECT MIN(expires_at) AS expires_at FROM queue_message"
                        + " UNION ALL SELECT MIN(expires_at) FROM queue_dedup"
                        + " UNION ALL SELECT MIN(expires_at) FROM queue_attempt) AS each_of"));
    }

    /** How often something has arrived; to be read before looking, and handed to {@link #await}. */
    long count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something arrived since {@code seen}, or for {@code nanos}. Returns whether to go on waiting. */
    boolean await(long seen, long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (count == seen && left > 0) {
                left = arrived.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** For deadlines of waiting callers, who count in real seconds even where the clock stands. */
    static long nanosAfter(int seconds) {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    }
}
