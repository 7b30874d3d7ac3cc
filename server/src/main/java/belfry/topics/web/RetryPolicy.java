package belfry.topics.web;

import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * When a delivery is tried again, in SNS's four phases: at once, a few times after the least wait, with growing waits,
 * and after the longest wait (semantics: sns.md §6).
 *
 * @param retries all of them; those of the growing phase are what the other three leave over
 * @param leastSeconds the least wait
 * @param longestSeconds the longest wait
 * @param atOnce retries without a wait
 * @param least retries after the least wait
 * @param longest retries after the longest wait, at the end
 */
public record RetryPolicy(
        int retries, int leastSeconds, int longestSeconds, int atOnce, int least, int longest, Backoff backoff) {
    /** How waits grow from the least to the longest. AWS draws the four curves and gives no formula. */
    public enum Backoff {
        LINEAR,
        ARITHMETIC,
        GEOMETRIC,
        EXPONENTIAL;

        /** @param share how far the growing phase has come, 0 to 1 */
        private double wait(double least, double longest, double share) {
            return switch (this) {
                case LINEAR -> least + (longest - least) * share;
                case ARITHMETIC -> least + (longest - least) * share * (1 + share) / 2;
                case GEOMETRIC -> least * Math.pow(longest / least, share);
                case EXPONENTIAL -> least + (longest - least) * (Math.pow(2, 10 * share) - 1) / 1_023;
            };
        }
    }

    /** What holds for http and https where nothing was set. */
    public static final RetryPolicy HTTP = new RetryPolicy(3, 20, 20, 0, 0, 0, Backoff.LINEAR);

    /** What SNS does for text messages: 50 tries in 6 hours. */
    public static final RetryPolicy SMS = new RetryPolicy(50, 10, 600, 0, 2, 38, Backoff.EXPONENTIAL);

    public RetryPolicy {
        if (retries < 0 || atOnce < 0 || least < 0 || longest < 0 || atOnce + least + longest > retries) {
            throw new IllegalArgumentException("the phases have more retries than there are");
        }
        if (leastSeconds < 1 || longestSeconds < leastSeconds) {
            throw new IllegalArgumentException("the waits are 1 second or more, the longest no less than the least");
        }
    }

    /**
     * The wait before the next try; empty where there is none.
     *
     * @param failures how many tries have failed, 1 or more
     */
    public Optional<Duration> after(long failures) {
        if (failures > retries) {
            return Optional.empty();
        }
        long retry = failures - atOnce;
        if (retry <= 0) {
            return Optional.of(Duration.ZERO);
        }
        if (retry <= least) {
            return Optional.of(Duration.ofSeconds(leastSeconds));
        }
        int growing = retries - atOnce - least - longest;
        long step = retry - least - 1;
        if (step >= growing) {
            return Optional.of(Duration.ofSeconds(longestSeconds));
        }
        double share = growing == 1 ? 0 : step / (double) (growing - 1);
        return Optional.of(Duration.ofMillis(Math.round(backoff.wait(leastSeconds, longestSeconds, share) * 1_000)));
    }

    /** All the waits together. */
    public Duration total() {
        Duration total = Duration.ZERO;
        for (int failures = 1; failures <= retries; failures++) {
            total = total.plus(after(failures).orElseThrow());
        }
        return total;
    }

    /** In SNS's words. */
    public ObjectNode json() {
        return Json.object()
                .put("minDelayTarget", leastSeconds)
                .put("maxDelayTarget", longestSeconds)
                .put("numRetries", retries)
                .put("numMaxDelayRetries", longest)
                .put("numNoDelayRetries", atOnce)
                .put("numMinDelayRetries", least)
                .put("backoffFunction", backoff.name().toLowerCase(Locale.ROOT));
    }

    /** Reads what {@link #json} wrote, or a checked policy; what is absent has SNS's default. */
    public static RetryPolicy read(JsonNode json) {
        int least = json.path("minDelayTarget").asInt(HTTP.leastSeconds());
        return new RetryPolicy(
                json.path("numRetries").asInt(HTTP.retries()),
                least,
                json.path("maxDelayTarget").asInt(Math.max(least, HTTP.longestSeconds())),
                json.path("numNoDelayRetries").asInt(0),
                json.path("numMinDelayRetries").asInt(0),
                json.path("numMaxDelayRetries").asInt(0),
                Backoff.valueOf(json.path("backoffFunction").asText("linear").toUpperCase(Locale.ROOT)));
    }
}
