package belfry.topics.web;

import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How http and https endpoints are called: retries, throttle, content type (semantics: sns.md §1, §6).
 *
 * @param perSecond messages a second on average; 0 where there is no limit
 * @param overridable whether a subscription may have a policy of its own
 */
public record DeliveryPolicy(RetryPolicy retries, int perSecond, String contentType, boolean overridable) {
    /** What holds where nothing was set. */
    public static final DeliveryPolicy DEFAULT =
            new DeliveryPolicy(RetryPolicy.HTTP, 0, "text/plain; charset=UTF-8", true);

    private static final Duration TOTAL_MAX = Duration.ofHours(1);
    private static final int RETRIES_MAX = 100;
    private static final Set<String> CONTENT_TYPES = Set.of(
            "application/atom+xml",
            "application/json",
            "application/octet-stream",
            "application/soap+xml",
            "application/x-www-form-urlencoded",
            "application/xhtml+xml",
            "application/xml",
            "text/css",
            "text/csv",
            "text/html",
            "text/plain",
            "text/xml");
    private static final List<String> NUMBERS = List.of(
            "minDelayTarget",
            "maxDelayTarget",
            "numRetries",
            "numMaxDelayRetries",
            "numNoDelayRetries",
            "numMinDelayRetries");

    /** A policy that SNS would not take; the message says why. */
    public static final class Wrong extends Exception {
        private static final long serialVersionUID = 1;

        Wrong(String message) {
            super(message);
        }
    }

    /** A topic's policy, as it was set; null where it was not. */
    public static DeliveryPolicy ofTopic(@Nullable String text) throws Wrong {
        if (text == null) {
            return DEFAULT;
        }
        JsonNode all = object(text);
        members(all, "", Set.of("http"));
        JsonNode http = all.path("http");
        members(
                http,
                "http.",
                Set.of(
                        "defaultHealthyRetryPolicy",
                        "disableSubscriptionOverrides",
                        "defaultThrottlePolicy",
                        "defaultRequestPolicy"));
        return new DeliveryPolicy(
                retries(http.path("defaultHealthyRetryPolicy"), DEFAULT.retries()),
                throttle(http.path("defaultThrottlePolicy"), DEFAULT.perSecond()),
                contentType(http.path("defaultRequestPolicy"), DEFAULT.contentType()),
                !http.path("disableSubscriptionOverrides").asBoolean(false));
    }

    /** What holds for a subscription of a topic with this policy. */
    public DeliveryPolicy ofSubscription(@Nullable String text) throws Wrong {
        if (text == null) {
            return this;
        }
        JsonNode own = object(text);
        members(
                own,
                "",
                Set.of("healthyRetryPolicy", "throttlePolicy", "requestPolicy", "sicklyRetryPolicy", "guaranteed"));
        if (own.path("sicklyRetryPolicy").isObject()) {
            throw new Wrong("sicklyRetryPolicy is no longer supported");
        }
        DeliveryPolicy read = new DeliveryPolicy(
                retries(own.path("healthyRetryPolicy"), retries),
                throttle(own.path("throttlePolicy"), perSecond),
                contentType(own.path("requestPolicy"), contentType),
                true);
        return overridable ? read : this;
    }

    /** As {@code EffectiveDeliveryPolicy} of a topic shows it. */
    public String asTopic() {
        ObjectNode http = Json.object();
        http.set("defaultHealthyRetryPolicy", retries.json());
        http.put("disableSubscriptionOverrides", !overridable);
        if (perSecond > 0) {
            http.putObject("defaultThrottlePolicy").put("maxReceivesPerSecond", perSecond);
        }
        http.putObject("defaultRequestPolicy").put("headerContentType", contentType);
        ObjectNode all = Json.object();
        all.set("http", http);
        return Json.write(all);
    }

    /** As {@code EffectiveDeliveryPolicy} of a subscription shows it. */
    public String asSubscription() {
        ObjectNode own = Json.object();
        own.set("healthyRetryPolicy", retries.json());
        own.putNull("sicklyRetryPolicy");
        if (perSecond > 0) {
            own.putObject("throttlePolicy").put("maxReceivesPerSecond", perSecond);
        } else {
            own.putNull("throttlePolicy");
        }
        own.putObject("requestPolicy").put("headerContentType", contentType);
        own.put("guaranteed", false);
        return Json.write(own);
    }

    private static RetryPolicy retries(JsonNode json, RetryPolicy otherwise) throws Wrong {
        if (json.isMissingNode() || json.isNull()) {
            return otherwise;
        }
        for (String name : NUMBERS) {
            JsonNode value = json.path(name);
            if (!value.isMissingNode() && (!value.isIntegralNumber() || value.longValue() < 0)) {
                throw new Wrong("healthyRetryPolicy." + name + " must be a number of 0 or more");
            }
        }
        int longest = json.path("maxDelayTarget").asInt(20);
        if (json.path("numRetries").asInt(3) > RETRIES_MAX) {
            throw new Wrong("healthyRetryPolicy.numRetries must be less than or equal to " + RETRIES_MAX);
        }
        if (longest > TOTAL_MAX.toSeconds()) {
            throw new Wrong("healthyRetryPolicy.maxDelayTarget must be less than or equal to 3600");
        }
        if (json.path("minDelayTarget").asInt(20) > longest) {
            throw new Wrong("healthyRetryPolicy.minDelayTarget must be less than or equal to maxDelayTarget");
        }
        RetryPolicy read;
        try {
            read = RetryPolicy.read(json);
        } catch (IllegalArgumentException e) {
            throw new Wrong("healthyRetryPolicy: " + e.getMessage());
        }
        if (read.total().compareTo(TOTAL_MAX) > 0) {
            throw new Wrong("healthyRetryPolicy: the retries take more than 3600 seconds altogether");
        }
        return read;
    }

    private static int throttle(JsonNode json, int otherwise) throws Wrong {
        JsonNode rate = json.path("maxReceivesPerSecond");
        if (rate.isMissingNode() || rate.isNull()) {
            return otherwise;
        }
        if (!rate.isIntegralNumber() || rate.longValue() < 1 || rate.longValue() > 100_000) {
            throw new Wrong("throttlePolicy.maxReceivesPerSecond must be greater than or equal to 1");
        }
        return rate.intValue();
    }

    private static String contentType(JsonNode json, String otherwise) throws Wrong {
        JsonNode type = json.path("headerContentType");
        if (type.isMissingNode() || type.isNull()) {
            return otherwise;
        }
        String bare = type.asText().split(";", 2)[0].strip();
        boolean printable = type.asText().chars().allMatch(c -> c >= 0x20 && c < 0x7F);
        if (!CONTENT_TYPES.contains(bare) || !printable) {
            throw new Wrong("requestPolicy.headerContentType has an unsupported value");
        }
        return type.asText();
    }

    private static JsonNode object(String text) throws Wrong {
        try {
            JsonNode json = Json.parse(text);
            if (json.isObject()) {
                return json;
            }
        } catch (IllegalArgumentException e) {
            // Refused like any other text that is no object.
        }
        throw new Wrong("failed to parse JSON.");
    }

    private static void members(JsonNode json, String where, Set<String> known) throws Wrong {
        for (var member : json.properties()) {
            if (!known.contains(member.getKey())) {
                throw new Wrong("Unexpected JSON member: " + where + member.getKey());
            }
        }
    }
}
