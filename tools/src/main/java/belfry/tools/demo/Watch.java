package belfry.tools.demo;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Asks again and again until there is an answer, and tells how long that took: what a client can see of a stage, so the
 * true time is a little less.
 *
 * @param found the answer
 * @param after how long after the start it was there
 */
record Watch<T>(T found, Duration after) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long PAUSE_NANOS = 300_000;

    static <T> CompletableFuture<Watch<T>> start(
            Executor threads, String what, long fromNanos, Supplier<Optional<T>> ask) {
        return CompletableFuture.supplyAsync(() -> until(what, fromNanos, ask), threads);
    }

    private static <T> Watch<T> until(String what, long fromNanos, Supplier<Optional<T>> ask) {
        while (true) {
            Optional<T> answer = ask.get();
            Duration after = Duration.ofNanos(System.nanoTime() - fromNanos);
            if (answer.isPresent()) {
                return new Watch<>(answer.get(), after);
            }
            if (after.compareTo(PATIENCE) > 0) {
                throw new IllegalStateException("waited in vain: " + what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
