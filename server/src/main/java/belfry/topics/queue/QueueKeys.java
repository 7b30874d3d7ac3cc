package belfry.topics.queue;

import belfry.gateway.Call;
import belfry.gateway.ServiceCall;
import belfry.store.Tx;
import belfry.vault.KeyUse;
import belfry.vault.Keys;
import belfry.wire.ServiceException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which data key a queue's messages are sealed with, and who may use it (docs/decisions/0853). Senders to a queue with a
 * KMS key need {@code kms:GenerateDataKey} and {@code kms:Decrypt}, receivers {@code kms:Decrypt}: callers by their own
 * permissions, services by the key's policy. Both and the key's state are asked at each message.
 */
final class QueueKeys {
    private static final List<String> SENDING = List.of("GenerateDataKey", "Decrypt");
    private static final List<String> RECEIVING = List.of("Decrypt");

    /** A key that the root key seals asks nobody, so it is simply changed every day. */
    private static final Duration OWN_REUSE = Duration.ofDays(1);

    private final Keys keys;
    private final BodySeals seals;
    private final ServiceCall.Recorder recorder;

    /** @param recorder is told what services ask of KMS */
    QueueKeys(Keys keys, BodySeals seals, ServiceCall.Recorder recorder) {
        this.keys = keys;
        this.seals = seals;
        this.recorder = recorder;
    }

    /**
     * The data key for a message; {@link BodySeals#NONE} for a queue without encryption.
     *
     * @throws ServiceException {@code KmsAccessDenied}, {@code KmsDisabled}, {@code KmsInvalidState},
     *     {@code KmsNotFound}
     */
    long forSending(Tx tx, Queue queue, Sender sender, Instant now) {
        String typed = queue.kmsKey();
        if (typed == null) {
            return queue.sealedByServer() ? own(tx, queue, now) : BodySeals.NONE;
        }
        KeyUse use = new KeyUse("sqs", queue.arn(), typed, BodySeals.context(queue.arn()));
        return switch (sender) {
            case Sender.Caller caller -> forCaller(tx, queue, use, caller, now);
            case Sender.Service service -> forService(tx, queue, use, service, now);
            case Sender.Redrive redrive -> said(() -> reused(tx, queue, use.usable(tx, keys, now), redrive, now));
        };
    }

    private long own(Tx tx, Queue queue, Instant now) {
        return BodySeals.current(tx, queue.arn(), null, "", now.minus(OWN_REUSE))
                .orElseGet(() -> seals.make(tx, queue.arn(), null, "", now));
    }

    private long forCaller(Tx tx, Queue queue, KeyUse use, Sender.Caller sender, Instant now) {
        Call call = sender.call();
        return recorded(call, use, SENDING.getFirst(), () -> {
            String keyArn = use.usable(tx, keys, now);
            SENDING.forEach(operation -> use.require(tx, call, keyArn, operation));
            Optional<Long> current = current(tx, queue, keyArn, sender, now);
            if (current.isPresent()) {
                return current.get();
            }
            SENDING.forEach(operation -> call.onBehalf(use.call(operation, keyArn)));
            return seals.make(tx, queue.arn(), keyArn, sender.producer(), now);
        });
    }

    private long forService(Tx tx, Queue queue, KeyUse use, Sender.Service sender, Instant now) {
        String source = sender.conditions().getOrDefault("aws:SourceArn", queue.arn());
        return said(() -> {
            String keyArn = use.usable(tx, keys, now);
            SENDING.forEach(operation -> use.requireOf(tx, keys, sender.principal(), source, keyArn, operation));
            Optional<Long> current = current(tx, queue, keyArn, sender, now);
            if (current.isPresent()) {
                return current.get();
            }
            SENDING.forEach(operation -> recorder.record(tx, use.callOf(sender.principal(), operation, keyArn, null)));
            return seals.make(tx, queue.arn(), keyArn, sender.producer(), now);
        });
    }

    private long reused(Tx tx, Queue queue, String keyArn, Sender sender, Instant now) {
        return current(tx, queue, keyArn, sender, now)
                .orElseGet(() -> seals.make(tx, queue.arn(), keyArn, sender.producer(), now));
    }

    private static Optional<Long> current(Tx tx, Queue queue, String keyArn, Sender sender, Instant now) {
        Instant since = now.minus(queue.seconds("KmsDataKeyReusePeriodSeconds"));
        return BodySeals.current(tx, queue.arn(), keyArn, sender.producer(), since);
    }

    /** Seals a body with the data key that {@link #forSending} named. */
    byte[] seal(Tx tx, long keyId, String messageId, String body) {
        return said(() -> seals.seal(tx, keyId, messageId, body));
    }

    /** Opens a body for whoever moves it within the server. */
    String open(Tx tx, StoredMessage message) {
        byte[] sealed = message.sealed();
        return sealed == null
                ? message.body()
                : said(() -> seals.open(tx, message.keyId(), message.messageId(), sealed));
    }

    /** The message with its body as its receiver sees it. */
    StoredMessage opened(Tx tx, Queue queue, StoredMessage message, Call call, Instant now) {
        if (message.sealed() == null) {
            return message;
        }
        mayOpen(tx, queue, message.keyId(), call, now);
        return message.opened(open(tx, message));
    }

    /**
     * Makes sure that the caller may open what a data key sealed.
     *
     * @throws ServiceException as for {@link #forSending}
     */
    void mayOpen(Tx tx, Queue queue, long keyId, Call call, Instant now) {
        Optional<BodySeals.Stored> stored = BodySeals.find(tx, keyId);
        String keyArn = stored.map(BodySeals.Stored::kmsKey).orElse(null);
        if (keyArn == null) {
            return;
        }
        String sealedFor = stored.get().queueArn();
        KeyUse use = new KeyUse("sqs", sealedFor, keyArn, BodySeals.context(sealedFor));
        var unused = recorded(call, use, RECEIVING.getFirst(), () -> {
            var usable = use.usable(tx, keys, now);
            use.require(tx, call, keyArn, RECEIVING.getFirst());
            if (isNewReader(tx, keyId, call, queue, now)) {
                call.onBehalf(use.call(RECEIVING.getFirst(), keyArn));
            }
            return usable;
        });
    }

    /** A receiver asks KMS once for each data key and reuse period, so that receiving does not record itself. */
    private static boolean isNewReader(Tx tx, long keyId, Call call, Queue queue, Instant now) {
        return tx.update(
                        "INSERT INTO queue_key_reader (key_id, reader, until_at) VALUES (?, ?, ?)"
                                + " ON CONFLICT (key_id, reader) DO UPDATE SET until_at = excluded.until_at"
                                + " WHERE queue_key_reader.until_at <= ?",
                        keyId,
                        call.principal().arn(),
                        now.plus(queue.seconds("KmsDataKeyReusePeriodSeconds")),
                        now)
                > 0;
    }

    private interface Asking<R> {
        R ask();
    }

    private static <R> R said(Asking<R> asking) {
        try {
            return asking.ask();
        } catch (ServiceException e) {
            throw e.status() >= 500 ? e : KmsFaults.asSqsSays(e);
        }
    }

    /** As above; what KMS refuses is recorded for the caller. */
    private static <R> R recorded(Call call, KeyUse use, String operation, Asking<R> asking) {
        try {
            return asking.ask();
        } catch (ServiceException e) {
            call.onBehalf(use.call(operation, null).failed(e));
            throw KmsFaults.asSqsSays(e);
        }
    }
}
