package belfry.topics.queue;

import belfry.base.Arn;
import belfry.base.Json;
import belfry.store.Tx;
import belfry.wire.ServiceException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The policies by which messages become dead letters: where a queue's go, and whose a queue takes. */
final class Redrives {
    private static final int RECEIVES_MAX = 1_000;
    private static final int SOURCES_MAX = 10;
    private static final String POLICY = "RedrivePolicy";
    private static final String ALLOW = "RedriveAllowPolicy";

    private Redrives() {}

    /** Checks a RedrivePolicy by itself; an empty one clears it. */
    static void checkPolicy(String value) {
        if (value.isEmpty()) {
            return;
        }
        JsonNode json = object(POLICY, value, "Redrive policy is not a valid JSON map.");
        for (String member : List.of("deadLetterTargetArn", "maxReceiveCount")) {
            if (!json.has(member)) {
                throw refused(POLICY, value, "Redrive policy does not contain mandatory attribute: " + member + ".");
            }
        }
        if (!isQueue(json.path("deadLetterTargetArn").asText())) {
            throw refused(POLICY, value, "Invalid value for deadLetterTargetArn.");
        }
        String receives = json.path("maxReceiveCount").asText();
        if (!receives.matches("\\d{1,4}") || !between(Integer.parseInt(receives), RECEIVES_MAX)) {
            throw refused(
                    POLICY,
                    value,
                    "Invalid value for maxReceiveCount: " + receives
                            + ", valid values are from 1 to 1000 both inclusive.");
        }
    }

    /** Checks a RedriveAllowPolicy by itself; an empty one clears it. */
    static void checkAllow(String value) {
        if (value.isEmpty()) {
            return;
        }
        JsonNode json = object(ALLOW, value, "Redrive allow policy is not a valid JSON map.");
        String permission = json.path("redrivePermission").asText();
        if (!Set.of("allowAll", "denyAll", "byQueue").contains(permission)) {
            throw refused(ALLOW, value, "Invalid value for redrivePermission.");
        }
        List<String> sources = sources(json);
        if (permission.equals("byQueue") != json.has("sourceQueueArns")
                || (permission.equals("byQueue") && !between(sources.size(), SOURCES_MAX))) {
            throw refused(
                    ALLOW,
                    value,
                    "Amazon SQS can't create the redrive allow policy. With the byQueue permission type, and only with"
                            + " it, specify 1 to 10 sourceQueueArns.");
        }
        if (!sources.stream().allMatch(Redrives::isQueue)) {
            throw refused(ALLOW, value, "Invalid value for sourceQueueArns.");
        }
    }

    private static boolean between(int count, int max) {
        return count >= 1 && count <= max;
    }

    private static boolean isQueue(String arn) {
        return Arn.parse(arn).filter(parsed -> parsed.service().equals("sqs")).isPresent();
    }

    private static List<String> sources(JsonNode json) {
        List<String> sources = new ArrayList<>();
        json.path("sourceQueueArns").forEach(arn -> sources.add(arn.asText()));
        return sources;
    }

    private static JsonNode object(String name, String value, String otherwise) {
        try {
            JsonNode json = Json.parse(value);
            if (json.isObject()) {
                return json;
            }
        } catch (IllegalArgumentException e) {
            // Refused below like any other text that is no object.
        }
        throw refused(name, value, otherwise);
    }

    private static ServiceException refused(String name, String value, String reason) {
        return Faults.invalid("Value " + value + " for parameter " + name + " is invalid. Reason: " + reason);
    }

    /** Whether the queue may have the RedrivePolicy that it has, where that is new: its target may say no. */
    static void checkTarget(Tx tx, Queue queue) {
        Optional<Queue.Redrive> redrive = queue.redrive();
        if (redrive.isEmpty()) {
            return;
        }
        String value = queue.attributes().getOrDefault(POLICY, "");
        Arn mine = Arn.parse(queue.arn()).orElseThrow();
        Arn target = Arn.parse(redrive.get().queueArn()).orElseThrow();
        if (!target.account().equals(mine.account()) || !target.region().equals(mine.region())) {
            throw refused(POLICY, value, "Dead-letter target owner should be same as the source.");
        }
        Queue dead = Queue.find(tx, target.toString())
                .orElseThrow(() -> refused(POLICY, value, "Dead letter target does not exist."));
        if (dead.fifo() != queue.fifo()) {
            throw refused(POLICY, value, "Dead-letter queue must be same type of queue as the source.");
        }
        if (!takes(dead, queue.arn())) {
            throw refused(POLICY, value, "The dead-letter target's RedriveAllowPolicy does not allow this queue.");
        }
    }

    /** Whether a queue lets {@code source} use it for dead letters. */
    static boolean takes(Queue dead, String source) {
        String allow = dead.attributes().get(ALLOW);
        if (allow == null) {
            return true;
        }
        JsonNode json = Json.parse(allow);
        return switch (json.path("redrivePermission").asText()) {
            case "denyAll" -> false;
            case "byQueue" -> sources(json).contains(source);
            default -> true;
        };
    }
}
