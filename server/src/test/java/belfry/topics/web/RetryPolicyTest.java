package belfry.topics.web;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.base.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    private static List<Long> seconds(RetryPolicy policy) {
        List<Long> waits = new ArrayList<>();
        for (int failures = 1; policy.after(failures).isPresent(); failures++) {
            waits.add(policy.after(failures).get().toSeconds());
        }
        return waits;
    }

    @Test
    void thePublishedDefaultsHold() {
        assertThat(seconds(RetryPolicy.HTTP)).containsExactly(20L, 20L, 20L);
        assertThat(seconds(RetryPolicy.SMS))
                .hasSize(50)
                .startsWith(10L, 10L, 10L)
                .endsWith(600L, 600L);
        // 23,860 s of waits: the published "over 6 hours".
        assertThat(RetryPolicy.SMS.total()).isGreaterThan(Duration.ofHours(6)).isLessThan(Duration.ofHours(8));
    }

    @Property
    void phasesFollowEachOtherAndWaitsStayWithinTheirBounds(
            @ForAll @IntRange(max = 20) int atOnce,
            @ForAll @IntRange(max = 20) int least,
            @ForAll @IntRange(max = 20) int growing,
            @ForAll @IntRange(max = 20) int longest,
            @ForAll @IntRange(min = 1, max = 60) int from,
            @ForAll @IntRange(max = 600) int more,
            @ForAll RetryPolicy.Backoff backoff) {
        int all = atOnce + least + growing + longest;
        RetryPolicy policy = new RetryPolicy(all, from, from + more, atOnce, least, longest, backoff);
        Duration before = Duration.ZERO;
        for (int failures = 1; failures <= all; failures++) {
            Duration wait = policy.after(failures).orElseThrow();
            assertThat(wait).isGreaterThanOrEqualTo(before);
            if (failures <= atOnce) {
                assertThat(wait).isZero();
            } else {
                assertThat(wait).isBetween(Duration.ofSeconds(from), Duration.ofSeconds(from + more));
            }
            before = wait;
        }
        assertThat(policy.after(all + 1)).isEqualTo(Optional.empty());
        assertThat(RetryPolicy.read(Json.parse(Json.write(policy.json())))).isEqualTo(policy);
    }
}
