package belfry.topics.queue;

import belfry.api.sqs.BatchResultErrorEntry;
import belfry.api.sqs.ChangeMessageVisibilityBatchRequest;
import belfry.api.sqs.ChangeMessageVisibilityBatchRequestEntry;
import belfry.api.sqs.ChangeMessageVisibilityBatchResult;
import belfry.api.sqs.ChangeMessageVisibilityBatchResultEntry;
import belfry.api.sqs.ChangeMessageVisibilityRequest;
import belfry.api.sqs.DeleteMessageBatchRequest;
import belfry.api.sqs.DeleteMessageBatchRequestEntry;
import belfry.api.sqs.DeleteMessageBatchResult;
import belfry.api.sqs.DeleteMessageBatchResultEntry;
import belfry.api.sqs.DeleteMessageRequest;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.NoOutput;
import belfry.wire.ServiceException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What receivers do with what they have received: delete it, or change how long it stays hidden. */
final class InFlight {
    private static final int HIDDEN_MAX = 43_200;

    NoOutput delete(DeleteMessageRequest in, Call call) {
        String arn = Queue.arnOf(in.queueUrl(), call);
        Receipt receipt = Receipt.read(in.receiptHandle(), arn);
        return call.write(tx -> {
            delete(tx, Queue.get(tx, arn), receipt, call.now());
            return NoOutput.INSTANCE;
        });
    }

    /**
     * Deleting twice, or with the handle of an earlier receiving, succeeds and does nothing; but in a FIFO queue a handle
     * is good only while its message is in flight, for its group may have gone on since.
     */
    private static void delete(Tx tx, Queue queue, Receipt receipt, Instant now) {
        if (queue.fifo() && expired(tx, queue, receipt, now)) {
            throw Faults.invalid("Value " + receipt.text(queue.arn())
                    + " for parameter ReceiptHandle is invalid. Reason:" + " The receipt handle has expired.");
        }
        int deleted = tx.update(
                "DELETE FROM queue_message WHERE queue_arn = ? AND message_id = ? AND receipt = ?",
                queue.arn(),
                receipt.messageId(),
                receipt.secret());
        QueueMetrics.deleted(tx, queue, deleted, now);
        // The next of its group may go.
        tx.ring(Messages.ARRIVED);
    }

    private static boolean expired(Tx tx, Queue queue, Receipt receipt, Instant now) {
        return tx.count(
                        "SELECT COUNT(*) FROM queue_message WHERE queue_arn = ? AND message_id = ?"
                                + " AND (receipt <> ? OR visible_at <= ?)",
                        queue.arn(),
                        receipt.messageId(),
                        receipt.secret(),
                        now)
                > 0;
    }

    DeleteMessageBatchResult deleteBatch(DeleteMessageBatchRequest in, Call call) {
        String arn = Queue.arnOf(in.queueUrl(), call);
        Batches.check(
                in.entries().stream().map(DeleteMessageBatchRequestEntry::id).toList(),
                "DeleteMessageBatchRequestEntry");
        return call.write(tx -> {
            Queue queue = Queue.get(tx, arn);
            List<DeleteMessageBatchResultEntry> successful = new ArrayList<>();
            List<BatchResultErrorEntry> failed = new ArrayList<>();
            for (DeleteMessageBatchRequestEntry entry : in.entries()) {
                try {
                    delete(tx, queue, Receipt.read(entry.receiptHandle(), arn), call.now());
                    successful.add(new DeleteMessageBatchResultEntry().id(entry.id()));
                } catch (ServiceException e) {
                    failed.add(Batches.failed(entry.id(), e));
                }
            }
            return new DeleteMessageBatchResult().successful(successful).failed(failed.isEmpty() ? null : failed);
        });
    }

    NoOutput hide(ChangeMessageVisibilityRequest in, Call call) {
        String arn = Queue.arnOf(in.queueUrl(), call);
        Receipt receipt = Receipt.read(in.receiptHandle(), arn);
        int seconds = seconds(in.visibilityTimeout());
        return call.write(tx -> {
            hide(tx, Queue.get(tx, arn), receipt, seconds, call.now());
            return NoOutput.INSTANCE;
        });
    }

    private static void hide(Tx tx, Queue queue, Receipt receipt, int seconds, Instant now) {
        Instant until = now.plus(Duration.ofSeconds(seconds));
        Instant received = tx.first(
                        "SELECT received_at FROM queue_message WHERE queue_arn = ? AND message_id = ? AND receipt = ?"
                                + " AND visible_at > ?",
                        row -> Optional.ofNullable(row.instantOrNull(1)).orElse(now),
                        queue.arn(),
                        receipt.messageId(),
                        receipt.secret(),
                        now)
                .orElseThrow(() -> Faults.invalid("Value " + receipt.text(queue.arn()) + " for parameter ReceiptHandle"
                        + " is invalid. Reason: Message does not exist or is not available for visibility timeout"
                        + " change."));
        if (until.isAfter(received.plusSeconds(HIDDEN_MAX))) {
            throw Faults.invalid("Value " + seconds + " for parameter VisibilityTimeout is invalid. Reason: Total"
                    + " VisibilityTimeout for the message is beyond the limit [43200 seconds].");
        }
        tx.update(
                "UPDATE queue_message SET visible_at = ? WHERE queue_arn = ? AND message_id = ? AND receipt = ?",
                until,
                queue.arn(),
                receipt.messageId(),
                receipt.secret());
        tx.ring(Messages.ARRIVED);
    }

    private static int seconds(@Nullable Integer given) {
        if (given == null) {
            throw Faults.missing("VisibilityTimeout");
        }
        if (given < 0 || given > HIDDEN_MAX) {
            throw Faults.invalid("Value " + given + " for parameter VisibilityTimeout is invalid. Reason: Must be"
                    + " between 0 and 43200, if provided.");
        }
        return given;
    }

    ChangeMessageVisibilityBatchResult hideBatch(ChangeMessageVisibilityBatchRequest in, Call call) {
        String arn = Queue.arnOf(in.queueUrl(), call);
        Batches.check(
                in.entries().stream()
                        .map(ChangeMessageVisibilityBatchRequestEntry::id)
                        .toList(),
                "ChangeMessageVisibilityBatchRequestEntry");
        return call.write(tx -> {
            Queue queue = Queue.get(tx, arn);
            List<ChangeMessageVisibilityBatchResultEntry> successful = new ArrayList<>();
            List<BatchResultErrorEntry> failed = new ArrayList<>();
            for (ChangeMessageVisibilityBatchRequestEntry entry : in.entries()) {
                try {
                    int seconds = seconds(entry.visibilityTimeout());
                    hide(tx, queue, Receipt.read(entry.receiptHandle(), arn), seconds, call.now());
                    successful.add(new ChangeMessageVisibilityBatchResultEntry().id(entry.id()));
                } catch (ServiceException e) {
                    failed.add(Batches.failed(entry.id(), e));
                }
            }
            return new ChangeMessageVisibilityBatchResult()
                    .successful(successful)
                    .failed(failed.isEmpty() ? null : failed);
        });
    }
}
