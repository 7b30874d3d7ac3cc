package belfry.trail;

import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/**
 * What Insights look at in the record of a call.
 *
 * @param error its errorCode; empty for a call that succeeded
 * @param userArn who called
 */
record InsightFacts(String source, String name, String error, boolean readOnly, String userArn, String userAgent) {
    /** Nothing for what was no call. */
    static Optional<InsightFacts> of(TrailEvent event) {
        JsonNode record = Json.parse(event.json());
        if (!record.path("eventType").asText().equals("AwsApiCall")) {
            return Optional.empty();
        }
        JsonNode identity = record.path("userIdentity");
        return Optional.of(new InsightFacts(
                record.path("eventSource").asText(),
                record.path("eventName").asText(),
                record.path("errorCode").asText(),
                record.path("readOnly").asBoolean(),
                identity.path("arn").asText(identity.path("accountId").asText()),
                record.path("userAgent").asText()));
    }

    /** By the records' names; AWS writes the word null for calls without an error. */
    Map<String, String> attributes() {
        return Map.of(
                "userIdentityArn", userArn, "userAgent", userAgent, "errorCode", error.isEmpty() ? "null" : error);
    }
}
