package belfry.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PumpsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Bell FIRST = new Bell("first");
    private static final Bell SECOND = new Bell("second");

    private final Clock clock = Clock.stoppedAt(START);
    private final Pumps pumps = new Pumps(clock);
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        pumps.close();
    }

    private final class Step implements Pump {
        private final String name;
        private final Set<Bell> bells;
        private final Runnable work;
        private final Deque<Instant> dues;

        Step(String name, Set<Bell> bells, Runnable work, Instant... dues) {
            this.name = name;
            this.bells = bells;
            this.work = work;
            this.dues = new ArrayDeque<>(List.of(dues));
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Set<Bell> listensTo() {
            return bells;
        }

        @Override
        public boolean step() {
            Instant due = dues.peek();
            if (due != null && !due.isAfter(clock.now())) {
                dues.poll();
                log.add(name + "@" + Duration.between(START, clock.now()).toSeconds());
            }
            work.run();
            return false;
        }

        @Override
        public Optional<Instant> nextDue() {
            return Optional.ofNullable(dues.peek());
        }
    }

    @Test
    void settlingWaitsForTheWholeChain() {
        AtomicInteger reached = new AtomicInteger();
        pumps.start(new Step("a", Set.of(FIRST), () -> pumps.ring(SECOND)));
        pumps.start(new Step("b", Set.of(SECOND), reached::incrementAndGet));
        pumps.settle();
        int before = reached.get();
        pumps.ring(FIRST);
        pumps.settle();
        assertThat(reached.get()).isGreaterThan(before);
    }

    @Test
    void advancingRunsWhatFallsDueInOrder() {
        pumps.start(new Step("a", Set.of(), () -> {}, START.plusSeconds(10), START.plusSeconds(30)));
        pumps.start(new Step("b", Set.of(), () -> {}, START.plusSeconds(20), START.plusSeconds(99)));
        pumps.advanceTo(START.plusSeconds(60), false);
        assertThat(log).containsExactly("a@10", "b@20", "a@30");
        assertThat(clock.now()).isEqualTo(START.plusSeconds(60));
    }

    @Test
    void aPumpThatFailsIsTriedAgainAndNamedMeanwhile() throws InterruptedException {
        AtomicInteger failuresLeft = new AtomicInteger(2);
        AtomicInteger done = new AtomicInteger();
        pumps.start(new Step("weak", Set.of(), () -> {
            if (failuresLeft.getAndDecrement() > 0) {
                throw new IllegalStateException("not yet");
            }
            done.incrementAndGet();
        }));
        pumps.settle();
        assertThat(pumps.failures()).containsEntry("weak", "not yet");
        awaitDone(done);
        assertThat(done.get()).isEqualTo(1);
    }

    private static void awaitDone(AtomicInteger done) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (done.get() == 0 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
    }
}
