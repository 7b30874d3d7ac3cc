package belfry.topics;

import belfry.api.sns.MessageAttributeValue;
import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A message as it was published, checked (semantics: sns.md §2).
 *
 * @param subject null where none was given
 * @param body the message for protocols without one of their own
 * @param bodies by protocol
 */
record Message(
        @Nullable String subject,
        String body,
        Map<String, String> bodies,
        SortedMap<String, MessageAttribute> attributes) {
    static final int SIZE_MAX = 262_144;
    private static final int SUBJECT_MAX = 100;

    Message {
        bodies = Collections.unmodifiableMap(new LinkedHashMap<>(bodies));
    }

    /** Checks what a caller publishes. */
    static Message read(
            String message,
            @Nullable String subject,
            @Nullable String structure,
            @Nullable Map<String, MessageAttributeValue> attributes) {
        if (message.isEmpty()) {
            throw Faults.invalid("Empty message");
        }
        checkSubject(subject);
        SortedMap<String, MessageAttribute> read = MessageAttribute.read(attributes);
        if (size(message, read) > SIZE_MAX) {
            throw Faults.invalid("Message too long");
        }
        if (structure == null || structure.isEmpty()) {
            return new Message(subject, message, Map.of(), read);
        }
        if (!structure.equals("json")) {
            throw Faults.invalid("MessageStructure");
        }
        Map<String, String> bodies = bodies(message);
        String body = bodies.get("default");
        if (body == null) {
            throw Faults.invalid("Message Structure - No default entry in JSON message body");
        }
        return new Message(subject, body, bodies, read);
    }

    /** What a protocol gets. */
    String bodyFor(String protocol) {
        return bodies.getOrDefault(protocol, body);
    }

    static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Bytes of the message and its attributes. */
    static int size(String message, SortedMap<String, MessageAttribute> attributes) {
        return utf8Length(message)
                + attributes.entrySet().stream()
                        .mapToInt(attribute -> attribute.getValue().size(attribute.getKey()))
                        .sum();
    }

    private static Map<String, String> bodies(String message) {
        Map<String, String> bodies = new LinkedHashMap<>();
        JsonNode json;
        try {
            json = Json.parse(message);
        } catch (IllegalArgumentException e) {
            throw Faults.invalid("Message Structure - JSON message body failed to parse");
        }
        if (!json.isObject()) {
            throw Faults.invalid("Message Structure - JSON message body failed to parse");
        }
        for (var member : json.properties()) {
            // Values that are no text are ignored, as SNS does.
            if (member.getValue().isTextual()) {
                bodies.put(member.getKey(), member.getValue().textValue());
            }
        }
        return bodies;
    }

    private static void checkSubject(@Nullable String subject) {
        if (subject == null) {
            return;
        }
        boolean printable = subject.chars().allMatch(c -> c >= 0x20 && c < 0x7F);
        if (subject.isEmpty() || subject.length() > SUBJECT_MAX || !printable || subject.charAt(0) == ' ') {
            throw Faults.invalid("Subject");
        }
    }
}
