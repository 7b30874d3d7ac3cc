package belfry.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/** Closed-loop load: each connection sends its next request when the last is answered. */
final class Load {
    /** Connections that stalled or broke since the start of the process. */
    static final AtomicLong STALLS = new AtomicLong();

    private Load() {}

    /** Requests per second of several rounds; the rounds' spread says how noisy it was. */
    record Rate(double[] rounds) {
        double median() {
            double[] sorted = rounds.clone();
            Arrays.sort(sorted);
            return sorted[sorted.length / 2];
        }

        /** Half the spread between the slowest and the fastest round, as a share of the median. */
        double noise() {
            double[] sorted = rounds.clone();
            Arrays.sort(sorted);
            return (sorted[sorted.length - 1] - sorted[0]) / 2 / median();
        }
    }

    /**
     * Runs warm-up and rounds.
     *
     * @param request the n-th request's bytes
     */
    static Rate run(int port, int connections, int rounds, Duration each, LongFunction<byte[]> request) {
        AtomicLong sent = new AtomicLong();
        round(port, connections, each, request, sent);
        double[] rates = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            rates[i] = round(port, connections, each, request, sent);
        }
        return new Rate(rates);
    }

    private static double round(
            int port, int connections, Duration each, LongFunction<byte[]> request, AtomicLong sent) {
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            long began = System.nanoTime();
            long until = began + each.toNanos();
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                counts.add(threads.submit(() -> connection(port, until, request, sent)));
            }
            long total = 0;
            for (Future<Long> count : counts) {
                total += count.get();
            }
            return total * 1e9 / (System.nanoTime() - began);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A connection that stalls or breaks is opened anew; what it lost shows in the rate. */
    private static long connection(int port, long until, LongFunction<byte[]> request, AtomicLong sent) {
        long done = 0;
        while (System.nanoTime() < until) {
            try (Wire wire = new Wire(port)) {
                while (System.nanoTime() < until && !wire.closing()) {
                    wire.send(request.apply(sent.getAndIncrement())).orFail();
                    done++;
                }
            } catch (IOException e) {
                STALLS.incrementAndGet();
            }
        }
        return done;
    }
}
