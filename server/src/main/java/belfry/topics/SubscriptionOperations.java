package belfry.topics;

import belfry.api.sns.ConfirmSubscriptionInput;
import belfry.api.sns.ConfirmSubscriptionResponse;
import belfry.api.sns.GetSubscriptionAttributesInput;
import belfry.api.sns.GetSubscriptionAttributesResponse;
import belfry.api.sns.ListSubscriptionsByTopicInput;
import belfry.api.sns.ListSubscriptionsByTopicResponse;
import belfry.api.sns.ListSubscriptionsInput;
import belfry.api.sns.ListSubscriptionsResponse;
import belfry.api.sns.SetSubscriptionAttributesInput;
import belfry.api.sns.SubscribeInput;
import belfry.api.sns.SubscribeResponse;
import belfry.api.sns.UnsubscribeInput;
import belfry.base.Arn;
import belfry.base.Ids;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.topics.signing.Signer;
import belfry.topics.web.WebhookForm;
import belfry.wire.NoOutput;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Subscriptions (semantics: sns.md §3). */
final class SubscriptionOperations {
    private static final String PENDING = "pending confirmation";

    private final Confirmations confirmations;
    private final Signer signer;
    private final TextMessages texts;
    private final Ids ids;

    SubscriptionOperations(Confirmations confirmations, Signer signer, TextMessages texts, Ids ids) {
        this.confirmations = confirmations;
        this.signer = signer;
        this.texts = texts;
        this.ids = ids;
    }

    SubscribeResponse subscribe(SubscribeInput in, Call call) {
        String topicArn = Names.topicArn(in.topicArn(), call);
        String endpoint = Protocols.endpoint(in.protocol(), in.endpoint(), texts);
        Map<String, String> attributes = SubscriptionAttributes.read(in.attributes(), in.protocol(), topicArn);
        checkForm(in.protocol(), endpoint, attributes);
        Protocols.checkOrder(topicArn, in.protocol(), endpoint);
        if (!in.protocol().equals("email")) {
            signer.prepare();
        }
        boolean wantsArn = Boolean.TRUE.equals(in.returnSubscriptionArn());
        return call.write(tx -> {
            Topic topic = Topic.get(tx, topicArn);
            Optional<Subscription> known = Subscription.find(tx, topicArn, in.protocol(), endpoint);
            known.ifPresent(subscription -> checkSame(subscription, attributes));
            Subscription subscription =
                    known.orElseGet(() -> insert(tx, in.protocol(), endpoint, topicArn, attributes, call));
            if (subscription.pending()) {
                confirmations.ask(tx, topic, subscription, call.now());
            }
            return new SubscribeResponse()
                    .subscriptionArn(subscription.pending() && !wantsArn ? PENDING : subscription.arn());
        });
    }

    private static void checkForm(String protocol, String endpoint, Map<String, String> attributes) {
        if (protocol.equals("http") || protocol.equals("https")) {
            try {
                WebhookForm.of(protocol, endpoint, attributes).ifPresent(form -> form.check(endpoint));
            } catch (IllegalArgumentException e) {
                throw Faults.invalid("Endpoint Reason: " + e.getMessage());
            }
        }
    }

    private static void checkSame(Subscription known, Map<String, String> attributes) {
        if (!attributes.isEmpty() && !attributes.equals(known.attributes())) {
            throw Faults.invalid("Attributes Reason: Subscription already exists with different attributes");
        }
    }

    private Subscription insert(
            Tx tx, String protocol, String endpoint, String topicArn, Map<String, String> attributes, Call call) {
        // A queue needs no asking: its policy says who may send to it.
        // Whoever knows a chat's secret address may write there; and a chat could not confirm. A telephone is not asked
        // either, as at AWS.
        boolean asked = !protocol.equals("sqs")
                && !protocol.equals("sms")
                && WebhookForm.of(protocol, endpoint, attributes).isEmpty();
        Subscription subscription = new Subscription(
                topicArn + ":" + ids.uuid(),
                topicArn,
                protocol,
                endpoint,
                new TreeMap<>(attributes),
                call.principal().arn(),
                asked ? call.now().plus(Confirmations.VALID) : null,
                !asked,
                false);
        FilterPolicyRules.checkCount(tx, subscription.attributes(), subscription);
        subscription.insert(tx);
        return subscription;
    }

    ConfirmSubscriptionResponse confirm(ConfirmSubscriptionInput in, Call call) {
        String topicArn = Names.topicArn(in.topicArn(), call);
        boolean authenticate = "true".equalsIgnoreCase(in.authenticateOnUnsubscribe());
        boolean signed = !call.principal().accessKeyId().isEmpty();
        if (authenticate && !signed) {
            throw belfry.wire.ServiceException.of(
                    "AuthorizationError", 403, "AuthenticateOnUnsubscribe needs a signed request");
        }
        return call.write(tx -> new ConfirmSubscriptionResponse()
                .subscriptionArn(Confirmations.confirm(tx, topicArn, in.token(), signed, authenticate, call.now())
                        .arn()));
    }

    /** Ending what does not exist succeeds, as at AWS. */
    NoOutput unsubscribe(UnsubscribeInput in, Call call) {
        String arn = Names.subscriptionArn(in.subscriptionArn(), call);
        boolean signed = !call.principal().accessKeyId().isEmpty();
        return call.write(tx -> {
            Subscription.find(tx, arn).ifPresent(subscription -> end(tx, subscription, signed, call.now()));
            return NoOutput.INSTANCE;
        });
    }

    private void end(Tx tx, Subscription subscription, boolean signed, Instant now) {
        if (subscription.pending()) {
            throw Faults.invalidPlain("Cannot unsubscribe a subscription that is pending confirmation");
        }
        if (subscription.authenticateOnUnsubscribe() && !signed) {
            throw belfry.wire.ServiceException.of(
                    "AuthorizationError", 403, "This subscription can only be ended by a signed request");
        }
        confirmations.end(tx, subscription, now);
    }

    GetSubscriptionAttributesResponse attributes(GetSubscriptionAttributesInput in, Call call) {
        String arn = Names.subscriptionArn(in.subscriptionArn(), call);
        return call.read(tx -> {
            Subscription subscription = Subscription.get(tx, arn);
            return new GetSubscriptionAttributesResponse()
                    .attributes(SubscriptionAttributes.shown(
                            subscription, Topic.get(tx, subscription.topicArn()), owner(subscription)));
        });
    }

    NoOutput setAttribute(SetSubscriptionAttributesInput in, Call call) {
        String arn = Names.subscriptionArn(in.subscriptionArn(), call);
        String value = in.attributeValue() == null ? "" : in.attributeValue();
        return call.write(tx -> {
            Subscription subscription = Subscription.get(tx, arn);
            Map<String, String> attributes = SubscriptionAttributes.set(subscription, in.attributeName(), value);
            FilterPolicyRules.checkCount(tx, attributes, subscription);
            subscription.setAttributes(tx, attributes);
            if (in.attributeName().equals(DigestPeriod.ATTRIBUTE)) {
                Digests.changed(tx, arn, DigestPeriod.of(attributes), call.now());
            }
            return NoOutput.INSTANCE;
        });
    }

    ListSubscriptionsResponse list(ListSubscriptionsInput in, Call call) {
        String after = Page.after(in.nextToken());
        return call.read(tx -> {
            var page = Page.of(
                    Subscription.list(tx, call.account(), call.region(), after, Page.SIZE + 1), Subscription::arn);
            return new ListSubscriptionsResponse()
                    .subscriptions(shown(page.items()))
                    .nextToken(page.next());
        });
    }

    ListSubscriptionsByTopicResponse listByTopic(ListSubscriptionsByTopicInput in, Call call) {
        String topicArn = Names.topicArn(in.topicArn(), call);
        String after = Page.after(in.nextToken());
        return call.read(tx -> {
            Topic topic = Topic.get(tx, topicArn);
            var page = Page.of(Subscription.ofTopic(tx, topic.arn(), after, Page.SIZE + 1), Subscription::arn);
            return new ListSubscriptionsByTopicResponse()
                    .subscriptions(shown(page.items()))
                    .nextToken(page.next());
        });
    }

    private static List<belfry.api.sns.Subscription> shown(List<Subscription> subscriptions) {
        return subscriptions.stream()
                .map(subscription -> new belfry.api.sns.Subscription()
                        .subscriptionArn(subscription.pending() ? "PendingConfirmation" : subscription.arn())
                        .owner(owner(subscription))
                        .protocol(subscription.protocol())
                        .endpoint(SubscriptionAttributes.endpoint(subscription))
                        .topicArn(subscription.topicArn()))
                .toList();
    }

    private static String owner(Subscription subscription) {
        return Arn.parse(subscription.topicArn()).orElseThrow().account();
    }
}
