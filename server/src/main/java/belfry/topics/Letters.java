package belfry.topics;

import belfry.store.Tx;
import belfry.topics.mail.Block;
import belfry.topics.mail.Document;
import belfry.topics.mail.HtmlRendering;
import belfry.topics.mail.TextRendering;
import belfry.topics.mail.Tone;
import java.util.List;
import java.util.Objects;

/** Writes the mails that SNS sends (semantics: sns.md §4). */
final class Letters {
    private static final String SENDER = "Belfry Notifications";
    private static final String NO_REPLY = "Please do not reply directly to this email.";
    private static final String STOP = "If you wish to stop receiving notifications from this topic,"
            + " please click or visit the link below to unsubscribe:";
    private static final String DEFAULT_SUBJECT = "AWS Notification Message";

    private final Links links;
    private final Envelopes envelopes;

    Letters(Links links, Envelopes envelopes) {
        this.links = links;
        this.envelopes = envelopes;
    }

    /** The only mail that an unconfirmed address ever gets. */
    Letter confirmation(Topic topic, Subscription subscription, String token) {
        String link = links.confirm(subscription, token);
        Document document = new Document(
                Tone.PLAIN,
                "CONFIRM YOUR SUBSCRIPTION",
                Names.nameOf(topic.arn()),
                List.of(
                        new Block.Paragraph("You have chosen to subscribe to the topic:\n" + topic.arn()),
                        new Block.Paragraph("To confirm this subscription, click or visit the link below"
                                + " (If this was in error no action is necessary):"),
                        new Block.Button("Confirm subscription", link),
                        new Block.Paragraph("The link works for two days. Until it is used, nothing else is sent to "
                                + subscription.endpoint() + "."),
                        new Block.Footer(NO_REPLY, "", "")));
        return letter(topic, "AWS Notification - Subscription Confirmation", document, null);
    }

    /** A published message as plain text, as SNS sends it. */
    Letter notification(Tx tx, Publication publication, Subscription subscription) {
        String unsubscribe = links.unsubscribe(subscription);
        String body = subscription.protocol().equals("email-json")
                ? envelopes.notification(tx, publication, subscription)
                : publication.message().bodyFor(subscription.protocol());
        return new Letter(
                sender(publication.topic()),
                subject(publication),
                body + "\n" + footer(unsubscribe),
                null,
                unsubscribe);
    }

    /** A published document, as text and HTML. */
    Letter notification(Publication publication, Document document, Subscription subscription) {
        return letter(
                sender(publication.topic()),
                subject(publication),
                document,
                subscription.endpoint(),
                publication.topic().arn(),
                links.unsubscribe(subscription));
    }

    /** Several messages in one; {@code last} is one of them. */
    static Letter digest(String subject, Document document, Digests.Gathered last) {
        String unsubscribe = Objects.requireNonNullElse(last.unsubscribeUrl(), "");
        return letter(last.sender(), subject, document, last.endpoint(), last.topicArn(), unsubscribe);
    }

    /** The text of a notification without what stands below every one. */
    static String withoutFooter(String text) {
        int footer = text.lastIndexOf("\n--\n" + STOP);
        return footer < 0 ? text : text.substring(0, footer).stripTrailing();
    }

    private static String footer(String unsubscribe) {
        return "\n--\n" + STOP + "\n" + unsubscribe + "\n\n" + NO_REPLY + "\n";
    }

    private static Letter letter(
            String sender, String subject, Document document, String endpoint, String topicArn, String unsubscribe) {
        String text = TextRendering.render(document) + footer(unsubscribe);
        String html = HtmlRendering.render(document.with(new Block.Footer(
                "You receive this mail because " + endpoint + " is subscribed to the topic " + Names.nameOf(topicArn)
                        + ".",
                "Unsubscribe",
                unsubscribe)));
        return new Letter(sender, subject, text, html, unsubscribe);
    }

    private static Letter letter(
            Topic topic, String subject, Document document, @org.jspecify.annotations.Nullable String unsubscribe) {
        return new Letter(
                sender(topic), subject, TextRendering.render(document), HtmlRendering.render(document), unsubscribe);
    }

    private static String subject(Publication publication) {
        String subject = publication.message().subject();
        return subject == null ? DEFAULT_SUBJECT : subject;
    }

    private static String sender(Topic topic) {
        return topic.displayName().isEmpty() ? SENDER : topic.displayName();
    }
}
