package belfry.topics.queue;

import belfry.api.sqs.CreateQueueRequest;
import belfry.api.sqs.CreateQueueResult;
import belfry.api.sqs.DeleteQueueRequest;
import belfry.api.sqs.GetQueueUrlRequest;
import belfry.api.sqs.GetQueueUrlResult;
import belfry.api.sqs.ListDeadLetterSourceQueuesRequest;
import belfry.api.sqs.ListDeadLetterSourceQueuesResult;
import belfry.api.sqs.ListQueuesRequest;
import belfry.api.sqs.ListQueuesResult;
import belfry.api.sqs.PurgeQueueRequest;
import belfry.base.Arn;
import belfry.gateway.Call;
import belfry.wire.NoOutput;
import belfry.wire.ServiceException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Creates, deletes, empties and lists queues. */
final class QueueOperations {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,80}|[A-Za-z0-9_-]{1,75}\\.fifo");
    private static final int PAGE = 1_000;
    private static final Duration PURGE_REST = Duration.ofSeconds(60);

    CreateQueueResult create(CreateQueueRequest in, Call call) {
        String name = in.queueName();
        if (!NAME.matcher(name).matches()) {
            throw Faults.invalid(
                    "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
        }
        Map<String, String> given = in.attributes() == null ? Map.of() : in.attributes();
        boolean fifo = name.endsWith(".fifo");
        if (fifo != "true".equals(given.get("FifoQueue"))) {
            throw Faults.invalid(
                    fifo
                            ? "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length"
                            : "The name of a FIFO queue can only include alphanumeric characters, hyphens, or"
                                    + " underscores, must end with .fifo suffix and be 1 to 80 in length.");
        }
        Map<String, String> attributes = QueueAttributes.set(Map.of(), given, fifo);
        Map<String, String> tags = in.tags() == null ? Map.of() : in.tags();
        Settings.checkTags(tags);
        if (tags.size() > Settings.TAGS_MAX) {
            throw Faults.invalid("Too many tags added for queue " + name + ".");
        }
        Queue queue = new Queue(
                call.arn("sqs", name).toString(),
                new TreeMap<>(attributes),
                new TreeMap<>(tags),
                call.now(),
                call.now());
        return call.write(tx -> {
            Optional<Queue> known = Queue.find(tx, queue.arn());
            known.ifPresentOrElse(before -> checkSame(before, attributes), () -> {
                Redrives.checkTarget(tx, queue);
                queue.insert(tx);
            });
            return new CreateQueueResult().queueUrl(queue.url(call));
        });
    }

    /** Creating what exists answers its URL, unless an attribute would have to change. */
    private static void checkSame(Queue known, Map<String, String> attributes) {
        Map<String, String> now = QueueAttributes.all(known, new QueueAttributes.Counts(0, 0, 0));
        attributes.forEach((name, value) -> {
            if (!value.equals(now.get(name))) {
                throw ServiceException.of(
                        "QueueNameExists",
                        "A queue already exists with the same name and a different value for attribute " + name);
            }
        });
    }

    NoOutput delete(DeleteQueueRequest in, Call call) {
        String arn = Queue.arnOf(in.queueUrl(), call);
        return call.write(tx -> {
            Queue.get(tx, arn).delete(tx);
            return NoOutput.INSTANCE;
        });
    }

    NoOutput purge(PurgeQueueRequest in, Call call) {
        String arn = Queue.arnOf(in.queueUrl(), call);
        return call.write(tx -> {
            Queue queue = Queue.get(tx, arn);
            int purged = tx.update(
                    "UPDATE queue SET purged_at = ? WHERE arn = ? AND (purged_at IS NULL OR purged_at <= ?)",
                    call.now(),
                    arn,
                    call.now().minus(PURGE_REST));
            if (purged == 0) {
                throw ServiceException.of(
                        "PurgeQueueInProgress",
                        403,
                        "Only one PurgeQueue operation on " + queue.name() + " is allowed every 60 seconds.");
            }
            tx.update("DELETE FROM queue_message WHERE queue_arn = ?", arn);
            return NoOutput.INSTANCE;
        });
    }

    GetQueueUrlResult url(GetQueueUrlRequest in, Call call) {
        if (in.queueName().isEmpty()) {
            throw Faults.invalid("Value for parameter QueueName is invalid. Reason: Must not be empty.");
        }
        String owner = in.queueOwnerAWSAccountId() == null ? call.account() : in.queueOwnerAWSAccountId();
        String arn = Arn.of("sqs", call.region(), owner, in.queueName()).toString();
        return call.read(
                tx -> new GetQueueUrlResult().queueUrl(Queue.get(tx, arn).url(call)));
    }

    ListQueuesResult list(ListQueuesRequest in, Call call) {
        int size = in.maxResults() == null ? PAGE : in.maxResults();
        if (size < 1 || size > PAGE) {
            throw Faults.invalid("Value for parameter MaxResults is invalid. Reason: Must be between 1 and 1000.");
        }
        String prefix = in.queueNamePrefix() == null ? "" : in.queueNamePrefix();
        return call.read(tx -> {
            List<Queue> found = Queue.list(tx, call, prefix, after(in.nextToken()), size + 1);
            boolean more = found.size() > size;
            List<Queue> page = more ? found.subList(0, size) : found;
            ListQueuesResult result = new ListQueuesResult();
            if (!page.isEmpty()) {
                result.queueUrls(page.stream().map(queue -> queue.url(call)).toList());
            }
            // AWS pages only where the caller asked for pages.
            return more && in.maxResults() != null ? result.nextToken(token(page.getLast())) : result;
        });
    }

    private static String token(Queue last) {
        return Base64.getUrlEncoder().encodeToString(last.name().getBytes(StandardCharsets.UTF_8));
    }

    private static String after(@Nullable String token) {
        try {
            return token == null ? "" : new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Faults.invalid("Invalid or expired next token.");
        }
    }

    ListDeadLetterSourceQueuesResult sources(ListDeadLetterSourceQueuesRequest in, Call call) {
        String arn = Queue.arnOf(in.queueUrl(), call);
        return call.read(tx -> {
            String dead = Queue.get(tx, arn).arn();
            return new ListDeadLetterSourceQueuesResult()
                    .queueUrls(Queue.sourcesOf(tx, dead).stream()
                            .map(queue -> queue.url(call))
                            .toList());
        });
    }
}
