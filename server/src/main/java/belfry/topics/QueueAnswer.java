package belfry.topics;

import belfry.base.Arn;
import belfry.base.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What SQS says of a message that SNS sends to a queue, as AWS's delivery status logs quote it.
 *
 * @param code empty where the queue took it
 */
record QueueAnswer(int status, String code, String message) {
    private static final String MISSING = "The specified queue does not exist";

    static QueueAnswer of(Decision decision, String queueArn) {
        if (decision instanceof Decision.Sent) {
            return new QueueAnswer(200, "", "");
        }
        if (decision instanceof Decision.NotAuthorised) {
            Arn queue = Arn.parse(queueArn).orElseThrow();
            String url = "https://sqs." + queue.region() + ".amazonaws.com/" + queue.account() + "/" + queue.resource();
            return new QueueAnswer(403, "AccessDenied", "Access to the resource " + url + " is denied.");
        }
        return decision.reason().startsWith(MISSING)
                ? new QueueAnswer(
                        400,
                        "AWS.SimpleQueueService.NonExistentQueue",
                        "The specified queue does not exist or you do not have access to it.")
                : new QueueAnswer(400, "InvalidParameterValue", decision.reason());
    }

    /** @param requestId stands for the request to SQS, which here is a part of publishing */
    String json(String requestId) {
        ObjectNode json = Json.object();
        if (code.isEmpty()) {
            return Json.write(json.put("sqsRequestId", requestId));
        }
        return Json.write(
                json.put("ErrorCode", code).put("ErrorMessage", message).put("sqsRequestId", "Unrecoverable"));
    }
}
