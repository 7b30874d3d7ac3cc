package belfry.base;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Runs the pumps: rings bells, keeps due times, and can move a development clock so that all that falls due happens in
 * order.
 *
 * <p>Concurrency: {@code busy} counts pumps that have been woken and have not yet come to rest. A pump rings the bells of
 * its effects before it rests itself, so {@code busy == 0} means that the whole chain is at rest.
 */
public final class Pumps implements AutoCloseable {
    private final Clock clock;
    private final List<PumpRunner> runners = new CopyOnWriteArrayList<>();
    private final Object rest = new Object();
    private int busy;

    public Pumps(Clock clock) {
        this.clock = clock;
    }

    /** Starts a pump; it takes its first step at once, to catch up with what a crash left behind. */
    public void start(Pump pump) {
        PumpRunner runner = new PumpRunner(pump, clock, this::changeBusy);
        runners.add(runner);
        runner.start();
    }

    /** Wakes every pump that listens to {@code bell}. */
    public void ring(Bell bell) {
        for (PumpRunner runner : runners) {
            if (runner.pump().listensTo().contains(bell)) {
                runner.wake();
            }
        }
    }

    /** Waits until the whole chain is at rest: nothing woken, nothing running. */
    public void settle() {
        synchronized (rest) {
            while (busy > 0) {
                try {
                    rest.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    /**
     * Moves the clock forward to {@code target}, stopping at each due time on the way and letting the chain come to rest
     * there, so that what falls due happens in order. Returns when all of it is done.
     */
    public void advanceTo(Instant target, boolean running) {
        settle();
        for (Optional<Instant> due = earliestDue();
                due.isPresent() && !due.get().isAfter(target);
                due = earliestDue()) {
            if (due.get().isAfter(clock.now())) {
                clock.set(due.get(), false);
            }
            wakeDue();
            settle();
        }
        clock.set(target, running);
        runners.forEach(PumpRunner::wake);
        settle();
    }

    /** The pumps whose last step failed, with what they said. */
    public Map<String, String> failures() {
        Map<String, String> failures = new TreeMap<>();
        for (PumpRunner runner : runners) {
            runner.failure().ifPresent(text -> failures.put(runner.pump().name(), text));
        }
        return failures;
    }

    @Override
    public void close() {
        List<PumpRunner> stopping = new ArrayList<>(runners);
        stopping.forEach(PumpRunner::stop);
        stopping.forEach(runner -> runner.join(Duration.ofSeconds(10)));
    }

    private Optional<Instant> earliestDue() {
        return runners.stream().map(PumpRunner::due).flatMap(Optional::stream).min(Instant::compareTo);
    }

    private void wakeDue() {
        Instant now = clock.now();
        for (PumpRunner runner : runners) {
            if (runner.due().filter(due -> !due.isAfter(now)).isPresent()) {
                runner.wake();
            }
        }
    }

    private void changeBusy(int by) {
        synchronized (rest) {
            busy += by;
            if (busy == 0) {
                rest.notifyAll();
            }
        }
    }
}
