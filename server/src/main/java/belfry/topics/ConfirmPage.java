package belfry.topics;

import belfry.base.Clock;
import belfry.gateway.Endpoint;
import belfry.store.Store;
import belfry.topics.mail.Block;
import belfry.topics.mail.Document;
import belfry.topics.mail.Tone;
import belfry.wire.ServiceException;
import java.util.List;

/** Where the link of a confirmation mail leads: it confirms and says so (semantics: sns.md §4). */
final class ConfirmPage implements Endpoint {
    private final Store store;
    private final Clock clock;
    private final Links links;

    ConfirmPage(Store store, Clock clock, Links links) {
        this.store = store;
        this.clock = clock;
        this.links = links;
    }

    @Override
    public Response answer(Request request) {
        if (request.method().equals("HEAD")) {
            return Response.html(200, "");
        }
        String topicArn = request.query().getOrDefault("TopicArn", "");
        String token = request.query().getOrDefault("Token", "");
        try {
            return confirmed(store.write(tx -> Confirmations.confirm(tx, topicArn, token, false, false, clock.now())));
        } catch (ServiceException e) {
            return Pages.problem(
                    e.status(),
                    "This link does not work",
                    "It is incomplete, or older than two days, or the topic is gone. Nothing was changed. Ask for a new"
                            + " mail by subscribing again.");
        }
    }

    private Response confirmed(Subscription subscription) {
        String topic = Names.nameOf(subscription.topicArn());
        return Pages.page(
                200,
                new Document(
                        Tone.GOOD,
                        topic,
                        "Subscription confirmed!",
                        List.of(
                                new Block.Paragraph("You have successfully subscribed " + subscription.endpoint()
                                        + " to the topic " + topic + "."),
                                new Block.Paragraph(
                                        "From now on, every message of this topic comes to that address. Each"
                                                + " one says at its end how to stop them."),
                                new Block.Facts(List.of(
                                        new Block.Fact("Your subscription's id is", subscription.arn()),
                                        new Block.Fact("Topic", subscription.topicArn()))),
                                new Block.Footer(
                                        "If it was not your intention to subscribe,",
                                        "click here to unsubscribe.",
                                        links.unsubscribe(subscription)))));
    }
}
