package belfry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LongFormTest {
    /** A failure names the seed of its own case, not of the whole run: with it the case comes at once. */
    @Test
    void aCrashNamesTheSeedThatLeadsThere() {
        AtomicLong drawn = new AtomicLong();
        assertThatThrownBy(() -> LongForm.run(1, random -> {
                    drawn.set(random.nextLong());
                    throw new StackOverflowError("deep");
                }))
                .isInstanceOfSatisfying(AssertionError.class, e -> {
                    String seed = String.valueOf(e.getMessage()).replaceAll(".*-Dbelfry\\.seed=(-?\\d+).*", "$1");
                    assertThat(new SplittableRandom(Long.parseLong(seed)).nextLong())
                            .isEqualTo(drawn.get());
                })
                .hasRootCauseInstanceOf(StackOverflowError.class);
    }
}
