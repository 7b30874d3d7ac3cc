package belfry.topics;

import belfry.base.Arn;
import belfry.base.Ids;
import belfry.base.Json;
import belfry.store.Tx;
import belfry.topics.queue.Attribute;
import belfry.topics.queue.NewMessage;
import belfry.topics.queue.Queues;
import belfry.wire.ServiceException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts what could not be delivered into the subscription's dead-letter queue (semantics: sns.md §6). */
final class DeadLetters {
    private static final String SERVICE = "sns.amazonaws.com";

    private final Queues queues;
    private final Ids ids;

    DeadLetters(Queues queues, Ids ids) {
        this.queues = queues;
        this.ids = ids;
    }

    /**
     * What is buried.
     *
     * @param body the envelope, or with raw delivery the message
     * @param attributes of a raw message
     * @param groupId for FIFO queues; null for others
     * @param code what was answered
     */
    record Letter(
            String topicArn,
            String queueArn,
            String body,
            Map<String, Attribute> attributes,
            @Nullable String groupId,
            @Nullable String dedupId,
            String code,
            String reason) {
        static Letter of(String topicArn, String queueArn, String body, String code, String reason) {
            return new Letter(topicArn, queueArn, body, Map.of(), null, null, code, reason);
        }
    }

    /** Buries it; says why not where the queue does not take it. */
    Optional<String> bury(Tx tx, Letter letter, Instant now) {
        Optional<String> refusal = attempt(tx, letter, now);
        SnsMetrics.redriven(tx, letter.topicArn(), refusal.isEmpty(), now);
        return refusal;
    }

    private Optional<String> attempt(Tx tx, Letter letter, Instant now) {
        Map<String, Attribute> attributes = new LinkedHashMap<>(letter.attributes());
        attributes.put("RequestID", Attribute.text(ids.uuid()));
        attributes.put("ErrorCode", Attribute.text(letter.code()));
        attributes.put("ErrorMessage", Attribute.text(letter.reason()));
        NewMessage message = new NewMessage(
                letter.body(), new TreeMap<>(attributes), letter.groupId(), letter.dedupId(), null, null);
        String account = Arn.parse(letter.topicArn()).orElseThrow().account();
        Map<String, String> conditions = Map.of("aws:SourceArn", letter.topicArn(), "aws:SourceAccount", account);
        try {
            return switch (queues.send(tx, letter.queueArn(), message, SERVICE, conditions, now)) {
                case SENT -> Optional.empty();
                case NO_QUEUE -> Optional.of("the dead-letter queue " + letter.queueArn() + " does not exist");
                case NOT_ALLOWED ->
                    Optional.of("the policy of the dead-letter queue " + letter.queueArn() + " does not let " + SERVICE
                            + " send");
            };
        } catch (ServiceException e) {
            return Optional.of("the dead-letter queue " + letter.queueArn() + " refuses it: " + e.getMessage());
        }
    }

    /** The queue that a subscription's attributes name. */
    static @Nullable String queueOf(Map<String, String> subscriptionAttributes) {
        String policy = subscriptionAttributes.get("RedrivePolicy");
        return policy == null
                ? null
                : Json.parse(policy).path("deadLetterTargetArn").asText();
    }

    /**
     * Checks a redrive policy.
     *
     * @param prefix what SNS puts before its complaint
     */
    static void check(String policy, String topicArn, String prefix) {
        JsonNode json;
        try {
            json = Json.parse(policy);
        } catch (IllegalArgumentException e) {
            throw Faults.invalid(prefix + "RedrivePolicy: failed to parse JSON.");
        }
        if (!json.isObject()) {
            throw Faults.invalid(prefix + "RedrivePolicy: failed to parse JSON.");
        }
        Arn topic = Arn.parse(topicArn).orElseThrow();
        Arn queue = Arn.parse(json.path("deadLetterTargetArn").asText())
                .filter(arn -> arn.service().equals("sqs"))
                .orElseThrow(() -> Faults.invalid(prefix + "RedrivePolicy: deadLetterTargetArn is an invalid arn"));
        if (!queue.account().equals(topic.account()) || !queue.region().equals(topic.region())) {
            throw Faults.invalid(
                    prefix + "RedrivePolicy: the dead-letter queue must be in the account and region of the"
                            + " subscription");
        }
        if (queue.resource().endsWith(".fifo") != topicArn.endsWith(".fifo")) {
            throw Faults.invalid(prefix + "RedrivePolicy: must use a FIFO queue as DLQ for a FIFO topic, and a standard"
                    + " queue for a standard one");
        }
    }
}
