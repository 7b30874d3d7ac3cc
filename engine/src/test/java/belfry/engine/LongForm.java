package belfry.engine;

import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Runs a body on many random sources that follow from one seed: a few each time, and enough for more than 100,000 cases of a
 * property in the long form ({@code -Dbelfry.long=true}). {@code -Dbelfry.minutes=60} runs each property that long instead.
 */
public final class LongForm {
    private static final int REPEATS = Boolean.getBoolean("belfry.long") ? 500 : 10;

    private static final Duration TIME = Duration.ofMinutes(Integer.getInteger("belfry.minutes", 0));
    /** The properties that have had their time; a body's class is its property. */
    private static final Set<Class<?>> TIMED = ConcurrentHashMap.newKeySet();

    private LongForm() {}

    /** Calls the body; a failure names the seed that leads there at once with {@code new SplittableRandom(seed)}. */
    public static void run(long seed, Consumer<SplittableRandom> body) {
        SplittableRandom seeds = new SplittableRandom(seed);
        if (TIME.isZero()) {
            for (int i = 0; i < REPEATS; i++) {
                once(seeds.nextLong(), body);
            }
        } else if (TIMED.add(body.getClass())) {
            for (long end = System.nanoTime() + TIME.toNanos(); System.nanoTime() < end; ) {
                once(seeds.nextLong(), body);
            }
        }
    }

    private static void once(long seed, Consumer<SplittableRandom> body) {
        try {
            body.accept(new SplittableRandom(seed));
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("with seed " + seed + ": " + e.getMessage(), e);
        }
    }
}
