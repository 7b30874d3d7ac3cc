package belfry.topics.queue;

import belfry.base.Json;
import belfry.store.Tx;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Receiving from a FIFO queue again: whoever asks within five minutes under the same {@code ReceiveRequestAttemptId} is
 * given the same messages, as long as all of them are still in flight; they are hidden anew.
 */
final class Attempts {
    private static final Duration KEPT = Duration.ofMinutes(5);

    private Attempts() {}

    /** Checks an attempt id where one is given. */
    static void check(Queue queue, @Nullable String attempt) {
        if (attempt == null) {
            return;
        }
        if (!queue.fifo()) {
            throw Faults.notForThisType("ReceiveRequestAttemptId", attempt);
        }
        NewMessage.checkId("ReceiveRequestAttemptId", attempt);
    }

    /** What the attempt was given before; empty where there was none, or where anything happened to it since. */
    static Optional<List<StoredMessage>> again(Tx tx, Queue queue, String attempt, Duration hidden, Instant now) {
        Optional<String> before = tx.first(
                "SELECT receipts FROM queue_attempt WHERE queue_arn = ? AND attempt_id = ? AND expires_at > ?",
                row -> row.text(1),
                queue.arn(),
                attempt,
                now);
        if (before.isEmpty()) {
            return Optional.empty();
        }
        List<StoredMessage> messages = new ArrayList<>();
        var receipts = Json.parse(before.get());
        receipts.forEach(text -> MessageRows.inFlight(tx, queue.arn(), Receipt.read(text.asText(), queue.arn()), now)
                .ifPresent(messages::add));
        if (messages.isEmpty() || messages.size() < receipts.size()) {
            return Optional.empty();
        }
        messages.forEach(message -> tx.update(
                "UPDATE queue_message SET visible_at = ?, received_at = ? WHERE seq = ?",
                now.plus(hidden),
                now,
                message.seq()));
        return Optional.of(messages);
    }

    static void remember(Tx tx, Queue queue, String attempt, List<StoredMessage> messages, Instant now) {
        if (messages.isEmpty()) {
            return;
        }
        ArrayNode receipts = Json.array();
        messages.forEach(message -> receipts.add(message.handle(queue.arn())));
        tx.update(
                "INSERT INTO queue_attempt (queue_arn, attempt_id, receipts, expires_at) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (queue_arn, attempt_id) DO UPDATE SET receipts = excluded.receipts,"
                        + " expires_at = excluded.expires_at",
                queue.arn(),
                attempt,
                Json.write(receipts),
                now.plus(KEPT));
    }
}
