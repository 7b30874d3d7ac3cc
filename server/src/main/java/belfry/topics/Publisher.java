package belfry.topics;

import belfry.base.Ids;
import belfry.store.Tx;
import java.time.Instant;

/** Fans a message out: a row in the outbox for each subscription, with what was decided about it. */
final class Publisher {
    private final Letters letters;
    private final Ids ids;
    private final String mailDomain;
    private final QueueSubscribers queues;
    private final WebSubscribers web;
    private final TextMessages texts;

    /** @param mailDomain what Message-IDs end with: the domain of the sender's address */
    Publisher(
            Letters letters,
            Ids ids,
            String mailDomain,
            QueueSubscribers queues,
            WebSubscribers web,
            TextMessages texts) {
        this.letters = letters;
        this.ids = ids;
        this.mailDomain = mailDomain;
        this.queues = queues;
        this.web = web;
        this.texts = texts;
    }

    /** Writes the rows; part of the caller's transaction. */
    void publish(Tx tx, Publication publication) {
        for (Subscription subscription :
                Subscription.ofTopic(tx, publication.topic().arn())) {
            publish(tx, publication, subscription);
        }
    }

    /** Queues what asks the subscriber to confirm. */
    void askToConfirm(Tx tx, Topic topic, Subscription subscription, String token, Instant now) {
        if (subscription.web()) {
            web.askToConfirm(tx, topic, subscription, token, now);
            return;
        }
        String messageId = ids.uuid();
        Letter letter = letters.confirmation(topic, subscription, token);
        // A lane of its own: a second try to subscribe must not wait behind a first mail that does not get through.
        Outbox.queue(tx, Outbox.Address.of(messageId, subscription), "confirm:" + messageId, mailId(), letter, now);
    }

    /** Tells an http or https endpoint that its subscription has ended. */
    void sayGoodbye(Tx tx, Topic topic, Subscription subscription, String token, Instant now) {
        web.sayGoodbye(tx, topic, subscription, token, now);
    }

    private void publish(Tx tx, Publication publication, Subscription subscription) {
        Outbox.Address to = Outbox.Address.of(publication.messageId(), subscription);
        if (subscription.pending()) {
            Outbox.decline(tx, to, new Decision.NotConfirmed(), publication.at());
        } else if (!FilterPolicy.wanted(subscription.attributes(), publication.message())) {
            Outbox.decline(tx, to, new Decision.FilteredOut(), publication.at());
        } else if (subscription.protocol().equals("sqs")) {
            Outbox.close(tx, to, queues.send(tx, publication, subscription), publication.at());
        } else if (subscription.web()) {
            web.send(tx, publication, subscription);
        } else if (subscription.protocol().equals("sms")) {
            texts.send(tx, publication, subscription);
        } else {
            Letter letter = letter(tx, publication, subscription);
            Outbox.queue(tx, to, subscription.arn(), mailId(), letter, publication.at());
        }
    }

    private Letter letter(Tx tx, Publication publication, Subscription subscription) {
        boolean readable = subscription.protocol().equals("email");
        return publication
                .alert()
                .filter(alert -> readable)
                .map(alert -> letters.notification(publication, alert.mail(), subscription))
                .orElseGet(() -> letters.notification(tx, publication, subscription));
    }

    private String mailId() {
        return "<" + ids.uuid() + "@" + mailDomain + ">";
    }
}
