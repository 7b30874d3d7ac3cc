package belfry.topics;

import belfry.store.Tx;
import belfry.topics.web.RetryPolicy;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Text messages, written into the outbox (semantics: sns.md §5, §6). */
final class TextMessages {
    private static final int LENGTH_MAX = 1_600;
    private static final String TARGET = "sms";
    private static final Pattern NUMBER = Pattern.compile("\\+?[1-9][0-9]{6,14}");

    private final boolean gateway;

    /** @param gateway whether there is anybody to hand them to */
    TextMessages(boolean gateway) {
        this.gateway = gateway;
    }

    /** The number, if it is one and messages to it can be sent. */
    String number(String endpoint, String complaint) {
        if (!gateway) {
            throw Faults.notImplemented("text messages without a gateway (the server's option --sms-gateway)");
        }
        String plain = endpoint.replaceAll("[ ().-]", "");
        if (!NUMBER.matcher(plain).matches()) {
            throw Faults.invalid(complaint + endpoint);
        }
        return plain.startsWith("+") ? plain : "+" + plain;
    }

    void send(Tx tx, Publication publication, Subscription subscription) {
        Outbox.Address to = Outbox.Address.of(publication.messageId(), subscription);
        String lane = publication.incident().isEmpty() ? "" : subscription.arn() + "|" + publication.incident();
        String dead = DeadLetters.queueOf(subscription.attributes());
        queue(tx, to, publication.message().bodyFor("sms"), lane, dead, publication.keyId(), publication.at());
    }

    /** To a number that is subscribed to nothing. */
    void send(Tx tx, String messageId, String number, Message message, Instant now) {
        Outbox.Address to = new Outbox.Address(messageId, "", "", "sms", number);
        queue(tx, to, message.bodyFor("sms"), "", null, MessageSeals.NONE, now);
    }

    private static void queue(
            Tx tx,
            Outbox.Address to,
            String text,
            String lane,
            @Nullable String deadLetterArn,
            long keyId,
            Instant now) {
        String cut = text.length() <= LENGTH_MAX ? text : text.substring(0, LENGTH_MAX);
        Errands.Load load =
                new Errands.Load(lane, TARGET, Map.of(), cut, keyId, RetryPolicy.SMS, 0, deadLetterArn, null);
        Errands.queue(tx, to, load, now);
    }
}
