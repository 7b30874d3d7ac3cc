package belfry.topics;

import belfry.alarms.CloudTrailRecord;
import belfry.base.Json;
import belfry.base.Printable;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads out of a message what its line in a digest says: an alarm's change, a call that EventBridge reports, the files
 * that CloudTrail or S3 tell of, anybody's text.
 */
final class DigestLines {
    private static final int TEXT_MAX = 300;
    private static final int DETAIL_MAX = 500;
    private static final int KEY_MAX = 1_024;

    private DigestLines() {}

    static DigestLine of(Publication publication) {
        return publication.alert().map(AlertDocument::digestLine).orElseGet(() -> of(publication.message()));
    }

    private static DigestLine of(Message message) {
        String body = message.bodyFor("email");
        Optional<JsonNode> json = json(body);
        return json.flatMap(DigestLines::called)
                .or(() -> json.flatMap(DigestLines::trailFiles))
                .or(() -> json.flatMap(DigestLines::createdObject))
                .or(() -> json.flatMap(DigestLines::bucketEvents))
                .orElseGet(() -> text(message.subject(), body));
    }

    private static DigestLine text(@Nullable String subject, String body) {
        String said = body.strip();
        if (subject == null) {
            return line(line(said, TEXT_MAX), List.of());
        }
        return line(line(subject, TEXT_MAX), said.isEmpty() ? List.of() : List.of(line(said, DETAIL_MAX)));
    }

    private static DigestLine line(String what, List<String> details) {
        return new DigestLine("", what, details, "", "", List.of());
    }

    /** An API call that EventBridge reports. */
    private static Optional<DigestLine> called(JsonNode event) {
        return CloudTrailRecord.read(Json.write(event.path("detail")))
                .map(record -> line(
                        AlertWords.summary(record)
                                + (record.error().isEmpty() ? "" : " (refused: " + record.error() + ")"),
                        List.of("from " + record.address() + " with " + AlertEvents.program(record.userAgent()))));
    }

    /** CloudTrail's notice of new log files. */
    private static Optional<DigestLine> trailFiles(JsonNode notice) {
        JsonNode keys = notice.path("s3ObjectKey");
        return keys.isArray() && notice.path("s3Bucket").isTextual()
                ? files(
                        "CloudTrail has delivered log files",
                        notice.path("s3Bucket").asText(),
                        keys.valueStream().map(JsonNode::asText))
                : Optional.empty();
    }

    /** EventBridge's event of a new object. */
    private static Optional<DigestLine> createdObject(JsonNode event) {
        JsonNode object = event.path("detail").path("object").path("key");
        return event.path("source").asText().equals("aws.s3") && object.isTextual()
                ? files(
                        event.path("detail-type").asText(),
                        event.path("detail").path("bucket").path("name").asText(),
                        Stream.of(object.asText()))
                : Optional.empty();
    }

    /** S3's own notification, in which keys are encoded as in URLs. */
    private static Optional<DigestLine> bucketEvents(JsonNode notice) {
        JsonNode first = notice.path("Records").path(0);
        return first.path("eventSource").asText().equals("aws:s3")
                ? files(
                        first.path("eventName").asText(),
                        first.path("s3").path("bucket").path("name").asText(),
                        notice.path("Records")
                                .valueStream()
                                .map(one -> decoded(one.path("s3")
                                        .path("object")
                                        .path("key")
                                        .asText())))
                : Optional.empty();
    }

    private static Optional<DigestLine> files(String what, String bucket, Stream<String> keys) {
        List<String> named = keys.filter(key -> !key.isEmpty())
                .map(key -> Printable.line(AlertWords.cut(key, KEY_MAX)))
                .toList();
        return named.isEmpty()
                ? Optional.empty()
                : Optional.of(new DigestLine("", line(what, TEXT_MAX), List.of(), "", line(bucket, TEXT_MAX), named));
    }

    private static String decoded(String key) {
        try {
            return URLDecoder.decode(key, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return key;
        }
    }

    private static String line(String text, int max) {
        return Printable.line(AlertWords.cut(text.replace('\n', ' '), max));
    }

    private static Optional<JsonNode> json(String body) {
        try {
            return Optional.of(Json.parse(body)).filter(JsonNode::isObject);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
