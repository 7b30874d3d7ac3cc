package belfry.store;

import belfry.base.Bell;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one writer. A thread takes all the work that waits, runs each piece in a savepoint inside one transaction, commits
 * once, and only then lets the callers go on. The commit waits for the disk if any of them asks for it.
 */
final class GroupCommit implements AutoCloseable {
    private static final int GROUP_MAX = 512;

    private final SqliteTx tx;
    private final Consumer<Bell> ring;
    private final Runnable flushFailed;
    private final LinkedBlockingQueue<Job<?>> waiting = new LinkedBlockingQueue<>();
    private final AtomicLong flushes = new AtomicLong();
    private final Thread thread =
            Thread.ofPlatform().name("store-writer").daemon(true).unstarted(this::loop);
    private Flush mode = Flush.NOW;
    /** Whether something is committed that may not be on disk yet. */
    private volatile boolean pending;

    private volatile boolean closed;
    /** Why the last commit failed; null where it succeeded. */
    private volatile @Nullable StoreException failure;

    /** @param flushFailed called, on the writer's thread, when this writer has stopped because a flush to disk failed */
    GroupCommit(SqliteTx tx, Consumer<Bell> ring, Runnable flushFailed) {
        this.tx = tx;
        this.ring = ring;
        this.flushFailed = flushFailed;
        thread.start();
    }

    <R> R run(Store.Work<R> work, Flush flush) {
        if (Thread.currentThread().equals(thread)) {
            throw new IllegalStateException("a transaction inside a transaction: use the Tx at hand");
        }
        Job<R> job = new Job<>(work, flush);
        waiting.add(job);
        if (closed) {
            failWaiting();
        }
        return job.await();
    }

    void barrier() {
        if (pending) {
            var unused = run(nothing -> true, Flush.NOW);
        }
    }

    Optional<String> failure() {
        return Optional.ofNullable(failure).map(Throwable::getMessage);
    }

    long flushes() {
        return flushes.get();
    }

    @Override
    public void close() {
        closed = true;
        waiting.add(new Job<>(nothing -> true, Flush.NOW));
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        failWaiting();
    }

    private void loop() {
        List<Job<?>> group = new ArrayList<>();
        while (!closed) {
            try {
                group.add(waiting.take());
                waiting.drainTo(group, GROUP_MAX - 1);
                commit(group);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                closed = true;
            } finally {
                group.clear();
            }
        }
    }

    private void commit(List<Job<?>> group) {
        Set<Bell> bells;
        Flush flush = group.stream().anyMatch(job -> job.flush == Flush.NOW) ? Flush.NOW : Flush.LATER;
        try {
            tx.recover();
            become(flush);
            tx.execute("BEGIN IMMEDIATE");
            for (Job<?> job : group) {
                job.run(tx);
            }
            finish(flush);
            bells = tx.takeBells();
        } catch (RuntimeException e) {
            tx.rollBack();
            remember(e);
            group.forEach(job -> job.fail(e));
            return;
        }
        failure = null;
        // Before the callers go on: who writes and then waits for the pumps to rest must find them woken.
        bells.forEach(ring);
        group.forEach(Job::complete);
    }

    /** SQLite takes this setting between transactions only. */
    private void become(Flush flush) {
        if (mode != flush) {
            tx.pragma("synchronous = " + (flush == Flush.NOW ? "FULL" : "NORMAL"));
            mode = flush;
        }
    }

    private void finish(Flush flush) {
        if (flush == Flush.NOW && pending) {
            // A commit that changes nothing flushes nothing; this one has to take the earlier ones along.
            tx.update("INSERT INTO store_barrier (id, passed) VALUES (1, 1)"
                    + " ON CONFLICT (id) DO UPDATE SET passed = passed + 1");
        }
        tx.execute("COMMIT");
        pending = flush == Flush.LATER;
        if (flush == Flush.NOW) {
            flushes.incrementAndGet();
        }
    }

    private void remember(RuntimeException e) {
        failure = e instanceof StoreException broken ? broken : new StoreException(e.toString(), e);
        if (failure.flushFailed()) {
            closed = true;
            failWaiting();
            flushFailed.run();
        }
    }

    private void failWaiting() {
        List<Job<?>> left = new ArrayList<>();
        waiting.drainTo(left);
        StoreException cause = failure;
        left.forEach(job -> job.fail(new StoreException(
                "the store is closed", cause == null ? new IllegalStateException("closed") : cause)));
    }

    /** One caller's work and the answer it waits for. */
    private static final class Job<R> {
        private final Store.Work<R> work;
        private final Flush flush;
        private final CompletableFuture<R> answer = new CompletableFuture<>();
        private Runnable completion = () -> {};

        Job(Store.Work<R> work, Flush flush) {
            this.work = work;
            this.flush = flush;
        }

        void run(SqliteTx tx) {
            try {
                R result = tx.attempt(work);
                completion = () -> answer.complete(result);
            } catch (StoreException e) {
                if (!e.local()) {
                    // The database itself failed: no one of the group can be told that it is safe.
                    throw e;
                }
                completion = () -> answer.completeExceptionally(e);
            } catch (RuntimeException | Error e) {
                completion = () -> answer.completeExceptionally(e);
            }
        }

        void complete() {
            completion.run();
        }

        void fail(RuntimeException e) {
            answer.completeExceptionally(e);
        }

        R await() {
            try {
                return Objects.requireNonNull(answer.get());
            } catch (ExecutionException e) {
                Throwable thrown = e.getCause();
                if (thrown instanceof RuntimeException mistake) {
                    throw mistake;
                }
                if (thrown instanceof Error broken) {
                    throw broken;
                }
                throw new IllegalStateException(thrown);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StoreException("interrupted while waiting for the commit", e);
            }
        }
    }
}
