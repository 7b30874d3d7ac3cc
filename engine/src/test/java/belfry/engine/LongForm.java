package belfry.engine;

import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a body on many random sources that follow from one seed: a few each time, and enough for more than 100,000 cases of a
 * property in the long form ({@code -Dbelfry.long=true}). {@code -Dbelfry.minutes=60} runs each property that long instead.
 * {@code -Dbelfry.seed=N} runs the one case of a failure that named seed N.
 */
public final class LongForm {
    private static final int REPEATS = Boolean.getBoolean("belfry.long") ? 500 : 10;

    private static final @Nullable Long SEED = Long.getLong("belfry.seed");

    private static final Duration TIME = Duration.ofMinutes(Integer.getInteger("belfry.minutes", 0));
    /** The properties that have had their time; a body's class is its property. */
    private static final Set<Class<?>> TIMED = ConcurrentHashMap.newKeySet();

    private LongForm() {}

    /** Calls the body; a failure, a crash of whatever kind included, names the seed that leads there at once. */
    public static void run(long seed, Consumer<SplittableRandom> body) {
        SplittableRandom seeds = new SplittableRandom(seed);
        if (SEED != null) {
            once(SEED, body);
        } else if (TIME.isZero()) {
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
        } catch (Throwable e) {
            // Errors, too: a stack that overflows is what a fuzzer looks for.
            throw new AssertionError("with -Dbelfry.seed=" + seed + ": " + e, e);
        }
    }
}
