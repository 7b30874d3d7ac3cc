package belfry.engine.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateRuleTest {
    private static final int WEEK = 7 * 24 * 60;

    /** A past that grows minute by minute. */
    private static final class Past {
        private long minutes;
        private double sum;
        private double squares;

        void add(long count) {
            minutes++;
            sum += count;
            squares += (double) count * count;
        }

        Baseline baseline() {
            return new Baseline(minutes, sum, squares);
        }
    }

    private static long poisson(Random random, double mean) {
        double limit = Math.exp(-mean);
        long count = 0;
        for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
            count++;
        }
        return count;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.05, 0.5, 3, 20, 100})
    void aWeekOfSteadyTrafficIsUsual(double mean) {
        Random random = new Random(20_260_302);
        Past past = new Past();
        for (int minute = 0; minute < WEEK; minute++) {
            long count = poisson(random, mean);
            if (past.minutes > 0) {
                assertThat(RateRule.unusual(past.baseline(), count))
                        .as("%d calls in minute %d at %s a minute", count, minute, mean)
                        .isFalse();
            }
            past.add(count);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 3, 20, 100})
    void tenTimesTheTrafficIsFoundWithinFiveMinutes(double mean) {
        Random random = new Random(7);
        Past past = new Past();
        for (int minute = 0; minute < 24 * 60; minute++) {
            past.add(poisson(random, mean));
        }
        boolean found = false;
        for (int minute = 0; minute < 5; minute++) {
            found |= RateRule.unusual(past.baseline(), poisson(random, mean * 10));
        }
        assertThat(found).isTrue();
    }

    @Test
    void burstsThatAlwaysCameAreUsual() {
        Past past = new Past();
        for (int minute = 0; minute < WEEK; minute++) {
            past.add(minute % 60 == 0 ? 50 : 0);
        }
        assertThat(RateRule.unusual(past.baseline(), 50)).isFalse();
    }

    @Test
    void nothingIsUnusualBeforeAnHourAndBelowTheExcess() {
        assertThat(RateRule.unusual(new Baseline(59, 0, 0), 1_000)).isFalse();
        assertThat(RateRule.unusual(new Baseline(60, 0, 0), 1_000)).isTrue();
        assertThat(RateRule.unusual(new Baseline(WEEK, 0, 0), 7)).isFalse();
        assertThat(RateRule.unusual(new Baseline(WEEK, 0, 0), 8)).isTrue();
    }

    /** The sum over all counts that are smaller, with each chance from its definition by the gamma function's recurrence. */
    @Test
    void chancesAreThoseOfTheDefinition() {
        Random random = new Random(3);
        for (int i = 0; i < 200; i++) {
            double mean = 0.05 + random.nextDouble() * 30;
            NegativeBinomial counts = new NegativeBinomial(0.1 + random.nextDouble() * 50, mean);
            int count = random.nextInt(40);
            double below = 0;
            for (int k = 0; k < count; k++) {
                below += definition(counts, k);
            }
            assertThat(counts.atLeast(count)).isCloseTo(1 - below, within(1e-9));
        }
    }

    private static double definition(NegativeBinomial counts, int k) {
        double chance = Math.pow(counts.shape() / (counts.shape() + counts.mean()), counts.shape());
        for (int i = 0; i < k; i++) {
            chance *= (counts.shape() + i) / (i + 1) * counts.mean() / (counts.shape() + counts.mean());
        }
        return chance;
    }
}
