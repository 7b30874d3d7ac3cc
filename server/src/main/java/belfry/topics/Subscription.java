package belfry.topics;

import belfry.base.Arn;
import belfry.base.TextMap;
import belfry.store.Row;
import belfry.store.Tx;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A subscription.
 *
 * @param attributes only those that were set
 * @param principal the ARN of whoever subscribed
 * @param expiresAt when it goes if nobody confirms it; null once confirmed
 * @param confirmedAuthenticated whether a signed call confirmed it
 * @param authenticateOnUnsubscribe whether only a signed call may end it
 */
record Subscription(
        String arn,
        String topicArn,
        String protocol,
        String endpoint,
        SortedMap<String, String> attributes,
        String principal,
        @Nullable Instant expiresAt,
        boolean confirmedAuthenticated,
        boolean authenticateOnUnsubscribe) {
    private static final String COLUMNS = "SELECT arn, topic_arn, protocol, endpoint, attributes, principal,"
            + " expires_at, confirmed_authenticated, authenticate_on_unsubscribe FROM subscription ";

    Subscription {
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    }

    static Optional<Subscription> find(Tx tx, String arn) {
        return tx.first(COLUMNS + "WHERE arn = ?", Subscription::read, arn);
    }

    /** @throws belfry.wire.ServiceException {@code NotFound} */
    static Subscription get(Tx tx, String arn) {
        return find(tx, arn).orElseThrow(Faults::subscriptionMissing);
    }

    static Optional<Subscription> find(Tx tx, String topicArn, String protocol, String endpoint) {
        return tx.first(
                COLUMNS + "WHERE topic_arn = ? AND protocol = ? AND endpoint = ?",
                Subscription::read,
                topicArn,
                protocol,
                endpoint);
    }

    static List<Subscription> ofTopic(Tx tx, String topicArn) {
        return tx.query(COLUMNS + "WHERE topic_arn = ? ORDER BY arn", Subscription::read, topicArn);
    }

    /** One page of a topic's subscriptions, behind {@code after}. */
    static List<Subscription> ofTopic(Tx tx, String topicArn, String after, int limit) {
        return tx.query(
                COLUMNS + "WHERE topic_arn = ? AND arn > ? ORDER BY arn LIMIT ?",
                Subscription::read,
                topicArn,
                after,
                limit);
    }

    /** One page of an account's subscriptions in a region, behind {@code after}. */
    static List<Subscription> list(Tx tx, String account, String region, String after, int limit) {
        return tx.query(
                COLUMNS + "WHERE account = ? AND region = ? AND arn > ? ORDER BY arn LIMIT ?",
                Subscription::read,
                account,
                region,
                after,
                limit);
    }

    void insert(Tx tx) {
        Arn topic = Arn.parse(topicArn).orElseThrow();
        tx.update(
                "INSERT INTO subscription (arn, topic_arn, account, region, protocol, endpoint, attributes, principal,"
                        + " expires_at, confirmed_authenticated, authenticate_on_unsubscribe)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                arn,
                topicArn,
                topic.account(),
                topic.region(),
                protocol,
                endpoint,
                TextMap.write(attributes),
                principal,
                expiresAt,
                confirmedAuthenticated,
                authenticateOnUnsubscribe);
    }

    /** Ends it and the tokens of its mails; the topic counts it. */
    void delete(Tx tx) {
        tx.update("DELETE FROM subscription_token WHERE subscription_arn = ?", arn);
        tx.update("DELETE FROM subscription_throttle WHERE subscription_arn = ?", arn);
        tx.update("DELETE FROM subscription WHERE arn = ?", arn);
        tx.update("UPDATE topic SET subscriptions_deleted = subscriptions_deleted + 1 WHERE arn = ?", topicArn);
    }

    void setAttributes(Tx tx, Map<String, String> to) {
        tx.update("UPDATE subscription SET attributes = ? WHERE arn = ?", TextMap.write(to), arn);
    }

    /** Whether it is called by HTTP. */
    boolean web() {
        return protocol.equals("http") || protocol.equals("https");
    }

    /** Whether it gets the message alone, without an envelope. */
    boolean raw() {
        return "true".equals(attributes.get("RawMessageDelivery"));
    }

    boolean pending() {
        return expiresAt != null;
    }

    private static Subscription read(Row row) {
        return new Subscription(
                row.text(1),
                row.text(2),
                row.text(3),
                row.text(4),
                TextMap.read(row.text(5)),
                row.text(6),
                row.instantOrNull(7),
                row.flag(8),
                row.flag(9));
    }
}
