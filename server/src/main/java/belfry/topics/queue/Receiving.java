package belfry.topics.queue;

import belfry.api.sqs.ReceiveMessageRequest;
import belfry.api.sqs.ReceiveMessageResult;
import belfry.base.Clock;
import belfry.gateway.Call;
import belfry.store.Store;
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
    private final Arrivals arrivals;

    Receiving(Store store, Clock clock, Messages messages, Arrivals arrivals) {
        this.store = store;
        this.clock = clock;
        this.messages = messages;
        this.arrivals = arrivals;
    }

    private record Found(List<StoredMessage> messages, Optional<Instant> next, boolean fifo) {}

    ReceiveMessageResult receive(ReceiveMessageRequest in, Call call) {
        int max = range("MaxNumberOfMessages", in.maxNumberOfMessages(), 1, 1, MESSAGES_MAX);
        Integer given = in.visibilityTimeout();
        int hidden = range("VisibilityTimeout", given, -1, 0, HIDDEN_MAX);
        String arn = Queue.arnOf(in.queueUrl(), call);
        Queue queue = store.read(tx -> Queue.get(tx, arn));
        int wait = range(
                "WaitTimeSeconds",
                in.waitTimeSeconds(),
                (int) queue.number("ReceiveMessageWaitTimeSeconds"),
                0,
                WAIT_MAX);
        long deadline = Arrivals.nanosAfter(wait);
        while (true) {
            long seen = arrivals.count();
            Found found = look(arn, max, hidden);
            long left = deadline - System.nanoTime();
            if (!found.messages().isEmpty() || left <= 0 || !arrivals.await(seen, nap(found.next(), left))) {
                return answer(found, in);
            }
        }
    }

    /** An empty queue costs a read, not a commit. */
    private Found look(String arn, int max, int hidden) {
        Instant now = clock.now();
        boolean any = store.read(tx ->
                tx.count("SELECT COUNT(*) FROM queue_message WHERE queue_arn = ? AND visible_at <= ?", arn, now) > 0);
        List<StoredMessage> claimed = any
                ? store.write(tx -> {
                    Queue queue = Queue.get(tx, arn);
                    Duration away = hidden < 0 ? queue.seconds("VisibilityTimeout") : Duration.ofSeconds(hidden);
                    return messages.claim(tx, queue, max, away, now);
                })
                : List.of();
        return store.read(tx -> new Found(
                claimed, Messages.nextVisible(tx, arn, now), Queue.get(tx, arn).fifo()));
    }

    /** Until the deadline, or until a hidden message shows where that is sooner. */
    private long nap(Optional<Instant> next, long left) {
        if (next.isEmpty() || !clock.running()) {
            return left;
        }
        long until = Duration.between(clock.now(), next.get()).toNanos();
        return Math.min(left, Math.max(until, 1_000_000));
    }

    private static ReceiveMessageResult answer(Found found, ReceiveMessageRequest in) {
        if (found.messages().isEmpty()) {
            return new ReceiveMessageResult();
        }
        List<String> system = new ArrayList<>(orEmpty(in.attributeNames()));
        system.addAll(orEmpty(in.messageSystemAttributeNames()));
        return new ReceiveMessageResult()
                .messages(found.messages().stream()
                        .map(message -> message.shown(system, orEmpty(in.messageAttributeNames()), found.fifo()))
                        .toList());
    }

    private static List<String> orEmpty(@Nullable List<String> list) {
        return list == null ? List.of() : list;
    }

    private static int range(String name, @Nullable Integer given, int absent, int min, int max) {
        if (given == null) {
            return absent;
        }
        if (given < min || given > max) {
            throw Faults.invalid("Value " + given + " for parameter " + name + " is invalid. Reason: Must be between "
                    + min + " and " + max + ", if provided.");
        }
        return given;
    }
}
