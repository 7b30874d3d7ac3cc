package belfry.topics;

import belfry.base.Ids;
import belfry.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Fans a message out: a row in the outbox for each subscription, with what was decided about it. */
final class Publisher {
    private final Letters letters;
    private final Ids ids;
    private final String mailDomain;
    private final QueueSubscribers queues;
    private final WebSubscribers web;
    private final TextMessages texts;
    private final StatusLogs statusLogs;

    /** @param mailDomain what Message-IDs end with: the domain of the sender's address */
    Publisher(
            Letters letters,
            Ids ids,
            String mailDomain,
            QueueSubscribers queues,
            WebSubscribers web,
            TextMessages texts,
            StatusLogs statusLogs) {
        this.letters = letters;
        this.ids = ids;
        this.mailDomain = mailDomain;
        this.queues = queues;
        this.web = web;
        this.texts = texts;
        this.statusLogs = statusLogs;
    }

    /** Writes the rows; part of the caller's transaction. */
    void publish(Tx tx, Publication publication) {
        if (Ordering.fifo(publication.topic().arn()) && publication.order() == null) {
            throw Faults.invalid("The MessageGroupId parameter is required for FIFO topics");
        }
        SnsMetrics.published(tx, publication);
        for (Subscription subscription :
                Subscription.ofTopic(tx, publication.topic().arn())) {
            publish(tx, publication, subscription);
        }
        publication.alert().ifPresent(alert -> Outbox.about(tx, publication.messageId(), alert.alarmArn()));
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
        Outbox.Mail mail = new Outbox.Mail(
                "confirm:" + messageId,
                mailId(),
                letter,
                MailThread.NONE,
                MessageSeals.NONE,
                now.plus(Confirmations.VALID));
        Outbox.queue(tx, Outbox.Address.of(messageId, subscription), mail, now);
    }

    /** Tells an http or https endpoint that its subscription has ended. */
    void sayGoodbye(Tx tx, Topic topic, Subscription subscription, String token, Instant now) {
        web.sayGoodbye(tx, topic, subscription, token, now);
    }

    private void publish(Tx tx, Publication publication, Subscription subscription) {
        Outbox.Address to = Outbox.Address.of(publication.messageId(), subscription);
        if (subscription.pending()) {
            Outbox.close(tx, to, new Decision.NotConfirmed(), publication.at());
        } else if (!FilterPolicy.wanted(subscription.attributes(), publication.message())) {
            Outbox.close(tx, to, new Decision.FilteredOut(), publication.at());
            SnsMetrics.filteredOut(tx, subscription.topicArn(), publication.at());
        } else if (subscription.protocol().equals("sqs")) {
            Decision decision = queues.send(tx, publication, subscription);
            Outbox.close(tx, to, decision, publication.at());
            SnsMetrics.ended(tx, subscription.topicArn(), decision, publication.at());
            expectStatus(tx, publication, subscription);
            statusLogs.sent(tx, publication, subscription, decision);
        } else if (subscription.web()) {
            web.send(tx, publication, subscription);
            expectStatus(tx, publication, subscription);
        } else if (subscription.protocol().equals("sms")) {
            texts.send(tx, publication, subscription);
        } else {
            mail(tx, publication, subscription, to);
        }
    }

    private static void expectStatus(Tx tx, Publication publication, Subscription subscription) {
        String protocol = subscription.protocol();
        StatusLogs.expect(
                tx, publication.topic(), protocol, publication.message().bodyFor(protocol));
    }

    private void mail(Tx tx, Publication publication, Subscription subscription, Outbox.Address to) {
        Instant now = publication.at();
        Optional<Duration> period = DigestPeriod.of(subscription.attributes());
        boolean alarming = publication
                .alert()
                .filter(alert -> alert.state().equals("ALARM"))
                .isPresent();
        boolean gathers = period.filter(time -> Digests.gathers(tx, subscription.arn(), time, alarming, now))
                .isPresent();
        Outbox.Mail mail = mail(tx, publication, subscription, gathers);
        if (gathers) {
            Outbox.gather(tx, to, mail, now);
        } else {
            Outbox.queue(tx, to, mail, now);
        }
        if (period.isPresent()) {
            Outbox.line(tx, mail, DigestLines.of(publication));
        }
    }

    /**
     * Mails about one alarm keep their order, and wait for none about another.
     *
     * @param gathers whether it may never be sent as it is, and so begins or continues no conversation
     */
    private Outbox.Mail mail(Tx tx, Publication publication, Subscription subscription, boolean gathers) {
        String mailId = mailId();
        String alarm = publication.alert().map(AlertDocument::alarmArn).orElse("");
        MailThread thread = alarm.isEmpty() || gathers
                ? MailThread.NONE
                : MailThread.next(tx, subscription.arn(), alarm, mailId, publication.at());
        String lane = alarm.isEmpty() ? subscription.arn() : subscription.arn() + " " + alarm;
        Letter letter = letter(tx, publication, subscription);
        return new Outbox.Mail(
                lane,
                mailId,
                letter,
                thread,
                publication.keyId(),
                publication.at().plus(Outbox.TRIED));
    }

    private Letter letter(Tx tx, Publication publication, Subscription subscription) {
        boolean readable = subscription.protocol().equals("email");
        return publication
                .alert()
                .filter(alert -> readable)
                .map(alert -> letters.notification(publication, alert.mail(), subscription))
                .orElseGet(() -> letters.notification(tx, publication, subscription));
    }

    /** A Message-ID that no other mail has. */
    String mailId() {
        return "<" + ids.uuid() + "@" + mailDomain + ">";
    }
}
