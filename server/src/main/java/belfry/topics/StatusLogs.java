package belfry.topics;

import belfry.access.RolePermissions;
import belfry.base.Arn;
import belfry.base.Ids;
import belfry.base.Json;
import belfry.logs.ServiceLog;
import belfry.store.Tx;
import belfry.topics.queue.Md5;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Delivery status logging: the outcome of a notification becomes a line in the log group
 * {@code sns/<region>/<account>/<topic>}, or {@code …/Failure}, where the topic asks for it (docs/decisions/0818). Part
 * of the transaction that decides the outcome; what became of the line stands beside the outcome in the outbox.
 */
final class StatusLogs {
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Ids ids;

    StatusLogs(Ids ids) {
        this.ids = ids;
    }

    /**
     * How a notification ended.
     *
     * @param seq its row in the outbox
     * @param providerResponse what the endpoint said
     * @param dwell from publishing to the hand-over of the last try
     * @param statusCode null where nothing was answered
     */
    private record Ended(
            long seq,
            String topicArn,
            String messageId,
            String protocol,
            String destination,
            String deliveryId,
            String providerResponse,
            Instant publishedAt,
            Duration dwell,
            long attempts,
            @Nullable Integer statusCode,
            boolean success) {}

    /** Remembers a message's MD5, if its outcome may be logged; call it when its row has been written. */
    static void expect(Tx tx, Topic topic, String protocol, String message) {
        Feedback.kind(protocol)
                .filter(kind -> Feedback.role(topic.attributes(), kind, true).isPresent()
                        || Feedback.role(topic.attributes(), kind, false).isPresent())
                .ifPresent(kind -> tx.update(
                        "UPDATE outbox SET message_md5 = ? WHERE seq = ?", Md5.of(message), Outbox.newest(tx)));
    }

    /** An endpoint has taken a message, or never will. */
    void carried(Tx tx, Errand errand, Outbox.Try last, boolean success) {
        log(
                tx,
                new Ended(
                        errand.seq(),
                        errand.topicArn(),
                        errand.messageId(),
                        errand.protocol(),
                        SubscriptionAttributes.withoutPassword(errand.endpoint()),
                        ids.uuid(),
                        last.answer(),
                        errand.queuedAt(),
                        Duration.between(errand.queuedAt(), last.at()).minus(last.took()),
                        errand.attempts() + 1,
                        last.code().matches("\\d{3}") ? Integer.valueOf(last.code()) : null,
                        success),
                last.at());
    }

    /** A queue has taken a message or refused it, in the transaction that published it. */
    void sent(Tx tx, Publication publication, Subscription subscription, Decision decision) {
        QueueAnswer answer = QueueAnswer.of(decision, subscription.endpoint());
        String deliveryId = ids.uuid();
        log(
                tx,
                new Ended(
                        Outbox.newest(tx),
                        subscription.topicArn(),
                        publication.messageId(),
                        subscription.protocol(),
                        subscription.endpoint(),
                        deliveryId,
                        answer.json(deliveryId),
                        publication.at(),
                        Duration.ZERO,
                        1,
                        answer.status(),
                        answer.code().isEmpty()),
                publication.at());
    }

    /** Logs an outcome, if its topic still asks for it. Confirmations were never expected. */
    private void log(Tx tx, Ended ended, Instant now) {
        Optional<Topic> topic = Topic.find(tx, ended.topicArn());
        Optional<String> md5 = tx.first(
                        "SELECT message_md5 FROM outbox WHERE seq = ?",
                        row -> Optional.ofNullable(row.textOrNull(1)),
                        ended.seq())
                .orElseGet(Optional::empty);
        Optional<String> kind = Feedback.kind(ended.protocol());
        if (topic.isEmpty() || md5.isEmpty() || kind.isEmpty()) {
            return;
        }
        Map<String, String> attributes = topic.get().attributes();
        Feedback.role(attributes, kind.get(), ended.success()).ifPresent(role -> {
            int rate = ended.success() ? Feedback.rate(attributes, kind.get()) : 100;
            boolean sampled = rate > ids.below(100);
            String said = sampled ? write(tx, role, kind.get(), ended, md5.get(), now) : "not among the " + rate + " %";
            tx.update("UPDATE outbox SET status_log = ? WHERE seq = ?", said, ended.seq());
        });
    }

    private String write(Tx tx, String role, String kind, Ended ended, String md5, Instant now) {
        ServiceLog log = place(ended, kind);
        if (!Feedback.trusts(tx, role, ended.topicArn())) {
            return "not logged: " + Feedback.SERVICE + " may not assume " + role;
        }
        for (ServiceLog.Needed needed : log.needed(tx)) {
            if (!RolePermissions.allows(tx, role, needed.action(), needed.resource())) {
                return "not logged: " + role + " is not authorized to perform: " + needed.action() + " on resource: "
                        + needed.resource();
            }
        }
        return log.append(tx, line(ended, md5), now)
                .map(refusal -> "not logged: " + refusal)
                .orElse("logged in " + log.group());
    }

    /** A stream for each kind of endpoint, named as AWS names them: by an id. */
    private static ServiceLog place(Ended ended, String kind) {
        Arn topic = Arn.parse(ended.topicArn()).orElseThrow();
        String group = "sns/" + topic.region() + "/" + topic.account() + "/" + topic.resource()
                + (ended.success() ? "" : "/Failure");
        UUID stream = UUID.nameUUIDFromBytes((group + kind).getBytes(StandardCharsets.UTF_8));
        return new ServiceLog(topic.account(), topic.region(), group, stream.toString());
    }

    /** One line, its members as AWS orders them. */
    private static String line(Ended ended, String md5) {
        ObjectNode json = Json.object();
        json.putObject("notification")
                .put("messageMD5Sum", md5)
                .put("messageId", ended.messageId())
                .put("topicArn", ended.topicArn())
                .put("timestamp", TIMESTAMP.format(ended.publishedAt()));
        ObjectNode delivery = json.putObject("delivery")
                .put("deliveryId", ended.deliveryId())
                .put("destination", ended.destination())
                .put("providerResponse", ended.providerResponse())
                .put("dwellTimeMs", Math.max(0, ended.dwell().toMillis()))
                .put("attempts", ended.attempts());
        if (ended.statusCode() != null) {
            delivery.put("statusCode", ended.statusCode());
        }
        json.put("status", ended.success() ? "SUCCESS" : "FAILURE");
        return Json.write(json);
    }
}
