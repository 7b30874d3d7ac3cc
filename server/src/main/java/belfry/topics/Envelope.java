package belfry.topics;

import belfry.base.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The JSON form of a notification, as {@code email-json} shows it (semantics: sns.md §5). It carries no signature: see
 * docs/decisions/0805.
 */
final class Envelope {
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Envelope() {}

    static String notification(
            String messageId, String topicArn, Message message, String protocol, Instant at, String unsubscribeUrl) {
        ObjectNode json = Json.object();
        json.put("Type", "Notification").put("MessageId", messageId).put("TopicArn", topicArn);
        if (message.subject() != null) {
            json.put("Subject", message.subject());
        }
        json.put("Message", message.bodyFor(protocol)).put("Timestamp", TIMESTAMP.format(at));
        json.put("UnsubscribeURL", unsubscribeUrl);
        if (!message.attributes().isEmpty()) {
            ObjectNode attributes = json.putObject("MessageAttributes");
            message.attributes()
                    .forEach((name, attribute) -> attributes
                            .putObject(name)
                            .put("Type", attribute.type())
                            .put("Value", attribute.value()));
        }
        return Json.pretty(json);
    }
}
