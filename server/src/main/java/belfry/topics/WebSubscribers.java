package belfry.topics;

import belfry.base.Ids;
import belfry.store.Tx;
import belfry.topics.mail.Document;
import belfry.topics.web.DeliveryPolicy;
import belfry.topics.web.WebhookForm;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What http and https subscribers get, written into the outbox (semantics: sns.md §5, §6). */
final class WebSubscribers {
    private final Envelopes envelopes;
    private final Ids ids;

    WebSubscribers(Envelopes envelopes, Ids ids) {
        this.envelopes = envelopes;
        this.ids = ids;
    }

    /** Asks the endpoint to confirm. */
    void askToConfirm(Tx tx, Topic topic, Subscription subscription, String token, Instant now) {
        String messageId = ids.uuid();
        String body = envelopes.subscriptionConfirmation(tx, topic, messageId, token, now);
        Map<String, String> headers = headers("SubscriptionConfirmation", messageId, subscription, true);
        queue(tx, topic, subscription, messageId, headers, body, MessageSeals.NONE, "", now);
    }

    /** Tells the endpoint that its subscription has ended. */
    void sayGoodbye(Tx tx, Topic topic, Subscription subscription, String token, Instant now) {
        String messageId = ids.uuid();
        String body = envelopes.unsubscribeConfirmation(tx, topic, messageId, token, subscription.arn(), now);
        Map<String, String> headers = headers("UnsubscribeConfirmation", messageId, subscription, false);
        queue(tx, topic, subscription, messageId, headers, body, MessageSeals.NONE, "", now);
    }

    void send(Tx tx, Publication publication, Subscription subscription) {
        Optional<WebhookForm> form =
                WebhookForm.of(subscription.protocol(), subscription.endpoint(), subscription.attributes());
        if (form.isPresent()) {
            hook(tx, form.get(), publication, subscription);
            return;
        }
        Map<String, String> headers = headers("Notification", publication.messageId(), subscription, false);
        String body;
        if (subscription.raw()) {
            headers.put("x-amz-sns-rawdelivery", "true");
            body = publication.message().bodyFor(subscription.protocol());
        } else {
            body = envelopes.notification(tx, publication, subscription);
        }
        queue(
                tx,
                publication.topic(),
                subscription,
                publication.messageId(),
                headers,
                body,
                publication.keyId(),
                lane(publication, subscription),
                publication.at());
    }

    /** A message in the form that a chat or paging service expects; its dead letter is AWS's envelope all the same. */
    private void hook(Tx tx, WebhookForm form, Publication publication, Subscription subscription) {
        Document document = publication.alert().map(AlertDocument::brief).orElseGet(() -> Notices.of(publication));
        boolean alarm = !publication.incident().isEmpty();
        WebhookForm.About about = new WebhookForm.About(
                document,
                alarm ? publication.incident() : publication.messageId(),
                publication.alert().map(AlertDocument::state).orElse(""),
                alarm ? publication.incident() : publication.topic().arn(),
                publication.at());
        DeliveryPolicy policy =
                policy(publication.topic(), subscription.attributes().get("DeliveryPolicy"));
        String dead = DeadLetters.queueOf(subscription.attributes());
        Errands.Load load = new Errands.Load(
                lane(publication, subscription),
                target(subscription.endpoint()),
                Map.of("Content-Type", "application/json"),
                form.body(about, subscription.endpoint()),
                publication.keyId(),
                policy.retries(),
                policy.perSecond(),
                dead,
                dead == null ? null : envelopes.notification(tx, publication, subscription));
        Errands.queue(tx, Outbox.Address.of(publication.messageId(), subscription), load, publication.at());
    }

    /** The messages of one alarm keep their order; all others go as they can. */
    private static String lane(Publication publication, Subscription subscription) {
        return publication.incident().isEmpty() ? "" : subscription.arn() + "|" + publication.incident();
    }

    private static Map<String, String> headers(
            String type, String messageId, Subscription subscription, boolean unconfirmed) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("x-amz-sns-message-type", type);
        headers.put("x-amz-sns-message-id", messageId);
        headers.put("x-amz-sns-topic-arn", subscription.topicArn());
        if (!unconfirmed) {
            headers.put("x-amz-sns-subscription-arn", subscription.arn());
        }
        return headers;
    }

    private static void queue(
            Tx tx,
            Topic topic,
            Subscription subscription,
            String messageId,
            Map<String, String> headers,
            String body,
            long keyId,
            String lane,
            Instant now) {
        DeliveryPolicy policy = policy(topic, subscription.attributes().get("DeliveryPolicy"));
        headers.put("Content-Type", policy.contentType());
        Errands.Load load = new Errands.Load(
                lane,
                target(subscription.endpoint()),
                headers,
                body,
                keyId,
                policy.retries(),
                policy.perSecond(),
                DeadLetters.queueOf(subscription.attributes()),
                null);
        Errands.queue(tx, Outbox.Address.of(messageId, subscription), load, now);
    }

    /** The host and port: what is slow or gone there is slow or gone for all its paths. */
    private static String target(String endpoint) {
        URI uri = URI.create(endpoint);
        return (uri.getHost() + ":" + uri.getPort()).toLowerCase(Locale.ROOT);
    }

    /** What holds for a subscription. Both policies have been checked when they were set. */
    static DeliveryPolicy policy(Topic topic, @Nullable String own) {
        try {
            return DeliveryPolicy.ofTopic(topic.attributes().get("DeliveryPolicy"))
                    .ofSubscription(own);
        } catch (DeliveryPolicy.Wrong e) {
            throw new IllegalStateException("a delivery policy was stored unchecked", e);
        }
    }
}
