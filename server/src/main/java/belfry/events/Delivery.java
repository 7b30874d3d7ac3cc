package belfry.events;

import belfry.base.Arn;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A matched event on its way to one target: one open row.
 *
 * @param account whose rule it was
 * @param groupId the message group, for a FIFO queue
 * @param dlqArn the queue for what cannot be delivered
 * @param event the whole event, which is what a dead-letter queue receives
 * @param payload what the target receives
 * @param forwarded whether the event came from another bus
 * @param dead whether it is to be buried
 * @param code AWS's code of the last failure, empty before
 * @param exhausted which limit ended the retries, or null
 * @param attempts how often it has failed
 */
public record Delivery(
        long seq,
        String account,
        String region,
        String ruleArn,
        String targetArn,
        @Nullable String groupId,
        @Nullable String dlqArn,
        long maxRetries,
        Instant givesUpAt,
        String event,
        String payload,
        boolean forwarded,
        boolean dead,
        String code,
        String reason,
        @Nullable String exhausted,
        long attempts) {
    /** The target's service: {@code sns}, {@code sqs}, {@code logs}, {@code events}. */
    public String service() {
        return Arn.parse(targetArn).map(Arn::service).orElse("");
    }

    /** What a policy may ask about a call that EventBridge makes for this rule. */
    public Map<String, String> conditions() {
        return Map.of("aws:SourceArn", ruleArn, "aws:SourceAccount", account);
    }

    /** The attributes of its message in the dead-letter queue (semantics: eventbridge-iam.md §5). */
    public Map<String, String> epitaph() {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("RULE_ARN", ruleArn);
        attributes.put("TARGET_ARN", targetArn);
        attributes.put("ERROR_CODE", code);
        attributes.put("ERROR_MESSAGE", reason);
        if (exhausted != null) {
            attributes.put("EXHAUSTED_RETRY_CONDITION", exhausted);
            attributes.put("RETRY_ATTEMPTS", String.valueOf(attempts - 1));
        }
        return attributes;
    }
}
