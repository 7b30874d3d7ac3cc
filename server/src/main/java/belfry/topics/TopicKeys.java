package belfry.topics;

import belfry.base.Json;
import belfry.gateway.Call;
import belfry.gateway.OnBehalf;
import belfry.gateway.Permission;
import belfry.gateway.ServiceCall;
import belfry.gateway.Touched;
import belfry.store.Tx;
import belfry.vault.Keys;
import belfry.vault.Place;
import belfry.wire.ServiceException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks KMS whether a publisher may use a topic's key, and records the asking (semantics: sns.md §1.2). It takes
 * {@code kms:GenerateDataKey} and {@code kms:Decrypt}: a caller by its own permissions, a service by the key's policy
 * alone, which for the AWS managed key lets none in.
 */
final class TopicKeys {
    private static final String SNS = "sns.amazonaws.com";
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
        OnBehalf asked = onBehalf("GenerateDataKey", topic, typed, List.of());
        try {
            Place place = MessageSeals.place(topic.arn());
            String keyArn = usable(tx, place, typed, call.now());
            for (String operation : NEEDED) {
                asked = onBehalf(operation, topic, typed, touched(keyArn));
                Keys.permission(tx, place, keyArn, "sns", operation, MessageSeals.context(topic.arn()))
                        .ifPresent(permission -> require(tx, permission, call));
            }
            String producer = call.principal().arn();
            Optional<Long> current = MessageSeals.current(tx, topic.arn(), keyArn, producer, call.now());
            if (current.isPresent()) {
                return current.get();
            }
            long made = seals.make(tx, topic.arn(), keyArn, producer, call.now());
            NEEDED.forEach(operation -> call.onBehalf(onBehalf(operation, topic, typed, touched(keyArn))));
            return made;
        } catch (ServiceException e) {
            call.onBehalf(asked.failed(e));
            throw KmsFaults.asSnsSays(e);
        }
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
        try {
            Place place = MessageSeals.place(topic.arn());
            String keyArn = usable(tx, place, typed, now);
            for (String operation : NEEDED) {
                require(tx, place, topic, keyArn, service, operation, source);
            }
            Optional<Long> current = MessageSeals.current(tx, topic.arn(), keyArn, service, now);
            if (current.isEmpty()) {
                NEEDED.forEach(operation ->
                        record(tx, topic, service, operation, parameters(operation, topic, typed), keyArn));
            }
            return new Answer(current.orElseGet(() -> seals.make(tx, topic.arn(), keyArn, service, now)), null);
        } catch (ServiceException e) {
            refused(tx, topic, typed, service, e, now);
            return new Answer(MessageSeals.NONE, KmsFaults.asSnsSays(e));
        }
    }

    /** KMS says no in its own code, whichever service the caller called. */
    private static void require(Tx tx, Permission permission, Call call) {
        try {
            call.require(tx, permission);
        } catch (ServiceException e) {
            throw ServiceException.of("AccessDeniedException", String.valueOf(e.getMessage()));
        }
    }

    private String usable(Tx tx, Place place, String typed, Instant now) {
        return keys.usable(tx, place, keys.arn(tx, place, typed, now));
    }

    private void require(
            Tx tx, Place place, Topic topic, String keyArn, String service, String operation, String source) {
        Map<String, String> context = MessageSeals.context(topic.arn());
        if (!keys.letsThrough(tx, place, "sns", keyArn, service, operation, source, context)) {
            throw ServiceException.of(
                    "AccessDeniedException",
                    service + " is not authorized to perform: kms:" + operation + " on resource: " + keyArn
                            + " because no resource-based policy allows the kms:" + operation + " action");
        }
    }

    /** Once in a while: a rule that matches the record of its own refusal must not go round for ever. */
    private void refused(Tx tx, Topic topic, String typed, String service, ServiceException e, Instant now) {
        long lately = tx.count(
                "SELECT COUNT(*) FROM topic_key WHERE topic_arn = ? AND producer = ? AND created_at > ?"
                        + " AND data_key IS NULL",
                topic.arn(),
                service,
                now.minus(MessageSeals.REUSED));
        if (lately > 0) {
            return;
        }
        tx.update(
                "INSERT INTO topic_key (topic_arn, kms_key, producer, created_at) VALUES (?, ?, ?, ?)",
                topic.arn(),
                typed,
                service,
                now);
        ObjectNode parameters = parameters("GenerateDataKey", topic, typed);
        record(
                tx,
                new ServiceCall(
                        topic.owner(), topic.region(), "kms", "GenerateDataKey", parameters, List.of(), service, e));
    }

    private void record(Tx tx, Topic topic, String service, String operation, ObjectNode parameters, String keyArn) {
        record(
                tx,
                new ServiceCall(
                        topic.owner(), topic.region(), "kms", operation, parameters, touched(keyArn), service, null));
    }

    /** Not CloudTrail's own: an idle trail would write files about its files (docs/decisions/0412). */
    private void record(Tx tx, ServiceCall call) {
        if (!call.invokedBy().equals(TRAIL)) {
            recorder.record(tx, call);
        }
    }

    private static List<Touched> touched(String keyArn) {
        return List.of(new Touched("AWS::KMS::Key", keyArn));
    }

    private static OnBehalf onBehalf(String operation, Topic topic, String typed, List<Touched> resources) {
        return new OnBehalf("kms", operation, parameters(operation, topic, typed), resources, SNS);
    }

    private static ObjectNode parameters(String operation, Topic topic, String typed) {
        ObjectNode parameters = Json.object();
        if (operation.equals("Decrypt")) {
            parameters.put("encryptionAlgorithm", "SYMMETRIC_DEFAULT");
        } else {
            parameters.put("keyId", typed).put("keySpec", "AES_256");
        }
        parameters.set("encryptionContext", Json.texts(MessageSeals.context(topic.arn())));
        return parameters;
    }
}
