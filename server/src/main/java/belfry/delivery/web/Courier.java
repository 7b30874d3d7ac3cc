package belfry.delivery.web;

import belfry.base.Bell;
import belfry.base.Clock;
import belfry.base.Pump;
import belfry.store.Store;
import belfry.topics.Errand;
import belfry.topics.Errands;
import belfry.topics.Locked;
import belfry.topics.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Carries errands: many at a time, few of them to the same target, so that a stuck one delays no other. A crash between
 * the endpoint's answer and our mark repeats the message with the same id.
 *
 * <p>Concurrency: the pump's thread starts errands, each on a thread of its own, and stays in its step while any is under
 * way, so that the chain counts as busy; a second small pump wakes it there when more is queued.
 */
public final class Courier implements Pump, AutoCloseable {
    private static final int PER_TARGET = 8;
    private static final int ALTOGETHER = 256;

    private final Store store;
    private final Clock clock;
    private final Errands errands;
    private final Map<String, Carrier> carriers;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("errand-", 0).factory());
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Long> underWay = new HashSet<>();
    private final Map<String, Integer> byTarget = new HashMap<>();
    private boolean poked;
    private boolean closed;
    private @Nullable RuntimeException failure;

    /** @param carriers by protocol */
    public Courier(Store store, Clock clock, Errands errands, Map<String, Carrier> carriers) {
        this.store = store;
        this.clock = clock;
        this.errands = errands;
        this.carriers = Map.copyOf(carriers);
    }

    @Override
    public String name() {
        return "delivery.web";
    }

    @Override
    public Set<Bell> listensTo() {
        return Set.of(Outbox.QUEUED);
    }

    /** The pump that wakes this one while it waits for endpoints. */
    public Pump poke() {
        return new Pump() {
            @Override
            public String name() {
                return "delivery.web.poke";
            }

            @Override
            public Set<Bell> listensTo() {
                return Set.of(Outbox.QUEUED);
            }

            @Override
            public boolean step() {
                signal(() -> poked = true);
                return false;
            }
        };
    }

    @Override
    public boolean step() {
        rethrow();
        signal(() -> poked = false);
        Instant now = clock.now();
        List<String> targets = store.read(tx -> errands.dueTargets(tx, now));
        targets.forEach(target -> start(target, now));
        return await(now);
    }

    private void start(String target, Instant now) {
        int free = free(target);
        if (free <= 0) {
            return;
        }
        // Those under way head the list, for they have waited longest.
        List<Errand> due = store.read(tx -> errands.due(tx, target, now, 2 * PER_TARGET));
        if (due.isEmpty()) {
            return;
        }
        // What makes a message is on disk before it leaves, as with mail.
        store.barrier();
        List<Errand> taken = new ArrayList<>();
        for (Errand errand : due) {
            if (taken.size() < free && take(errand)) {
                taken.add(errand);
            }
        }
        if (!taken.isEmpty()) {
            carryWhatIsStillDue(target, now, taken);
        }
    }

    /**
     * One that was under way when we looked may have been delivered before it was taken: only what is still due now that
     * it is ours is carried, else an endpoint would get it twice.
     */
    private void carryWhatIsStillDue(String target, Instant now, List<Errand> taken) {
        Map<Long, Errand> still = new HashMap<>();
        store.read(tx -> errands.due(tx, target, now, 2 * PER_TARGET))
                .forEach(errand -> still.put(errand.seq(), errand));
        for (Errand errand : taken) {
            Errand fresh = still.get(errand.seq());
            if (fresh == null) {
                give(errand);
            } else {
                threads.execute(() -> carry(fresh));
            }
        }
    }

    private int free(String target) {
        lock.lock();
        try {
            return Math.min(PER_TARGET - byTarget.getOrDefault(target, 0), ALTOGETHER - underWay.size());
        } finally {
            lock.unlock();
        }
    }

    private boolean take(Errand errand) {
        lock.lock();
        try {
            if (closed || !underWay.add(errand.seq())) {
                return false;
            }
            byTarget.merge(errand.target(), 1, Integer::sum);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void give(Errand errand) {
        signal(() -> {
            underWay.remove(errand.seq());
            poked = true;
            byTarget.computeIfPresent(errand.target(), (target, count) -> count == 1 ? null : count - 1);
        });
    }

    private void carry(Errand errand) {
        long from = System.nanoTime();
        try {
            Locked locked = errand.locked();
            if (locked != null) {
                store.change(tx -> errands.locked(tx, errand, locked, clock.now()));
                return;
            }
            Carrier.Outcome outcome = outcome(errand);
            Duration took = Duration.ofNanos(System.nanoTime() - from);
            if (!Thread.currentThread().isInterrupted()) {
                note(errand, outcome, took);
            }
        } catch (RuntimeException e) {
            signal(() -> failure = e);
        } finally {
            give(errand);
        }
    }

    private Carrier.Outcome outcome(Errand errand) {
        Carrier carrier = carriers.get(errand.protocol());
        return carrier == null
                ? new Carrier.Outcome.Refused("Unknown", "nobody carries " + errand.protocol())
                : carrier.carry(errand);
    }

    private void note(Errand errand, Carrier.Outcome outcome, Duration took) {
        Instant now = clock.now();
        store.change(tx -> {
            switch (outcome) {
                case Carrier.Outcome.Accepted accepted ->
                    errands.delivered(tx, errand, new Errands.Report(accepted.code(), accepted.answer(), took), now);
                case Carrier.Outcome.PutOff putOff ->
                    errands.putOff(
                            tx,
                            errand,
                            new Errands.Report(putOff.code(), putOff.reason(), took),
                            putOff.reason(),
                            putOff.notBefore(),
                            now);
                case Carrier.Outcome.Refused refused ->
                    errands.bury(
                            tx,
                            errand,
                            new Errands.Report(refused.code(), refused.reason(), took),
                            refused.reason(),
                            now);
            }
        });
    }

    /** Waits while errands are under way: for one to end, for more to come, or for another to fall due. */
    @SuppressWarnings("WaitNotInLoop") // A wakeup without a reason does no harm: the step looks again.
    private boolean await(Instant looked) {
        Optional<Instant> due = clock.running() ? store.read(tx -> errands.nextDue(tx, looked)) : Optional.empty();
        lock.lock();
        try {
            if (underWay.isEmpty() || closed) {
                return poked && !closed;
            }
            if (!poked) {
                long nanos = due.map(at -> Duration.between(clock.now(), at).toNanos())
                        .orElse(TimeUnit.MINUTES.toNanos(1));
                var unused = changed.awaitNanos(Math.max(nanos, 1));
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<Instant> nextDue() {
        return store.read(tx -> errands.nextDue(tx, Instant.EPOCH));
    }

    private void rethrow() {
        RuntimeException before;
        lock.lock();
        try {
            before = failure;
            failure = null;
        } finally {
            lock.unlock();
        }
        if (before != null) {
            throw new IllegalStateException("what became of an errand could not be written down", before);
        }
    }

    private void signal(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Breaks off what is under way; it is repeated at the next start. */
    @Override
    public void close() {
        signal(() -> closed = true);
        threads.shutdownNow();
    }
}
