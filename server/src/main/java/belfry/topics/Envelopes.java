package belfry.topics;

import belfry.base.Json;
import belfry.store.Tx;
import belfry.topics.signing.Signer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** SNS's JSON envelopes, signed: the same members in the same order as AWS (semantics: sns.md §5). */
final class Envelopes {
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final List<String> SIGNED_OF_NOTIFICATIONS =
            List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type");
    private static final List<String> SIGNED_OF_CONFIRMATIONS =
            List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");

    private final Links links;
    private final Signer signer;

    Envelopes(Links links, Signer signer) {
        this.links = links;
        this.signer = signer;
    }

    /** A published message, for a subscriber of this protocol. */
    String notification(Tx tx, Publication publication, Subscription subscription) {
        Message message = publication.message();
        ObjectNode json = Json.object();
        json.put("Type", "Notification").put("MessageId", publication.messageId());
        Publication.Order order = publication.order();
        if (order != null && order.sequence() != null) {
            json.put("SequenceNumber", order.sequence());
        }
        json.put("TopicArn", publication.topic().arn());
        if (message.subject() != null) {
            json.put("Subject", message.subject());
        }
        json.put("Message", message.bodyFor(subscription.protocol()))
                .put("Timestamp", TIMESTAMP.format(publication.at()));
        sign(tx, publication.topic(), json, SIGNED_OF_NOTIFICATIONS);
        // What a person reads leads to the page that asks first; what a program reads, to the API.
        json.put(
                "UnsubscribeURL",
                subscription.protocol().equals("email-json")
                        ? links.unsubscribe(subscription)
                        : links.unsubscribeCall(subscription));
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

    /** Asks an endpoint to confirm its subscription. */
    String subscriptionConfirmation(Tx tx, Topic topic, String messageId, String token, Instant at) {
        String text = "You have chosen to subscribe to the topic " + topic.arn()
                + ".\nTo confirm the subscription, visit the SubscribeURL included in this message.";
        return confirmation(tx, topic, "SubscriptionConfirmation", messageId, token, text, at);
    }

    /** Tells an endpoint that its subscription has ended, and how to get it back. */
    String unsubscribeConfirmation(
            Tx tx, Topic topic, String messageId, String token, String subscriptionArn, Instant at) {
        String text = "You have chosen to deactivate subscription " + subscriptionArn
                + ".\nTo cancel this operation and restore the subscription, visit the SubscribeURL included in this"
                + " message.";
        return confirmation(tx, topic, "UnsubscribeConfirmation", messageId, token, text, at);
    }

    private String confirmation(
            Tx tx, Topic topic, String type, String messageId, String token, String text, Instant at) {
        ObjectNode json = Json.object()
                .put("Type", type)
                .put("MessageId", messageId)
                .put("Token", token)
                .put("TopicArn", topic.arn())
                .put("Message", text)
                .put("SubscribeURL", links.confirmCall(topic.arn(), token))
                .put("Timestamp", TIMESTAMP.format(at));
        sign(tx, topic, json, SIGNED_OF_CONFIRMATIONS);
        return Json.pretty(json);
    }

    private void sign(Tx tx, Topic topic, ObjectNode json, List<String> names) {
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            String value = json.path(name).textValue();
            if (value != null) {
                text.append(name).append('\n').append(value).append('\n');
            }
        }
        String version = topic.attributes().getOrDefault("SignatureVersion", "1");
        Signer.Signed signed = signer.sign(tx, version, text.toString());
        json.put("SignatureVersion", version)
                .put("Signature", signed.base64())
                .put("SigningCertURL", links.certificate(signed.keyId()));
    }
}
