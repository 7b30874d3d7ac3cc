package belfry.topics.queue;

import belfry.api.sqs.Message;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A message as it lies in a queue.
 *
 * @param body empty as long as it is sealed
 * @param receipt of the latest receiving; empty before
 * @param keyId the data key of what is sealed
 */
record StoredMessage(
        long seq,
        String messageId,
        String body,
        SortedMap<String, Attribute> attributes,
        String sender,
        @Nullable String groupId,
        @Nullable String dedupId,
        @Nullable String trace,
        @Nullable String deadLetterFrom,
        Instant sentAt,
        @Nullable Instant firstReceivedAt,
        long receiveCount,
        String receipt,
        long keyId,
        byte @Nullable [] sealed) {
    /** What ReceiveMessage may be asked for beside the message. */
    static final Set<String> SYSTEM_ATTRIBUTES = Set.of(
            "All",
            "SenderId",
            "SentTimestamp",
            "ApproximateReceiveCount",
            "ApproximateFirstReceiveTimestamp",
            "SequenceNumber",
            "MessageDeduplicationId",
            "MessageGroupId",
            "AWSTraceHeader",
            "DeadLetterQueueSourceArn");

    StoredMessage received(String newReceipt, Instant now) {
        return new StoredMessage(
                seq,
                messageId,
                body,
                attributes,
                sender,
                groupId,
                dedupId,
                trace,
                deadLetterFrom,
                sentAt,
                firstReceivedAt == null ? now : firstReceivedAt,
                receiveCount + 1,
                newReceipt,
                keyId,
                sealed);
    }

    /** The same with its body in the clear. */
    StoredMessage opened(String text) {
        return new StoredMessage(
                seq,
                messageId,
                text,
                attributes,
                sender,
                groupId,
                dedupId,
                trace,
                deadLetterFrom,
                sentAt,
                firstReceivedAt,
                receiveCount,
                receipt,
                BodySeals.NONE,
                null);
    }

    String handle(String queueArn) {
        return new Receipt(messageId, receipt).text(queueArn);
    }

    /**
     * As ReceiveMessage shows it.
     *
     * @param system which system attributes are asked for
     * @param names which message attributes are asked for: {@code All}, {@code .*}, {@code prefix.*}, or names
     */
    Message shown(List<String> system, List<String> names, Queue queue) {
        SortedMap<String, Attribute> wanted = new TreeMap<>(attributes);
        wanted.keySet().removeIf(name -> names.stream().noneMatch(asked -> matches(asked, name)));
        Map<String, String> facts = facts(queue.fifo());
        if (!system.contains("All")) {
            facts.keySet().retainAll(system);
        }
        Message shown = new Message()
                .messageId(messageId)
                .receiptHandle(handle(queue.arn()))
                .md5OfBody(Md5.of(body))
                .body(body)
                .md5OfMessageAttributes(Md5.of(wanted));
        if (!facts.isEmpty()) {
            shown.attributes(facts);
        }
        if (!wanted.isEmpty()) {
            Map<String, belfry.api.sqs.MessageAttributeValue> values = new LinkedHashMap<>();
            wanted.forEach((name, attribute) -> values.put(name, attribute.shown()));
            shown.messageAttributes(values);
        }
        return shown;
    }

    private static boolean matches(String asked, String name) {
        return asked.equals("All")
                || asked.equals(name)
                || (asked.endsWith(".*") && name.startsWith(asked.substring(0, asked.length() - 2)));
    }

    private Map<String, String> facts(boolean fifo) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("SenderId", sender);
        facts.put("SentTimestamp", String.valueOf(sentAt.toEpochMilli()));
        facts.put("ApproximateReceiveCount", String.valueOf(receiveCount));
        put(
                facts,
                "ApproximateFirstReceiveTimestamp",
                firstReceivedAt == null ? null : String.valueOf(firstReceivedAt.toEpochMilli()));
        put(facts, "MessageGroupId", groupId);
        put(facts, "MessageDeduplicationId", dedupId);
        put(facts, "SequenceNumber", fifo ? Messages.sequence(seq) : null);
        put(facts, "AWSTraceHeader", trace);
        put(facts, "DeadLetterQueueSourceArn", deadLetterFrom);
        return facts;
    }

    private static void put(Map<String, String> facts, String name, @Nullable String value) {
        if (value != null) {
            facts.put(name, value);
        }
    }
}
