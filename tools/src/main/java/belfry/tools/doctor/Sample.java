package belfry.tools.doctor;

import belfry.base.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/**
 * A CloudTrail record of a read, with which patterns are tried.
 *
 * @param text the record
 * @param at when, and whether it is a real one; empty for one that was made up
 */
record Sample(String text, Optional<Instant> at) {
    /** One that was made up, as AWS writes them. */
    static Sample made(String account, String region, String secret) {
        ObjectNode record = Json.object()
                .put("eventVersion", "1.11")
                .put("eventTime", "2026-03-02T10:00:00Z")
                .put("eventSource", "secretsmanager.amazonaws.com")
                .put("eventName", "GetSecretValue")
                .put("awsRegion", region)
                .put("sourceIPAddress", "198.51.100.7")
                .put("userAgent", "aws-cli/2.31")
                .put("eventID", "00000000-0000-4000-8000-000000000000")
                .put("readOnly", true)
                .put("eventType", "AwsApiCall")
                .put("managementEvent", true)
                .put("recipientAccountId", account)
                .put("eventCategory", "Management");
        record.putObject("userIdentity")
                .put("type", "IAMUser")
                .put("principalId", "AIDAEXAMPLE")
                .put("arn", "arn:aws:iam::" + account + ":user/someone")
                .put("accountId", account)
                .put("userName", "someone");
        record.putObject("requestParameters").put("secretId", secret);
        record.putNull("responseElements");
        return new Sample(Json.write(record), Optional.empty());
    }

    String eventId() {
        return Json.parse(text).path("eventID").asText();
    }

    /** The event that EventBridge makes of it. */
    String event(String account, String region) {
        ObjectNode event = Json.object()
                .put("version", "0")
                .put("id", "00000000-0000-4000-8000-000000000000")
                .put("detail-type", "AWS API Call via CloudTrail")
                .put("source", "aws.secretsmanager")
                .put("account", account)
                .put("time", "2026-03-02T10:00:00Z")
                .put("region", region);
        event.putArray("resources");
        event.set("detail", Json.parse(text));
        return Json.write(event);
    }
}
