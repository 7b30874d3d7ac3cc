package belfry.topics;

import belfry.alarms.CloudTrailRecord;
import belfry.base.Json;
import belfry.base.Printable;
import belfry.topics.mail.Block;
import belfry.topics.mail.Document;
import belfry.topics.mail.Tone;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Documents of messages that no alarm published: an event of EventBridge, CloudTrail's notice of a file, anybody's text. */
final class Notices {
    private static final int TEXT_MAX = 2_000;
    private static final int VALUE_MAX = 500;

    private Notices() {}

    static Document of(Publication publication) {
        String topic = Names.nameOf(publication.topic().arn());
        String subject = publication.message().subject();
        String body = publication.message().body();
        Optional<JsonNode> json = json(body);
        List<Block> blocks = json.flatMap(Notices::called)
                .or(() -> json.flatMap(Notices::files))
                .orElseGet(() -> List.of(new Block.Paragraph(
                        Printable.line(AlertWords.cut(body, TEXT_MAX).replace('\n', ' ')))));
        return new Document(Tone.PLAIN, topic, subject == null ? title(json, topic) : subject, blocks);
    }

    private static String title(Optional<JsonNode> json, String topic) {
        return json.map(event -> event.path("detail-type").asText())
                .filter(type -> !type.isEmpty())
                .map(Printable::line)
                .orElse(topic);
    }

    /** An API call that EventBridge reports. */
    private static Optional<List<Block>> called(JsonNode event) {
        return CloudTrailRecord.read(Json.write(event.path("detail"))).map(record -> {
            String target = record.target();
            List<Block.Fact> facts = new ArrayList<>();
            add(facts, "Who", record.who());
            add(facts, "What", record.event() + " (" + record.source() + ")");
            add(facts, record.aboutSecrets() ? "Secret" : "On", target);
            add(facts, "When", event.path("time").asText());
            add(facts, "From", record.address());
            add(facts, "With", record.userAgent());
            add(facts, "Outcome", record.error().isEmpty() ? "It succeeded" : "Refused: " + record.error());
            add(facts, "Event id", record.eventId());
            String said = record.who() + " called " + record.event()
                    + (target.isEmpty() ? "" : " on " + record.shortTarget());
            return List.of(new Block.Heading(Printable.line(AlertWords.cut(said, VALUE_MAX))), new Block.Facts(facts));
        });
    }

    /** CloudTrail's notice of new log files. */
    private static Optional<List<Block>> files(JsonNode notice) {
        JsonNode keys = notice.path("s3ObjectKey");
        if (!keys.isArray() || !notice.path("s3Bucket").isTextual()) {
            return Optional.empty();
        }
        List<Block.Fact> facts = new ArrayList<>();
        add(facts, "Bucket", notice.path("s3Bucket").asText());
        keys.forEach(key -> add(facts, "File", key.asText()));
        return Optional.of(List.of(new Block.Heading("CloudTrail has delivered log files"), new Block.Facts(facts)));
    }

    private static void add(List<Block.Fact> facts, String label, String value) {
        if (!value.isEmpty()) {
            facts.add(new Block.Fact(label, Printable.line(AlertWords.cut(value, VALUE_MAX))));
        }
    }

    private static Optional<JsonNode> json(String body) {
        try {
            return Optional.of(Json.parse(body)).filter(JsonNode::isObject);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
