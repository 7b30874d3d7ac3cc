package belfry.topics;

import belfry.base.Ids;
import belfry.store.Tx;

/** Fans a message out: a row in the outbox for each subscription, with what was decided about it. */
final class Publisher {
    private final Letters letters;
    private final Ids ids;
    private final String mailDomain;
    private final QueueSubscribers queues;

    /** @param mailDomain what Message-IDs end with: the domain of the sender's address */
    Publisher(Letters letters, Ids ids, String mailDomain, QueueSubscribers queues) {
        this.letters = letters;
        this.ids = ids;
        this.mailDomain = mailDomain;
        this.queues = queues;
    }

    /** Writes the rows; part of the caller's transaction. */
    void publish(Tx tx, Publication publication) {
        for (Subscription subscription :
                Subscription.ofTopic(tx, publication.topic().arn())) {
            publish(tx, publication, subscription);
        }
    }

    /** Queues the mail that asks the subscriber to confirm. */
    void askToConfirm(Tx tx, Topic topic, Subscription subscription, String token, java.time.Instant now) {
        String messageId = ids.uuid();
        Letter letter = letters.confirmation(topic, subscription, token);
        // A lane of its own: a second try to subscribe must not wait behind a first mail that does not get through.
        Outbox.queue(tx, address(messageId, subscription), "confirm:" + messageId, mailId(), letter, now);
    }

    private void publish(Tx tx, Publication publication, Subscription subscription) {
        Outbox.Address to = address(publication.messageId(), subscription);
        if (subscription.pending()) {
            Outbox.decline(tx, to, new Decision.NotConfirmed(), publication.at());
        } else if (!FilterPolicy.wanted(subscription.attributes(), publication.message())) {
            Outbox.decline(tx, to, new Decision.FilteredOut(), publication.at());
        } else if (subscription.protocol().equals("sqs")) {
            Outbox.close(tx, to, queues.send(tx, publication, subscription), publication.at());
        } else {
            Outbox.queue(tx, to, subscription.arn(), mailId(), letter(publication, subscription), publication.at());
        }
    }

    private Letter letter(Publication publication, Subscription subscription) {
        boolean readable = subscription.protocol().equals("email");
        return publication
                .alert()
                .filter(alert -> readable)
                .map(alert -> letters.notification(publication, alert.mail(), subscription))
                .orElseGet(() -> letters.notification(publication, subscription));
    }

    private static Outbox.Address address(String messageId, Subscription subscription) {
        return new Outbox.Address(
                messageId,
                subscription.topicArn(),
                subscription.arn(),
                subscription.protocol(),
                subscription.endpoint());
    }

    private String mailId() {
        return "<" + ids.uuid() + "@" + mailDomain + ">";
    }
}
