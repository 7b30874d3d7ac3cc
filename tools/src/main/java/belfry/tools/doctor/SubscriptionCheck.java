package belfry.tools.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sns.model.Subscription;

/** Somebody is subscribed, has confirmed, and wants such messages. */
final class SubscriptionCheck implements Check {
    private static final String PENDING = "PendingConfirmation";

    @Override
    public String link() {
        return "mailbox";
    }

    @Override
    public void look(Chain chain) {
        List<String> seen = new ArrayList<>();
        for (Hop<Chain.Publication> hop : chain.topics()) {
            String topic = hop.what().target();
            boolean first = !seen.contains(topic);
            seen.add(topic);
            List<Subscription> all =
                    chain
                            .sdk()
                            .topics
                            .listSubscriptionsByTopicPaginator(r -> r.topicArn(topic))
                            .subscriptions()
                            .stream()
                            .toList();
            List<Subscription> asked = all.stream()
                    .filter(each ->
                            chain.email().map(each.endpoint()::equalsIgnoreCase).orElse(true))
                    .toList();
            if (asked.isEmpty() && first) {
                nobody(chain, topic, all);
            }
            asked.forEach(each -> look(chain, hop, each, first));
        }
    }

    private void nobody(Chain chain, String topic, List<Subscription> others) {
        String whom = chain.email().map(email -> email + " is not subscribed").orElse("Nobody is subscribed");
        chain.broken(
                this,
                whom + " to " + topic
                        + (others.isEmpty() ? "." : "; " + Words.plural(others.size(), "other subscription") + "."),
                "aws sns subscribe --topic-arn " + topic + " --protocol email --notification-endpoint "
                        + chain.email().map(Words::quoted).orElse("ADDRESS"));
    }

    private void look(Chain chain, Hop<Chain.Publication> hop, Subscription subscription, boolean first) {
        String who = subscription.endpoint();
        if (!subscription.subscriptionArn().startsWith("arn:")) {
            if (first) {
                chain.broken(
                        this,
                        subscription.subscriptionArn().equals(PENDING)
                                ? who + " has not confirmed its subscription, so nothing is sent to it."
                                : who + " is no longer subscribed (" + subscription.subscriptionArn() + ").",
                        "follow the link in the confirmation mail (belfry mail shows it if it is in the built-in"
                                + " mailbox); for a new one: aws sns subscribe --topic-arn " + subscription.topicArn()
                                + " --protocol " + subscription.protocol() + " --notification-endpoint "
                                + Words.quoted(who));
            }
            chain.mailboxes().add(hop.to(who, false));
            return;
        }
        boolean wanted = wanted(chain, hop.what(), subscription);
        if (wanted && hop.sound()) {
            chain.ok(
                    this,
                    who + " (" + subscription.protocol() + ") is told by "
                            + hop.what().what() + ".");
        }
        chain.mailboxes().add(hop.to(who, wanted));
    }

    private boolean wanted(Chain chain, Chain.Publication publication, Subscription subscription) {
        Map<String, String> attributes = chain.sdk()
                .topics
                .getSubscriptionAttributes(r -> r.subscriptionArn(subscription.subscriptionArn()))
                .attributes();
        String policy = attributes.get("FilterPolicy");
        boolean ofBody = "MessageBody".equals(attributes.get("FilterPolicyScope"));
        if (policy == null || Wanted.by(policy, ofBody, publication.body())) {
            return true;
        }
        chain.broken(
                this,
                "The filter policy of " + subscription.endpoint() + " drops what " + publication.what() + " sends ("
                        + (ofBody
                                ? "it looks at the message's body"
                                : "it looks at message attributes, of which such a message has none")
                        + "): " + policy,
                "aws sns set-subscription-attributes --subscription-arn " + subscription.subscriptionArn()
                        + " --attribute-name FilterPolicy --attribute-value '{}'");
        return false;
    }
}
