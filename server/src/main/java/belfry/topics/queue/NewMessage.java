package belfry.topics.queue;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A message to be sent.
 *
 * @param groupId needed for FIFO queues
 * @param dedupId for FIFO queues without deduplication by content
 * @param delaySeconds null for the queue's own delay
 * @param trace X-Ray's header, or null
 */
public record NewMessage(
        String body,
        SortedMap<String, Attribute> attributes,
        @Nullable String groupId,
        @Nullable String dedupId,
        @Nullable Integer delaySeconds,
        @Nullable String trace) {
    private static final Pattern ID = Pattern.compile("[!-~]{1,128}");

    public NewMessage {
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    }

    /** A message of a service: text attributes, the queue's own delay. */
    public static NewMessage of(String body, Map<String, Attribute> attributes, @Nullable String groupId) {
        return new NewMessage(body, new TreeMap<>(attributes), groupId, null, null, null);
    }

    /** What counts against the queue's {@code MaximumMessageSize}. */
    int size() {
        int size = body.getBytes(StandardCharsets.UTF_8).length;
        for (var attribute : attributes.entrySet()) {
            size += attribute.getKey().getBytes(StandardCharsets.UTF_8).length
                    + attribute.getValue().type().length()
                    + attribute.getValue().bytes().length;
        }
        return size;
    }

    /** @throws belfry.wire.ServiceException where a group or deduplication id is none */
    void checkIds() {
        if (groupId != null) {
            checkId("MessageGroupId", groupId);
        }
        if (dedupId != null) {
            checkId("MessageDeduplicationId", dedupId);
        }
    }

    static void checkId(String parameter, String id) {
        if (!ID.matcher(id).matches()) {
            throw Faults.invalid("Value " + id + " for parameter " + parameter + " is invalid. Reason: " + parameter
                    + " can only include alphanumeric and punctuation characters. 1 to 128 in length.");
        }
    }

    boolean printable() {
        return printable(body);
    }

    /** SQS takes what XML 1.0 can hold. */
    static boolean printable(String text) {
        return text.codePoints()
                .allMatch(c -> c == 0x9
                        || c == 0xA
                        || c == 0xD
                        || (c >= 0x20 && c <= 0xD7FF)
                        || (c >= 0xE000 && c <= 0xFFFD)
                        || c >= 0x10000);
    }
}
