package belfry.alarms;

import belfry.base.Json;
import belfry.base.Printable;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A CloudTrail record, as far as an alert tells of it (semantics: cloudtrail.md §1). Absent members are empty text.
 *
 * <p>All of it may have been written by an attacker: every value comes as one line of printable characters, and none as
 * something that mail programs make a link of.
 */
public final class CloudTrailRecord {
    private static final int VALUE_MAX = 2_000;

    private final JsonNode json;

    private CloudTrailRecord(JsonNode json) {
        this.json = json;
    }

    /** The record in a log line; empty where the line is something else. */
    public static Optional<CloudTrailRecord> read(String line) {
        if (!line.startsWith("{")) {
            return Optional.empty();
        }
        try {
            JsonNode json = Json.parse(line);
            boolean record = json.path("eventName").isTextual()
                    && json.path("eventSource").isTextual()
                    && json.path("userIdentity").isObject();
            return record ? Optional.of(new CloudTrailRecord(json)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The principal in a word: a user's name, a role with its session, a service. */
    public String who() {
        JsonNode who = json.path("userIdentity");
        String arn = text(who, "arn");
        return switch (text(who, "type")) {
            case "Root" -> "root of account " + text(who, "accountId");
            case "IAMUser" -> text(who, "userName");
            case "AssumedRole", "FederatedUser" -> arn.substring(arn.indexOf('/') + 1);
            case "AWSService" -> text(who, "invokedBy");
            default ->
                firstOf(arn, text(who, "userName"), text(who, "principalId"), text(who, "accountId"), "somebody");
        };
    }

    public String whoArn() {
        return text(json.path("userIdentity"), "arn");
    }

    public String accessKey() {
        return text(json.path("userIdentity"), "accessKeyId");
    }

    /** Whether a user's own access key signed the call; all others are temporary and end by themselves. */
    public boolean longTermKey() {
        return accessKey().startsWith("AKIA")
                && text(json.path("userIdentity"), "type").equals("IAMUser");
    }

    /** The service that called on the principal's behalf. */
    public String invokedBy() {
        return text(json.path("userIdentity"), "invokedBy");
    }

    public String event() {
        return text(json, "eventName");
    }

    public String source() {
        return text(json, "eventSource");
    }

    /** What was touched: the secret or key that was named, else the resources that the record lists. */
    public String target() {
        JsonNode request = json.path("requestParameters");
        String named = Stream.of("secretId", "name", "keyId", "bucketName", "userName", "roleName")
                .map(member -> text(request, member))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
        if (!named.isEmpty()) {
            return named;
        }
        return json.path("resources")
                .valueStream()
                .map(resource -> firstOf(text(resource, "ARN"), text(resource, "arn")))
                .filter(arn -> !arn.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** What was touched, in short: a secret's name out of its ARN, without the six random characters. */
    public String shortTarget() {
        String target = target();
        int at = target.indexOf(":secret:");
        return at < 0 ? target : target.substring(at + ":secret:".length()).replaceFirst("-[A-Za-z0-9]{6}$", "");
    }

    public boolean aboutSecrets() {
        return source().equals("secretsmanager.amazonaws.com");
    }

    /** When it happened; null where the record does not say it as it should. */
    public @Nullable Instant at() {
        try {
            return Instant.parse(text(json, "eventTime"));
        } catch (DateTimeException e) {
            return null;
        }
    }

    public String address() {
        return text(json, "sourceIPAddress");
    }

    public String userAgent() {
        return text(json, "userAgent");
    }

    /** Empty where the call succeeded. */
    public String error() {
        String code = text(json, "errorCode");
        String message = text(json, "errorMessage");
        return code.isEmpty() || message.isEmpty() ? code : code + ": " + message;
    }

    public String eventId() {
        return text(json, "eventID");
    }

    public String region() {
        return text(json, "awsRegion");
    }

    /** The whole record, for people to read. */
    public String pretty() {
        return Json.pretty(json);
    }

    private static String text(JsonNode node, String member) {
        JsonNode value = node.path(member);
        if (!value.isTextual()) {
            return "";
        }
        String text = value.textValue();
        return Printable.unlinked(text.length() <= VALUE_MAX ? text : text.substring(0, VALUE_MAX) + " …");
    }

    private static String firstOf(String... texts) {
        return Stream.of(texts).filter(text -> !text.isEmpty()).findFirst().orElse("");
    }
}
