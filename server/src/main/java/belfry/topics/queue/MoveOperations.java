package belfry.topics.queue;

import belfry.api.sqs.CancelMessageMoveTaskRequest;
import belfry.api.sqs.CancelMessageMoveTaskResult;
import belfry.api.sqs.ListMessageMoveTasksRequest;
import belfry.api.sqs.ListMessageMoveTasksResult;
import belfry.api.sqs.ListMessageMoveTasksResultEntry;
import belfry.api.sqs.StartMessageMoveTaskRequest;
import belfry.api.sqs.StartMessageMoveTaskResult;
import belfry.base.Arn;
import belfry.base.Ids;
import belfry.base.Json;
import belfry.gateway.Call;
import belfry.gateway.Permission;
import belfry.store.Tx;
import belfry.wire.ServiceException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Starts, lists and cancels redrives; {@link MovePump} does the moving (docs/decisions/0852). */
final class MoveOperations {
    private static final int PER_SECOND_MAX = 500;
    private static final int LISTED_MAX = 10;
    private static final int RUNNING_MAX = 100;

    private final Ids ids;
    private final QueueKeys keys;

    MoveOperations(Ids ids, QueueKeys keys) {
        this.ids = ids;
        this.keys = keys;
    }

    StartMessageMoveTaskResult start(StartMessageMoveTaskRequest in, Call call) {
        String source = arn("SourceArn", in.sourceArn());
        String destination = in.destinationArn() == null ? null : arn("DestinationArn", in.destinationArn());
        Integer rate = in.maxNumberOfMessagesPerSecond();
        if (rate != null && (rate < 1 || rate > PER_SECOND_MAX)) {
            throw Faults.invalid("Value for parameter MaxNumberOfMessagesPerSecond is invalid. Reason: You must enter a"
                    + " number that's between 1 and 500.");
        }
        return call.write(tx -> {
            Queue from = queue(tx, "SourceArn", source, call);
            checkSource(tx, from);
            if (destination != null) {
                Queue to = queue(tx, "DestinationArn", destination, call);
                checkDestination(from, to);
                requireKeys(tx, call, from, to);
            } else {
                requireWayBack(tx, call, from);
            }
            Move move = move(tx, call, source, destination, rate);
            move.insert(tx);
            tx.ring(MovePump.STARTED);
            return new StartMessageMoveTaskResult().taskHandle(handle(move));
        });
    }

    private Move move(Tx tx, Call call, String source, @Nullable String destination, @Nullable Integer rate) {
        return new Move(
                ids.uuid(),
                source,
                destination,
                rate == null ? null : rate.longValue(),
                Move.Status.RUNNING,
                null,
                MessageRows.counts(tx, source, call.now()).visible(),
                0,
                tx.count("SELECT COALESCE(MAX(seq), 0) FROM queue_message WHERE queue_arn = ?", source),
                call.now());
    }

    private static void checkSource(Tx tx, Queue from) {
        if (Queue.sourcesOf(tx, from.arn()).isEmpty()) {
            throw Faults.invalid("Source queue must be configured as a Dead Letter Queue.");
        }
        if (Move.running(tx, from.arn())) {
            throw Faults.invalid("There is already a task running. Only one active task is allowed for a source queue"
                    + " arn at a given time.");
        }
        Arn arn = Arn.parse(from.arn()).orElseThrow();
        if (Move.running(tx, arn.account(), arn.region()) >= RUNNING_MAX) {
            throw ServiceException.of(
                    "RequestThrottled", 403, "Only " + RUNNING_MAX + " active tasks are allowed in an account.");
        }
    }

    private static void checkDestination(Queue from, Queue to) {
        if (from.arn().equals(to.arn())) {
            throw Faults.invalid("Source queue arn and destination queue arn cannot be the same.");
        }
        if (from.fifo() != to.fifo()) {
            throw Faults.invalid("The source queue and destination queue must be of the same queue type.");
        }
    }

    /** Whoever sends messages back must be allowed to send to each queue that they came from. */
    private void requireWayBack(Tx tx, Call call, Queue from) {
        for (Queue origin : Queue.originsOf(tx, from.arn())) {
            call.require(tx, new Permission("sqs:SendMessage", GuardedQueues.guarded(origin)));
            requireKeys(tx, call, from, origin);
        }
    }

    /** The task works without its caller, so the caller's permissions for KMS keys are asked now. */
    private void requireKeys(Tx tx, Call call, Queue from, Queue to) {
        MessageRows.keysOf(tx, from.arn()).forEach(key -> keys.mayOpen(tx, from, key, call, call.now()));
        var unused = keys.forSending(tx, to, new Sender.Caller(call), call.now());
    }

    ListMessageMoveTasksResult list(ListMessageMoveTasksRequest in, Call call) {
        String source = arn("SourceArn", in.sourceArn());
        int limit = in.maxResults() == null ? 1 : in.maxResults();
        if (limit < 1 || limit > LISTED_MAX) {
            throw Faults.invalid("Value for parameter MaxResults is invalid. Reason: You must enter a number that's"
                    + " between 1 and 10.");
        }
        return call.read(tx -> {
            Queue from = queue(tx, "SourceArn", source, call);
            return new ListMessageMoveTasksResult()
                    .results(Move.newest(tx, from.arn(), limit).stream()
                            .map(MoveOperations::entry)
                            .toList());
        });
    }

    private static ListMessageMoveTasksResultEntry entry(Move move) {
        Long rate = move.perSecond();
        return new ListMessageMoveTasksResultEntry()
                .taskHandle(move.status() == Move.Status.RUNNING ? handle(move) : null)
                .status(move.status().name())
                .sourceArn(move.sourceArn())
                .destinationArn(move.destinationArn())
                .maxNumberOfMessagesPerSecond(rate == null ? null : rate.intValue())
                .approximateNumberOfMessagesMoved(move.moved())
                .approximateNumberOfMessagesToMove(move.toMove())
                .failureReason(move.failure())
                .startedTimestamp(move.startedAt().toEpochMilli());
    }

    CancelMessageMoveTaskResult cancel(CancelMessageMoveTaskRequest in, Call call) {
        Handle handle = Handle.read(in.taskHandle());
        return call.write(tx -> {
            Queue from = queue(tx, "SourceArn", handle.sourceArn(), call);
            call.require(tx, new Permission("sqs:CancelMessageMoveTask", GuardedQueues.guarded(from)));
            Move move = Move.find(tx, handle.taskId())
                    .filter(found -> found.sourceArn().equals(from.arn()))
                    .orElseThrow(() -> missing("Task does not exist."));
            if (move.status() != Move.Status.RUNNING) {
                throw ServiceException.of(
                        "UnsupportedOperation",
                        "A message movement task can only be cancelled when the current status is RUNNING.");
            }
            move.end(tx, 0, Move.Status.CANCELLED, null);
            return new CancelMessageMoveTaskResult().approximateNumberOfMessagesMoved(move.moved());
        });
    }

    private static String arn(String parameter, String given) {
        return Arn.parse(given)
                .filter(arn -> arn.service().equals("sqs"))
                .orElseThrow(() -> Faults.invalid("You must use this format to specify the " + parameter
                        + ": arn:<partition>:<service>:<region>:<account-id>:<resource-id>"))
                .toString();
    }

    /** Queues are moved between within one account and region. */
    private static Queue queue(Tx tx, String parameter, String arn, Call call) {
        return Queue.find(tx, arn)
                .filter(queue -> Arn.parse(queue.arn())
                        .filter(parsed -> parsed.region().equals(call.region()))
                        .isPresent())
                .orElseThrow(() ->
                        missing("The resource that you specified for the " + parameter + " parameter doesn't exist."));
    }

    private static ServiceException missing(String message) {
        return ServiceException.of("ResourceNotFoundException", 404, message);
    }

    private static String handle(Move move) {
        return new Handle(move.id(), move.sourceArn()).text();
    }

    /** What a task handle holds. */
    private record Handle(String taskId, String sourceArn) {
        String text() {
            String json = Json.write(Json.object().put("taskId", taskId).put("sourceArn", sourceArn));
            return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
        }

        static Handle read(String text) {
            try {
                JsonNode json = Json.parse(new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
                if (json.path("taskId").isTextual() && json.path("sourceArn").isTextual()) {
                    return new Handle(
                            json.path("taskId").asText(), json.path("sourceArn").asText());
                }
            } catch (IllegalArgumentException e) {
                // Refused below like any other text that is no handle.
            }
            throw Faults.invalid("Value for parameter TaskHandle is invalid.");
        }
    }
}
