package belfry.topics.queue;

import belfry.api.sqs.GetQueueAttributesRequest;
import belfry.api.sqs.GetQueueAttributesResult;
import belfry.api.sqs.ListQueueTagsRequest;
import belfry.api.sqs.ListQueueTagsResult;
import belfry.api.sqs.SetQueueAttributesRequest;
import belfry.api.sqs.TagQueueRequest;
import belfry.api.sqs.UntagQueueRequest;
import belfry.gateway.Call;
import belfry.wire.NoOutput;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Attributes and tags of queues. */
final class Settings {
    private static final int TAGS_MAX = 50;

    GetQueueAttributesResult get(GetQueueAttributesRequest in, Call call) {
        String arn = Queue.arnOf(in.queueUrl(), call);
        List<String> asked = in.attributeNames() == null ? List.of() : in.attributeNames();
        return call.read(tx -> {
            Queue queue = Queue.get(tx, arn);
            var all = QueueAttributes.all(queue, Messages.counts(tx, arn, call.now()));
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
            return NoOutput.INSTANCE;
        });
    }

    NoOutput tag(TagQueueRequest in, Call call) {
        String arn = Queue.arnOf(in.queueUrl(), call);
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
