package belfry.topics.queue;

import belfry.api.sqs.BatchResultErrorEntry;
import belfry.api.sqs.MessageSystemAttributeValue;
import belfry.api.sqs.SendMessageBatchRequest;
import belfry.api.sqs.SendMessageBatchRequestEntry;
import belfry.api.sqs.SendMessageBatchResult;
import belfry.api.sqs.SendMessageBatchResultEntry;
import belfry.api.sqs.SendMessageRequest;
import belfry.api.sqs.SendMessageResult;
import belfry.gateway.Call;
import belfry.wire.ServiceException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** SendMessage and SendMessageBatch. */
final class Sending {
    private static final int SIZE_MAX = 1_048_576;
    private static final int DELAY_MAX = 900;
    private static final String TRACE = "AWSTraceHeader";

    private final Messages messages;

    Sending(Messages messages) {
        this.messages = messages;
    }

    SendMessageResult send(SendMessageRequest in, Call call) {
        String arn = Queue.arnOf(in.queueUrl(), call);
        NewMessage message = new NewMessage(
                in.messageBody(),
                Attribute.read(in.messageAttributes()),
                in.messageGroupId(),
                in.messageDeduplicationId(),
                delay(in.delaySeconds()),
                trace(in.messageSystemAttributes()));
        String bodyDigest = Md5.of(message.body());
        String attributesDigest = Md5.of(message.attributes());
        String systemDigest = systemDigest(message.trace());
        return call.write(tx -> {
            Queue queue = Queue.get(tx, arn);
            checkDelay(queue, message);
            Messages.Sent sent = messages.send(tx, queue, message, new Sender.Caller(call), call.now());
            return new SendMessageResult()
                    .messageId(sent.messageId())
                    .sequenceNumber(sent.sequence())
                    .md5OfMessageBody(bodyDigest)
                    .md5OfMessageAttributes(attributesDigest)
                    .md5OfMessageSystemAttributes(systemDigest);
        });
    }

    SendMessageBatchResult sendBatch(SendMessageBatchRequest in, Call call) {
        String arn = Queue.arnOf(in.queueUrl(), call);
        Batches.check(
                in.entries().stream().map(SendMessageBatchRequestEntry::id).toList(), "SendMessageBatchRequestEntry");
        List<BatchResultErrorEntry> failed = new ArrayList<>();
        Map<String, NewMessage> read = new LinkedHashMap<>();
        for (SendMessageBatchRequestEntry entry : in.entries()) {
            try {
                read.put(entry.id(), message(entry));
            } catch (ServiceException e) {
                failed.add(Batches.failed(entry.id(), e));
            }
        }
        int size = read.values().stream().mapToInt(NewMessage::size).sum();
        if (size > SIZE_MAX) {
            throw ServiceException.of(
                    "BatchRequestTooLong",
                    "Batch requests cannot be longer than " + SIZE_MAX + " bytes. You have sent " + size + " bytes.");
        }
        return call.write(tx -> {
            Queue queue = Queue.get(tx, arn);
            checkGroups(queue, read.values());
            List<SendMessageBatchResultEntry> successful = new ArrayList<>();
            read.forEach((id, message) -> {
                try {
                    checkDelay(queue, message);
                    Messages.Sent sent = messages.send(tx, queue, message, new Sender.Caller(call), call.now());
                    successful.add(shown(id, message, sent));
                } catch (ServiceException e) {
                    failed.add(Batches.failed(id, e));
                }
            });
            return new SendMessageBatchResult().successful(successful).failed(failed.isEmpty() ? null : failed);
        });
    }

    /** What an entry for a FIFO queue lacks fails the whole batch, as on AWS. */
    private static void checkGroups(Queue queue, Collection<NewMessage> batch) {
        for (NewMessage message : batch) {
            if (queue.fifo() && message.groupId() == null) {
                throw Faults.invalid("The request must contain the parameter MessageGroupId.");
            }
            if (queue.fifo()) {
                var unused = Messages.dedupId(queue, message);
            }
        }
    }

    private static SendMessageBatchResultEntry shown(String id, NewMessage message, Messages.Sent sent) {
        return new SendMessageBatchResultEntry()
                .id(id)
                .messageId(sent.messageId())
                .sequenceNumber(sent.sequence())
                .md5OfMessageBody(Md5.of(message.body()))
                .md5OfMessageAttributes(Md5.of(message.attributes()))
                .md5OfMessageSystemAttributes(systemDigest(message.trace()));
    }

    private static NewMessage message(SendMessageBatchRequestEntry entry) {
        return new NewMessage(
                entry.messageBody(),
                Attribute.read(entry.messageAttributes()),
                entry.messageGroupId(),
                entry.messageDeduplicationId(),
                delay(entry.delaySeconds()),
                trace(entry.messageSystemAttributes()));
    }

    private static @Nullable Integer delay(@Nullable Integer seconds) {
        if (seconds != null && (seconds < 0 || seconds > DELAY_MAX)) {
            throw Faults.invalid("Value " + seconds + " for parameter DelaySeconds is invalid. Reason: DelaySeconds"
                    + " must be >= 0 and <= 900.");
        }
        return seconds;
    }

    /** FIFO queues have a delay of their own only. */
    private static void checkDelay(Queue queue, NewMessage message) {
        Integer delay = message.delaySeconds();
        if (queue.fifo() && delay != null && delay != 0) {
            throw Faults.invalid("Value " + delay + " for parameter DelaySeconds is invalid. Reason: The request"
                    + " include parameter that is not valid for this queue type.");
        }
    }

    private static @Nullable String trace(@Nullable Map<String, MessageSystemAttributeValue> given) {
        if (given == null) {
            return null;
        }
        for (String name : given.keySet()) {
            if (!name.equals(TRACE)) {
                throw Faults.invalid("Message system attribute name '" + name + "' is invalid.");
            }
        }
        MessageSystemAttributeValue trace = given.get(TRACE);
        if (trace == null) {
            return null;
        }
        if (!"String".equals(trace.dataType()) || trace.stringValue() == null) {
            throw Faults.invalid(
                    "The message (system) attribute '" + TRACE + "' must contain a non-empty value of type 'String'.");
        }
        return trace.stringValue();
    }

    private static @Nullable String systemDigest(@Nullable String trace) {
        return trace == null ? null : Md5.of(new TreeMap<>(Map.of(TRACE, Attribute.text(trace))));
    }
}
