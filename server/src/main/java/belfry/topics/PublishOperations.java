package belfry.topics;

import belfry.api.sns.BatchResultErrorEntry;
import belfry.api.sns.PublishBatchInput;
import belfry.api.sns.PublishBatchRequestEntry;
import belfry.api.sns.PublishBatchResponse;
import belfry.api.sns.PublishBatchResultEntry;
import belfry.api.sns.PublishInput;
import belfry.api.sns.PublishResponse;
import belfry.base.Ids;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.ServiceException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Publish and PublishBatch (semantics: sns.md §2). */
final class PublishOperations {
    private static final int BATCH_MAX = 10;
    private static final Pattern ENTRY_ID = Pattern.compile("[A-Za-z0-9_-]{1,80}");

    private final Publisher publisher;
    private final TextMessages texts;
    private final TopicKeys keys;
    private final Ids ids;
    private final Ordering ordering;

    PublishOperations(Publisher publisher, TextMessages texts, TopicKeys keys, Ids ids) {
        this.publisher = publisher;
        this.texts = texts;
        this.keys = keys;
        this.ids = ids;
        this.ordering = new Ordering(ids);
    }

    PublishResponse publish(PublishInput in, Call call) {
        if (in.phoneNumber() != null) {
            return text(in, in.phoneNumber(), call);
        }
        String target = in.topicArn() != null ? in.topicArn() : in.targetArn();
        if (target == null) {
            throw Faults.invalid("TopicArn or TargetArn Reason: no value for required parameter");
        }
        if (in.targetArn() != null && !in.targetArn().equals(target)) {
            throw oneOnly();
        }
        Message message = Message.read(in.message(), in.subject(), in.messageStructure(), in.messageAttributes());
        String arn = Names.topicArn(target, call);
        Ordering.check(arn, in.messageGroupId(), in.messageDeduplicationId());
        return call.write(tx -> {
            Topic topic = Topic.get(tx, arn);
            long keyId = keys.forCall(tx, topic, call);
            Ordering.Placed placed =
                    publish(tx, topic, keyId, message, in.messageGroupId(), in.messageDeduplicationId(), call);
            return new PublishResponse().messageId(placed.messageId()).sequenceNumber(placed.sequence());
        });
    }

    private PublishResponse text(PublishInput in, String phoneNumber, Call call) {
        if (in.topicArn() != null || in.targetArn() != null) {
            throw oneOnly();
        }
        String number = texts.number(phoneNumber, "PhoneNumber Reason: ");
        Message message = Message.read(in.message(), in.subject(), in.messageStructure(), in.messageAttributes());
        TextSettings.checkMessage(message.attributes());
        String messageId = ids.uuid();
        return call.write(tx -> {
            texts.send(tx, TextScope.of(call), messageId, number, message, call.now());
            return new PublishResponse().messageId(messageId);
        });
    }

    /** A message goes to one place: of two, one would be left out silently. */
    private static ServiceException oneOnly() {
        return Faults.invalid("Only one of TopicArn, TargetArn or PhoneNumber can be given");
    }

    private Ordering.Placed publish(
            Tx tx,
            Topic topic,
            long keyId,
            Message message,
            @Nullable String group,
            @Nullable String dedup,
            Call call) {
        Ordering.Placed placed = ordering.place(tx, topic, message, group, dedup, call.now());
        if (!placed.repeated()) {
            publisher.publish(
                    tx,
                    new Publication(
                            placed.messageId(),
                            topic,
                            message,
                            Optional.empty(),
                            "",
                            keyId,
                            placed.order(),
                            call.now()));
        }
        return placed;
    }

    PublishBatchResponse publishBatch(PublishBatchInput in, Call call) {
        String arn = Names.topicArn(in.topicArn(), call);
        List<PublishBatchRequestEntry> entries = in.publishBatchRequestEntries();
        checkBatch(entries);
        List<BatchResultErrorEntry> failed = new ArrayList<>();
        Map<PublishBatchRequestEntry, Message> messages = new LinkedHashMap<>();
        for (PublishBatchRequestEntry entry : entries) {
            try {
                messages.put(entry, message(arn, entry));
            } catch (ServiceException e) {
                failed.add(failure(entry, e));
            }
        }
        checkSize(entries, messages);
        return call.write(tx -> {
            Topic topic = Topic.get(tx, arn);
            long keyId = keys.forCall(tx, topic, call);
            List<PublishBatchResultEntry> successful = new ArrayList<>();
            messages.forEach((entry, message) -> {
                try {
                    Ordering.Placed placed = publish(
                            tx, topic, keyId, message, entry.messageGroupId(), entry.messageDeduplicationId(), call);
                    successful.add(new PublishBatchResultEntry()
                            .id(entry.id())
                            .messageId(placed.messageId())
                            .sequenceNumber(placed.sequence()));
                } catch (ServiceException e) {
                    failed.add(failure(entry, e));
                }
            });
            return new PublishBatchResponse().successful(successful).failed(failed);
        });
    }

    private static BatchResultErrorEntry failure(PublishBatchRequestEntry entry, ServiceException e) {
        return new BatchResultErrorEntry()
                .id(entry.id())
                .code(e.code())
                .message(e.getMessage())
                .senderFault(true);
    }

    private static Message message(String topicArn, PublishBatchRequestEntry entry) {
        Ordering.check(topicArn, entry.messageGroupId(), entry.messageDeduplicationId());
        return Message.read(entry.message(), entry.subject(), entry.messageStructure(), entry.messageAttributes());
    }

    private static void checkBatch(List<PublishBatchRequestEntry> entries) {
        if (entries.isEmpty()) {
            throw ServiceException.of("EmptyBatchRequest", "The batch request doesn't contain any entries.");
        }
        if (entries.size() > BATCH_MAX) {
            throw ServiceException.of(
                    "TooManyEntriesInBatchRequest", "The batch request contains more entries than permissible.");
        }
        List<String> ids = entries.stream().map(PublishBatchRequestEntry::id).toList();
        if (!ids.stream().allMatch(id -> ENTRY_ID.matcher(id).matches())) {
            throw ServiceException.of(
                    "InvalidBatchEntryId",
                    "The Id of a batch entry in a batch request doesn't abide by the specification.");
        }
        if (ids.stream().distinct().count() < ids.size()) {
            throw ServiceException.of(
                    "BatchEntryIdsNotDistinct", "Two or more batch entries in the request have the same Id.");
        }
    }

    /** All bodies and attributes together may be as large as one message. */
    private static void checkSize(
            List<PublishBatchRequestEntry> entries, Map<PublishBatchRequestEntry, Message> messages) {
        long size = entries.stream()
                .mapToLong(entry -> {
                    Message read = messages.get(entry);
                    return Message.size(entry.message(), read == null ? new TreeMap<>() : read.attributes());
                })
                .sum();
        if (size > Message.SIZE_MAX) {
            throw ServiceException.of(
                    "BatchRequestTooLong", "The length of all the messages put together is more than the limit.");
        }
    }
}
