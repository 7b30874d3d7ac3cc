package belfry.topics;

import belfry.store.Tx;
import belfry.topics.web.RetryPolicy;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Text messages, written into the outbox (semantics: sns.md §5, §6). */
final class TextMessages {
    private static final int LENGTH_MAX = 1_600;
    private static final String TARGET = "sms";
    private static final Pattern NUMBER = Pattern.compile("\\+?[1-9][0-9]{6,14}");

    /** An errand's header that says for whom it is sent; nobody but us reads it. */
    static final String SCOPE = "Scope";

    private final TextGateway gateway;
    private final DeadLetters deadLetters;

    TextMessages(TextGateway gateway, DeadLetters deadLetters) {
        this.gateway = gateway;
        this.deadLetters = deadLetters;
    }

    /** The number, if it is one and messages to it can be sent. */
    String number(String endpoint, String complaint) {
        checkGateway();
        return plain(endpoint, complaint);
    }

    /** Checks what a caller sets as SMS attributes; without a gateway they would mean nothing. */
    void checkSettings(Map<String, String> given) {
        checkGateway();
        TextSettings.check(gateway, given);
    }

    private void checkGateway() {
        if (gateway == TextGateway.NONE) {
            throw Faults.notImplemented("text messages without a gateway (the server's option --sms-gateway)");
        }
    }

    /** The number as it is sent and kept: a plus and digits. */
    static String plain(String endpoint, String complaint) {
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
        TextScope scope = TextScope.ofTopic(subscription.topicArn());
        queue(tx, to, scope, publication.message(), lane, dead, publication.keyId(), publication.at());
    }

    /** To a number that is subscribed to nothing. */
    void send(Tx tx, TextScope scope, String messageId, String number, Message message, Instant now) {
        Outbox.Address to = new Outbox.Address(messageId, "", "", "sms", number);
        queue(tx, to, scope, message, "", null, MessageSeals.NONE, now);
    }

    private void queue(
            Tx tx,
            Outbox.Address to,
            TextScope scope,
            Message message,
            String lane,
            @Nullable String deadLetterArn,
            long keyId,
            Instant now) {
        String text = message.bodyFor("sms");
        String cut = text.length() <= LENGTH_MAX ? text : text.substring(0, LENGTH_MAX);
        if (OptOuts.contains(tx, scope, to.endpoint())) {
            decline(tx, to, cut, deadLetterArn, now);
            return;
        }
        Map<String, String> headers = new LinkedHashMap<>(TextSettings.told(tx, scope, message.attributes()));
        headers.put(SCOPE, scope.toString());
        Errands.Load load =
                new Errands.Load(lane, TARGET, headers, cut, keyId, RetryPolicy.SMS, 0, deadLetterArn, null);
        Errands.queue(tx, to, load, now);
    }

    /** Its owner wants none: nothing is handed to the gateway until the number is opted in again. */
    private void decline(Tx tx, Outbox.Address to, String text, @Nullable String deadLetterArn, Instant now) {
        String reason = "The phone number " + to.endpoint() + " has opted out of text messages";
        if (deadLetterArn != null) {
            var letter = DeadLetters.Letter.of(to.topicArn(), deadLetterArn, text, OptOuts.CODE, reason);
            reason += deadLetters.bury(tx, letter, now).map(why -> "; " + why).orElse("; kept in " + deadLetterArn);
        }
        Decision decision = new Decision.Dead(reason);
        Outbox.close(tx, to, decision, now);
        if (!to.topicArn().isEmpty()) {
            SnsMetrics.ended(tx, to.topicArn(), decision, now);
        }
    }
}
