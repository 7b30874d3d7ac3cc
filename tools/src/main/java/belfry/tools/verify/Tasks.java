package belfry.tools.verify;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Runs reads side by side, so many at a time; the first that fails ends it all. */
final class Tasks implements AutoCloseable {
    /** One read. */
    interface Work {
        void run() throws IOException;
    }

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final Semaphore room;
    private final int atOnce;

    Tasks(int atOnce) {
        this.atOnce = atOnce;
        this.room = new Semaphore(atOnce);
    }

    /** Waits for room, then runs {@code work}; throws what an earlier one failed with. */
    void start(Work work) throws IOException {
        throwFailure();
        room.acquireUninterruptibly();
        threads.execute(() -> {
            try {
                work.run();
            } catch (IOException | RuntimeException e) {
                failure.compareAndSet(null, e);
            } finally {
                room.release();
            }
        });
    }

    /** Waits until all have run. */
    void finish() throws IOException {
        room.acquireUninterruptibly(atOnce);
        room.release(atOnce);
        throwFailure();
    }

    private void throwFailure() throws IOException {
        switch (failure.get()) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Exception e -> throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        threads.close();
    }
}
