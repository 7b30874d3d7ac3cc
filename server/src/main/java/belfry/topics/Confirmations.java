package belfry.topics;

import belfry.base.Bell;
import belfry.base.Ids;
import belfry.base.TextMap;
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

    /** Ends a subscription; an http or https endpoint is told, with a token that brings it back for two days. */
    void end(Tx tx, Subscription subscription, Instant now) {
        subscription.delete(tx);
        if (!subscription.web() || subscription.pending()) {
            return;
        }
        String token = ids.hex(TOKEN_LENGTH);
        tx.update(
                "INSERT INTO subscription_restore (token, arn, topic_arn, protocol, endpoint, attributes, principal,"
                        + " authenticate_on_unsubscribe, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                token,
                subscription.arn(),
                subscription.topicArn(),
                subscription.protocol(),
                subscription.endpoint(),
                TextMap.write(subscription.attributes()),
                subscription.principal(),
                subscription.authenticateOnUnsubscribe(),
                now.plus(VALID));
        Topic.find(tx, subscription.topicArn())
                .ifPresent(topic -> publisher.sayGoodbye(tx, topic, subscription, token, now));
        tx.ring(ASKED);
    }

    /** Brings an ended subscription back, unless the endpoint was subscribed anew meanwhile. */
    private static Optional<Subscription> restore(Tx tx, String token, boolean authenticated, Instant now) {
        Optional<Subscription> ended = tx.first(
                "SELECT arn, topic_arn, protocol, endpoint, attributes, principal, authenticate_on_unsubscribe"
                        + " FROM subscription_restore WHERE token = ? AND expires_at > ?",
                row -> new Subscription(
                        row.text(1),
                        row.text(2),
                        row.text(3),
                        row.text(4),
                        TextMap.read(row.text(5)),
                        row.text(6),
                        null,
                        authenticated,
                        row.flag(7)),
                token,
                now);
        ended.filter(one -> Subscription.find(tx, one.topicArn(), one.protocol(), one.endpoint())
                        .isEmpty())
                .ifPresent(one -> one.insert(tx));
        return ended.flatMap(one -> Subscription.find(tx, one.topicArn(), one.protocol(), one.endpoint()));
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
        Subscription subscription = waiting(tx, topicArn, token, authenticated, now);
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

    private static Subscription waiting(Tx tx, String topicArn, String token, boolean authenticated, Instant now) {
        if (!TOKEN.matcher(token).matches()) {
            throw Faults.invalid("Token");
        }
        Topic topic = Topic.get(tx, topicArn);
        Optional<Subscription> named = tx.first(
                        "SELECT subscription_arn FROM subscription_token WHERE token = ? AND expires_at > ?",
                        row -> row.text(1),
                        token,
                        now)
                .flatMap(arn -> Subscription.find(tx, arn))
                .or(() -> restore(tx, token, authenticated, now));
        Subscription subscription = named.orElseThrow(() -> Faults.invalidPlain("Invalid token"));
        if (!subscription.topicArn().equals(topic.arn())) {
            throw Faults.invalid("Topic");
        }
        return subscription;
    }
}
