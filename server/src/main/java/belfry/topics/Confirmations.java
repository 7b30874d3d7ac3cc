package belfry.topics;

import belfry.base.Bell;
import belfry.base.Ids;
import belfry.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tokens: what a confirmation mail carries and what confirming with it does (semantics: sns.md §3). */
final class Confirmations {
    /** Rung when a subscription waits for its confirmation. */
    static final Bell ASKED = new Bell("topics.asked");

    /** How long a token is good, and how long a subscription waits. */
    static final Duration VALID = Duration.ofDays(2);

    private static final int TOKEN_LENGTH = 256;
    private static final Pattern TOKEN = Pattern.compile("[0-9a-f]{" + TOKEN_LENGTH + "}");

    private final Publisher publisher;
    private final Ids ids;

    /** @param ids from a secure source of randomness: whoever knows a token can confirm with it */
    Confirmations(Publisher publisher, Ids ids) {
        this.publisher = publisher;
        this.ids = ids;
    }

    /** Makes a token, sends the mail with it, and lets the subscription wait for another two days. */
    void ask(Tx tx, Topic topic, Subscription subscription, Instant now) {
        String token = ids.hex(TOKEN_LENGTH);
        Instant expires = now.plus(VALID);
        tx.update(
                "INSERT INTO subscription_token (token, subscription_arn, expires_at) VALUES (?, ?, ?)",
                token,
                subscription.arn(),
                expires);
        tx.update("UPDATE subscription SET expires_at = ? WHERE arn = ?", expires, subscription.arn());
        publisher.askToConfirm(tx, topic, subscription, token, now);
        tx.ring(ASKED);
    }

    /**
     * Confirms with a token; once more changes nothing.
     *
     * @param authenticated whether a signed call does it
     * @param authenticateOnUnsubscribe whether only a signed call may end the subscription from now on
     * @throws belfry.wire.ServiceException {@code InvalidParameter} or {@code NotFound}
     */
    static Subscription confirm(
            Tx tx,
            String topicArn,
            String token,
            boolean authenticated,
            boolean authenticateOnUnsubscribe,
            Instant now) {
        Subscription subscription = waiting(tx, topicArn, token, now);
        if (subscription.pending()) {
            tx.update(
                    "UPDATE subscription SET expires_at = NULL, confirmed_authenticated = ?,"
                            + " authenticate_on_unsubscribe = ? WHERE arn = ?",
                    authenticated,
                    authenticateOnUnsubscribe,
                    subscription.arn());
        }
        return Subscription.get(tx, subscription.arn());
    }

    private static Subscription waiting(Tx tx, String topicArn, String token, Instant now) {
        if (!TOKEN.matcher(token).matches()) {
            throw Faults.invalid("Token");
        }
        Topic topic = Topic.get(tx, topicArn);
        Optional<Subscription> named = tx.first(
                        "SELECT subscription_arn FROM subscription_token WHERE token = ? AND expires_at > ?",
                        row -> row.text(1),
                        token,
                        now)
                .flatMap(arn -> Subscription.find(tx, arn));
        Subscription subscription = named.orElseThrow(() -> Faults.invalidPlain("Invalid token"));
        if (!subscription.topicArn().equals(topic.arn())) {
            throw Faults.invalid("Topic");
        }
        return subscription;
    }
}
