package belfry.base;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One pump on its thread: sleeps until woken or due, steps until nothing is left, tries again after a failure. */
final class PumpRunner {
    private static final Logger LOG = LoggerFactory.getLogger(PumpRunner.class);
    private static final Duration PAUSE_AFTER_FAILURE_MAX = Duration.ofSeconds(5);
    private static final Duration PAUSE_AFTER_FAILURE_MIN = Duration.ofMillis(50);

    private final Pump pump;
    private final Clock clock;
    private final IntConsumer busy;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private OptionalLong retryAtNanos = OptionalLong.empty();
    private boolean awake;
    private boolean stopped;
    private volatile @Nullable Instant due;
    private volatile @Nullable String failure;

    PumpRunner(Pump pump, Clock clock, IntConsumer busy) {
        this.pump = pump;
        this.clock = clock;
        this.busy = busy;
        this.thread =
                Thread.ofPlatform().name("pump-" + pump.name()).daemon(true).unstarted(this::run);
    }

    Pump pump() {
        return pump;
    }

    Optional<Instant> due() {
        return Optional.ofNullable(due);
    }

    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    void start() {
        wake();
        thread.start();
    }

    void wake() {
        lock.lock();
        try {
            if (!awake && !stopped) {
                awake = true;
                busy.accept(1);
            }
            woken.signal();
        } finally {
            lock.unlock();
        }
    }

    void stop() {
        lock.lock();
        try {
            stopped = true;
            woken.signal();
        } finally {
            lock.unlock();
        }
    }

    void join(Duration atMost) {
        try {
            thread.join(atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Duration pause = PAUSE_AFTER_FAILURE_MIN;
        while (awaitWork()) {
            if (stepUntilDone()) {
                retryAtNanos = OptionalLong.empty();
                pause = PAUSE_AFTER_FAILURE_MIN;
            } else {
                retryAtNanos = OptionalLong.of(System.nanoTime() + pause.toNanos());
                pause = longer(pause);
            }
            busy.accept(-1);
        }
    }

    private static Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(PAUSE_AFTER_FAILURE_MAX) > 0 ? PAUSE_AFTER_FAILURE_MAX : doubled;
    }

    /** Clears {@code awake} before stepping, so that a bell rung during the step wakes the pump once more. */
    private boolean awaitWork() {
        lock.lock();
        try {
            while (!awake && !stopped) {
                long nanos = nanosToSleep();
                if (nanos > 0) {
                    nanos = woken.awaitNanos(nanos);
                }
                if (nanos <= 0 && !awake) {
                    awake = true;
                    busy.accept(1);
                }
            }
            if (stopped && awake) {
                busy.accept(-1);
            }
            awake = false;
            return !stopped;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Until the retry after a failure or the due time, whichever is first; a stopped clock reaches no due time. */
    private long nanosToSleep() {
        long nanos = Long.MAX_VALUE;
        if (retryAtNanos.isPresent()) {
            nanos = retryAtNanos.getAsLong() - System.nanoTime();
        }
        Instant next = due;
        if (next != null && clock.running()) {
            nanos = Math.min(nanos, clock.until(next).toNanos());
        }
        return nanos;
    }

    /** Whether all went well. */
    private boolean stepUntilDone() {
        try {
            while (!isStopped() && pump.step()) {
                // The pump says that there may be more.
            }
            due = pump.nextDue().orElse(null);
            failure = null;
            return true;
        } catch (RuntimeException e) {
            if (!isStopped()) {
                LOG.warn("pump {} failed, it is tried again", pump.name(), e);
            }
            failure = String.valueOf(e.getMessage());
            return false;
        }
    }

    private boolean isStopped() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }
}
