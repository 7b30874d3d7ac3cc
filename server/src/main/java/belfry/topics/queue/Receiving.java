package belfry.topics.queue;

import belfry.api.sqs.ReceiveMessageRequest;
import belfry.api.sqs.ReceiveMessageResult;
import belfry.base.Clock;
import belfry.gateway.Call;
import belfry.store.Store;
import belfry.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * ReceiveMessage. A waiting receiver holds no transaction: it looks, sleeps until something arrives or shows, and looks
 * again. So it takes messages in transactions of its own rather than in the call's (docs/decisions/0850).
 */
final class Receiving {
    private static final int MESSAGES_MAX = 10;
    private static final int WAIT_MAX = 20;
    private static final int HIDDEN_MAX = 43_200;

    private final Store store;
    private final Clock clock;
    private final Messages messages;
    private final QueueKeys keys;
    private final Arrivals arrivals;

    Receiving(Store store, Clock clock, Messages messages, QueueKeys keys, Arrivals arrivals) {
        this.store = store;
        this.clock = clock;
        this.messages = messages;
        this.keys = keys;
        this.arrivals = arrivals;
    }

    private record Found(List<StoredMessage> messages, Optional<Instant> next, Queue queue) {}

    ReceiveMessageResult receive(ReceiveMessageRequest in, Call call) {
        int max = range("MaxNumberOfMessages", in.maxNumberOfMessages(), 1, 1, MESSAGES_MAX);
        List<String> system = system(in);
        Integer given = in.visibilityTimeout();
        int hidden = range("VisibilityTimeout", given, -1, 0, HIDDEN_MAX);
        String arn = Queue.arnOf(in.queueUrl(), call);
        Queue queue = store.read(tx -> Queue.get(tx, arn));
        String attempt = in.receiveRequestAttemptId();
        Attempts.check(queue, attempt);
        int wait = range(
                "WaitTimeSeconds",
                in.waitTimeSeconds(),
                (int) queue.number("ReceiveMessageWaitTimeSeconds"),
                0,
                WAIT_MAX);
        long deadline = Arrivals.nanosAfter(wait);
        while (true) {
            long seen = arrivals.count();
            Found found = look(arn, max, hidden, attempt, call);
            long left = deadline - System.nanoTime();
            if (!found.messages().isEmpty() || left <= 0 || !arrivals.await(seen, nap(found.next(), left))) {
                return answer(found, in, system);
            }
        }
    }

    /** An empty queue costs a read, not a commit. */
    private Found look(String arn, int max, int hidden, @Nullable String attempt, Call call) {
        Instant now = clock.now();
        boolean any = attempt != null || store.read(tx -> MessageRows.anyVisible(tx, arn, now));
        List<StoredMessage> claimed = any
                ? store.write(tx -> {
                    Queue queue = Queue.get(tx, arn);
                    Duration away = hidden < 0 ? queue.seconds("VisibilityTimeout") : Duration.ofSeconds(hidden);
                    List<StoredMessage> taken = attempt == null
                            ? messages.claim(tx, queue, max, away, now)
                            : attempted(tx, queue, max, away, attempt, now);
                    return taken.stream()
                            .map(message -> keys.opened(tx, queue, message, call, now))
                            .toList();
                })
                : List.of();
        return store.read(tx -> new Found(claimed, MessageRows.nextVisible(tx, arn, now), Queue.get(tx, arn)));
    }

    private List<StoredMessage> attempted(Tx tx, Queue queue, int max, Duration away, String attempt, Instant now) {
        return Attempts.again(tx, queue, attempt, away, now).orElseGet(() -> {
            List<StoredMessage> claimed = messages.claim(tx, queue, max, away, now);
            Attempts.remember(tx, queue, attempt, claimed, now);
            return claimed;
        });
    }

    /** Until the deadline, or until a hidden message shows where that is sooner. */
    private long nap(Optional<Instant> next, long left) {
        if (next.isEmpty() || !clock.running()) {
            return left;
        }
        long until = Duration.between(clock.now(), next.get()).toNanos();
        return Math.min(left, Math.max(until, 1_000_000));
    }

    private static ReceiveMessageResult answer(Found found, ReceiveMessageRequest in, List<String> system) {
        if (found.messages().isEmpty()) {
            return new ReceiveMessageResult();
        }
        return new ReceiveMessageResult()
                .messages(found.messages().stream()
                        .map(message -> message.shown(system, orEmpty(in.messageAttributeNames()), found.queue()))
                        .toList());
    }

    /** The system attributes asked for, by either of the two parameters that take them. */
    private static List<String> system(ReceiveMessageRequest in) {
        List<String> system = new ArrayList<>(orEmpty(in.attributeNames()));
        system.addAll(orEmpty(in.messageSystemAttributeNames()));
        for (String name : system) {
            if (!StoredMessage.SYSTEM_ATTRIBUTES.contains(name) && !QueueAttributes.known(name)) {
                throw Faults.unknownAttribute(name);
            }
        }
        return system;
    }

    private static List<String> orEmpty(@Nullable List<String> list) {
        return list == null ? List.of() : list;
    }

    private static int range(String name, @Nullable Integer given, int absent, int min, int max) {
        if (given == null) {
            return absent;
        }
        if (given < min || given > max) {
            String bounds = min == 0 ? ">= 0 and <= " + max : "between " + min + " and " + max;
            throw Faults.invalid("Value " + given + " for parameter " + name + " is invalid. Reason: Must be " + bounds
                    + ", if provided.");
        }
        return given;
    }
}
