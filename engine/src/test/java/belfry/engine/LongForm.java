package belfry.engine;

import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Runs a body on many random sources that follow from one seed: a few each time, and enough for more than 100,000 cases of a
 * property in the long form ({@code -Dbelfry.long=true}).
 */
public final class LongForm {
    private static final int REPEATS = Boolean.getBoolean("belfry.long") ? 500 : 10;

    private LongForm() {}

    /** Calls the body; a failure names the seed that leads there at once with {@code new SplittableRandom(seed)}. */
    public static void run(long seed, Consumer<SplittableRandom> body) {
        SplittableRandom seeds = new SplittableRandom(seed);
        for (int i = 0; i < REPEATS; i++) {
            long inner = seeds.nextLong();
            try {
                body.accept(new SplittableRandom(inner));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("with seed " + inner + ": " + e.getMessage(), e);
            }
        }
    }
}
