package belfry.topics;

import belfry.gateway.Endpoint;
import belfry.store.Store;
import belfry.topics.mail.Block;
import belfry.topics.mail.Document;
import belfry.topics.mail.Tone;
import java.util.List;
import java.util.Optional;

/**
 * Where the unsubscribe link of a mail leads. Looking at it changes nothing, for mail scanners follow links; its button
 * (and a mail program's one-click unsubscribe) sends a POST, which does.
 */
final class UnsubscribePage implements Endpoint {
    private final Store store;

    UnsubscribePage(Store store) {
        this.store = store;
    }

    @Override
    public Response answer(Request request) {
        String arn = request.query().getOrDefault("SubscriptionArn", "");
        Optional<Subscription> found = store.read(tx -> Subscription.find(tx, arn));
        if (found.isEmpty()) {
            return Pages.problem(404, "Nothing to unsubscribe", "There is no such subscription, or no longer.");
        }
        Subscription subscription = found.get();
        if (subscription.authenticateOnUnsubscribe()) {
            return Pages.problem(
                    403,
                    "This subscription is protected",
                    "Whoever confirmed it chose that only a signed request may end it:\n"
                            + "aws sns unsubscribe --subscription-arn " + subscription.arn());
        }
        return request.method().equals("POST") ? end(subscription) : ask(subscription);
    }

    private Response ask(Subscription subscription) {
        return page(
                Tone.PLAIN,
                "Unsubscribe?",
                List.of(
                        new Block.Paragraph(subscription.endpoint() + " will get no more messages of the topic "
                                + Names.nameOf(subscription.topicArn()) + "."),
                        new Block.PostButton("Unsubscribe", Links.unsubscribeQuery(subscription))),
                subscription);
    }

    private Response end(Subscription subscription) {
        store.change(tx -> Subscription.find(tx, subscription.arn()).ifPresent(still -> still.delete(tx)));
        return page(
                Tone.GOOD,
                "You have unsubscribed",
                List.of(
                        new Block.Paragraph(subscription.endpoint() + " will get no more messages of the topic "
                                + Names.nameOf(subscription.topicArn())
                                + ". One that was already on its way may still come."),
                        new Block.Paragraph("To get them again, subscribe anew.")),
                subscription);
    }

    private static Response page(Tone tone, String title, List<Block> blocks, Subscription subscription) {
        return Pages.page(200, new Document(tone, Names.nameOf(subscription.topicArn()), title, blocks));
    }
}
