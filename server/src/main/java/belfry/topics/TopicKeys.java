package belfry.topics;

import belfry.gateway.Call;
import belfry.gateway.OnBehalf;
import belfry.gateway.ServiceCall;
import belfry.store.Tx;
import belfry.vault.KeyUse;
import belfry.vault.Keys;
import belfry.wire.ServiceException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks KMS whether a publisher may use a topic's key, and records the asking (semantics: sns.md §1.2). It takes
 * {@code kms:GenerateDataKey} and {@code kms:Decrypt}: a caller by its own permissions, a service by the key's policy
 * alone, which for the AWS managed key lets none in.
 */
final class TopicKeys {
    private static final String TRAIL = "cloudtrail.amazonaws.com";
    private static final List<String> NEEDED = List.of("GenerateDataKey", "Decrypt");

    private final Keys keys;
    private final MessageSeals seals;
    private final ServiceCall.Recorder recorder;

    TopicKeys(Keys keys, MessageSeals seals, ServiceCall.Recorder recorder) {
        this.keys = keys;
        this.seals = seals;
        this.recorder = recorder;
    }

    /**
     * What KMS answered a service.
     *
     * @param keyId what the message is to be sealed with; {@link MessageSeals#NONE} for a topic without a key
     * @param refusal why it cannot be; null where it can
     */
    record Answer(long keyId, @Nullable ServiceException refusal) {}

    /**
     * The key for a caller's message; {@link MessageSeals#NONE} for a topic without one.
     *
     * @throws ServiceException {@code KMSAccessDenied}, {@code KMSDisabled}, {@code KMSInvalidState},
     *     {@code KMSNotFound}
     */
    long forCall(Tx tx, Topic topic, Call call) {
        String typed = topic.kmsKey();
        if (typed == null) {
            return MessageSeals.NONE;
        }
        KeyUse use = use(topic, typed);
        OnBehalf asked = use.call("GenerateDataKey", null);
        try {
            String keyArn = use.usable(tx, keys, call.now());
            for (String operation : NEEDED) {
                asked = use.call(operation, keyArn);
                use.require(tx, call, keyArn, operation);
            }
            String producer = call.principal().arn();
            Optional<Long> current = MessageSeals.current(tx, topic.arn(), keyArn, producer, call.now());
            if (current.isPresent()) {
                return current.get();
            }
            long made = seals.make(tx, topic.arn(), keyArn, producer, call.now());
            NEEDED.forEach(operation -> call.onBehalf(use.call(operation, keyArn)));
            return made;
        } catch (ServiceException e) {
            call.onBehalf(asked.failed(e));
            throw KmsFaults.asSnsSays(e);
        }
    }

    private static KeyUse use(Topic topic, String typed) {
        return new KeyUse("sns", topic.arn(), typed, MessageSeals.context(topic.arn()));
    }

    /**
     * The key for a service's message. Never throws for what KMS refuses.
     *
     * @param service the service principal, such as {@code cloudwatch.amazonaws.com}
     * @param source what it works for: the ARN of an alarm or a rule
     */
    Answer forService(Tx tx, Topic topic, String service, String source, Instant now) {
        String typed = topic.kmsKey();
        if (typed == null) {
            return new Answer(MessageSeals.NONE, null);
        }
        KeyUse use = use(topic, typed);
        try {
            String keyArn = use.usable(tx, keys, now);
            for (String operation : NEEDED) {
                use.requireOf(tx, keys, service, source, keyArn, operation);
            }
            Optional<Long> current = MessageSeals.current(tx, topic.arn(), keyArn, service, now);
            if (current.isEmpty()) {
                NEEDED.forEach(operation -> record(tx, use.callOf(service, operation, keyArn, null)));
            }
            return new Answer(current.orElseGet(() -> seals.make(tx, topic.arn(), keyArn, service, now)), null);
        } catch (ServiceException e) {
            refused(tx, use, service, e, now);
            return new Answer(MessageSeals.NONE, KmsFaults.asSnsSays(e));
        }
    }

    /** Once in a while: a rule that matches the record of its own refusal must not go round for ever. */
    private void refused(Tx tx, KeyUse use, String service, ServiceException e, Instant now) {
        long lately = tx.count(
                "SELECT COUNT(*) FROM topic_key WHERE topic_arn = ? AND producer = ? AND created_at > ?"
                        + " AND data_key IS NULL",
                use.resourceArn(),
                service,
                now.minus(MessageSeals.REUSED));
        if (lately > 0) {
            return;
        }
        tx.update(
                "INSERT INTO topic_key (topic_arn, kms_key, producer, created_at) VALUES (?, ?, ?, ?)",
                use.resourceArn(),
                use.typed(),
                service,
                now);
        record(tx, use.callOf(service, "GenerateDataKey", null, e));
    }

    /** Not CloudTrail's own: an idle trail would write files about its files (docs/decisions/0412). */
    private void record(Tx tx, ServiceCall call) {
        if (!call.invokedBy().equals(TRAIL)) {
            recorder.record(tx, call);
        }
    }
}
