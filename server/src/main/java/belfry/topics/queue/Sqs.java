package belfry.topics.queue;

import belfry.api.sqs.AddPermissionRequest;
import belfry.api.sqs.CancelMessageMoveTaskRequest;
import belfry.api.sqs.CancelMessageMoveTaskResult;
import belfry.api.sqs.ChangeMessageVisibilityBatchRequest;
import belfry.api.sqs.ChangeMessageVisibilityBatchResult;
import belfry.api.sqs.ChangeMessageVisibilityRequest;
import belfry.api.sqs.CreateQueueRequest;
import belfry.api.sqs.CreateQueueResult;
import belfry.api.sqs.DeleteMessageBatchRequest;
import belfry.api.sqs.DeleteMessageBatchResult;
import belfry.api.sqs.DeleteMessageRequest;
import belfry.api.sqs.DeleteQueueRequest;
import belfry.api.sqs.GetQueueAttributesRequest;
import belfry.api.sqs.GetQueueAttributesResult;
import belfry.api.sqs.GetQueueUrlRequest;
import belfry.api.sqs.GetQueueUrlResult;
import belfry.api.sqs.ListDeadLetterSourceQueuesRequest;
import belfry.api.sqs.ListDeadLetterSourceQueuesResult;
import belfry.api.sqs.ListMessageMoveTasksRequest;
import belfry.api.sqs.ListMessageMoveTasksResult;
import belfry.api.sqs.ListQueueTagsRequest;
import belfry.api.sqs.ListQueueTagsResult;
import belfry.api.sqs.ListQueuesRequest;
import belfry.api.sqs.ListQueuesResult;
import belfry.api.sqs.PurgeQueueRequest;
import belfry.api.sqs.ReceiveMessageRequest;
import belfry.api.sqs.ReceiveMessageResult;
import belfry.api.sqs.RemovePermissionRequest;
import belfry.api.sqs.SendMessageBatchRequest;
import belfry.api.sqs.SendMessageBatchResult;
import belfry.api.sqs.SendMessageRequest;
import belfry.api.sqs.SendMessageResult;
import belfry.api.sqs.SetQueueAttributesRequest;
import belfry.api.sqs.SqsApi;
import belfry.api.sqs.StartMessageMoveTaskRequest;
import belfry.api.sqs.StartMessageMoveTaskResult;
import belfry.api.sqs.TagQueueRequest;
import belfry.api.sqs.UntagQueueRequest;
import belfry.base.Ids;
import belfry.gateway.Call;
import belfry.wire.NoOutput;

/** The SQS operations that Belfry answers, each where it belongs. */
final class Sqs implements SqsApi<Call> {
    private final QueueOperations queues = new QueueOperations();
    private final Settings settings = new Settings();
    private final InFlight inFlight = new InFlight();
    private final PermissionOperations permissions = new PermissionOperations();
    private final MoveOperations moves;
    private final Sending sending;
    private final Receiving receiving;

    Sqs(Messages messages, Receiving receiving, Ids ids, QueueKeys keys) {
        this.moves = new MoveOperations(ids, keys);
        this.sending = new Sending(messages);
        this.receiving = receiving;
    }

    @Override
    public CreateQueueResult createQueue(CreateQueueRequest in, Call call) {
        return queues.create(in, call);
    }

    @Override
    public NoOutput deleteQueue(DeleteQueueRequest in, Call call) {
        return queues.delete(in, call);
    }

    @Override
    public GetQueueUrlResult getQueueUrl(GetQueueUrlRequest in, Call call) {
        return queues.url(in, call);
    }

    @Override
    public ListQueuesResult listQueues(ListQueuesRequest in, Call call) {
        return queues.list(in, call);
    }

    @Override
    public NoOutput purgeQueue(PurgeQueueRequest in, Call call) {
        return queues.purge(in, call);
    }

    @Override
    public ListDeadLetterSourceQueuesResult listDeadLetterSourceQueues(
            ListDeadLetterSourceQueuesRequest in, Call call) {
        return queues.sources(in, call);
    }

    @Override
    public GetQueueAttributesResult getQueueAttributes(GetQueueAttributesRequest in, Call call) {
        return settings.get(in, call);
    }

    @Override
    public NoOutput setQueueAttributes(SetQueueAttributesRequest in, Call call) {
        return settings.set(in, call);
    }

    @Override
    public NoOutput tagQueue(TagQueueRequest in, Call call) {
        return settings.tag(in, call);
    }

    @Override
    public NoOutput untagQueue(UntagQueueRequest in, Call call) {
        return settings.untag(in, call);
    }

    @Override
    public ListQueueTagsResult listQueueTags(ListQueueTagsRequest in, Call call) {
        return settings.tags(in, call);
    }

    @Override
    public SendMessageResult sendMessage(SendMessageRequest in, Call call) {
        return sending.send(in, call);
    }

    @Override
    public SendMessageBatchResult sendMessageBatch(SendMessageBatchRequest in, Call call) {
        return sending.sendBatch(in, call);
    }

    @Override
    public ReceiveMessageResult receiveMessage(ReceiveMessageRequest in, Call call) {
        return receiving.receive(in, call);
    }

    @Override
    public NoOutput deleteMessage(DeleteMessageRequest in, Call call) {
        return inFlight.delete(in, call);
    }

    @Override
    public DeleteMessageBatchResult deleteMessageBatch(DeleteMessageBatchRequest in, Call call) {
        return inFlight.deleteBatch(in, call);
    }

    @Override
    public NoOutput changeMessageVisibility(ChangeMessageVisibilityRequest in, Call call) {
        return inFlight.hide(in, call);
    }

    @Override
    public ChangeMessageVisibilityBatchResult changeMessageVisibilityBatch(
            ChangeMessageVisibilityBatchRequest in, Call call) {
        return inFlight.hideBatch(in, call);
    }

    @Override
    public NoOutput addPermission(AddPermissionRequest in, Call call) {
        return permissions.add(in, call);
    }

    @Override
    public NoOutput removePermission(RemovePermissionRequest in, Call call) {
        return permissions.remove(in, call);
    }

    @Override
    public StartMessageMoveTaskResult startMessageMoveTask(StartMessageMoveTaskRequest in, Call call) {
        return moves.start(in, call);
    }

    @Override
    public ListMessageMoveTasksResult listMessageMoveTasks(ListMessageMoveTasksRequest in, Call call) {
        return moves.list(in, call);
    }

    @Override
    public CancelMessageMoveTaskResult cancelMessageMoveTask(CancelMessageMoveTaskRequest in, Call call) {
        return moves.cancel(in, call);
    }
}
