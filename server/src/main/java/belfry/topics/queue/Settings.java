package belfry.topics.queue;

import belfry.api.sqs.GetQueueAttributesRequest;
import belfry.api.sqs.GetQueueAttributesResult;
import belfry.api.sqs.ListQueueTagsRequest;
import belfry.api.sqs.ListQueueTagsResult;
import belfry.api.sqs.SetQueueAttributesRequest;
import belfry.api.sqs.TagQueueRequest;
import belfry.api.sqs.UntagQueueRequest;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.NoOutput;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Attributes and tags of queues. */
final class Settings {
    static final int TAGS_MAX = 50;

    private static final int KEY_MAX = 128;
    private static final int VALUE_MAX = 256;

    GetQueueAttributesResult get(GetQueueAttributesRequest in, Call call) {
        String arn = Queue.arnOf(in.queueUrl(), call);
        List<String> asked = in.attributeNames() == null ? List.of() : in.attributeNames();
        return call.read(tx -> {
            Queue queue = Queue.get(tx, arn);
            var all = QueueAttributes.all(queue, MessageRows.counts(tx, arn, call.now()));
            Map<String, String> shown = QueueAttributes.shown(all, asked);
            return shown.isEmpty() ? new GetQueueAttributesResult() : new GetQueueAttributesResult().attributes(shown);
        });
    }

    NoOutput set(SetQueueAttributesRequest in, Call call) {
        String arn = Queue.arnOf(in.queueUrl(), call);
        return call.write(tx -> {
            Queue queue = Queue.get(tx, arn);
            var after = QueueAttributes.set(queue.attributes(), in.attributes(), queue.fifo());
            if (in.attributes().containsKey("RedrivePolicy")) {
                Redrives.checkTarget(tx, queue.with(after));
            }
            queue.setAttributes(tx, after, call.now());
            applyToWaiting(tx, queue.with(after), in.attributes().keySet());
            return NoOutput.INSTANCE;
        });
    }

    /** A retention holds for the messages that wait too; a delay does so in FIFO queues only. */
    private static void applyToWaiting(Tx tx, Queue queue, Set<String> changed) {
        if (changed.contains("MessageRetentionPeriod")) {
            tx.update(
                    "UPDATE queue_message SET expires_at = sent_at + ? WHERE queue_arn = ?",
                    queue.seconds("MessageRetentionPeriod").toMillis(),
                    queue.arn());
            tx.ring(Messages.ARRIVED);
        }
        if (changed.contains("DelaySeconds") && queue.fifo()) {
            tx.update(
                    "UPDATE queue_message SET visible_at = sent_at + ? WHERE queue_arn = ? AND receive_count = 0",
                    queue.seconds("DelaySeconds").toMillis(),
                    queue.arn());
            tx.ring(Messages.ARRIVED);
        }
    }

    /** @throws belfry.wire.ServiceException where AWS takes no such tags */
    static void checkTags(Map<String, String> tags) {
        tags.forEach((key, value) -> {
            if (key.isEmpty() || key.length() > KEY_MAX || value.length() > VALUE_MAX) {
                throw Faults.invalid("Tag keys must be 1 to 128 characters long, and tag values 256 at most.");
            }
            if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
                throw Faults.invalid("Tag keys starting with 'aws:' are reserved for system use.");
            }
        });
    }

    NoOutput tag(TagQueueRequest in, Call call) {
        String arn = Queue.arnOf(in.queueUrl(), call);
        if (in.tags().isEmpty()) {
            throw Faults.missing("Tags");
        }
        checkTags(in.tags());
        return call.write(tx -> {
            Queue queue = Queue.get(tx, arn);
            Map<String, String> tags = new TreeMap<>(queue.tags());
            tags.putAll(in.tags());
            if (tags.size() > TAGS_MAX) {
                throw Faults.invalid("Too many tags added for queue " + queue.name() + ".");
            }
            queue.setTags(tx, tags);
            return NoOutput.INSTANCE;
        });
    }

    NoOutput untag(UntagQueueRequest in, Call call) {
        String arn = Queue.arnOf(in.queueUrl(), call);
        return call.write(tx -> {
            Queue queue = Queue.get(tx, arn);
            Map<String, String> tags = new TreeMap<>(queue.tags());
            in.tagKeys().forEach(tags::remove);
            queue.setTags(tx, tags);
            return NoOutput.INSTANCE;
        });
    }

    /** Absent when there are none, as at AWS. */
    ListQueueTagsResult tags(ListQueueTagsRequest in, Call call) {
        String arn = Queue.arnOf(in.queueUrl(), call);
        return call.read(tx -> {
            Map<String, String> tags = Queue.get(tx, arn).tags();
            return tags.isEmpty() ? new ListQueueTagsResult() : new ListQueueTagsResult().tags(tags);
        });
    }
}
