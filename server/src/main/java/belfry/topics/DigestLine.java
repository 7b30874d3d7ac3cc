package belfry.topics;

import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What a digest says about one message: made when it is published, kept until the digest is written. Its texts have been
 * made one line of printable characters each.
 *
 * @param state an alarm's new state; empty where no alarm published it
 * @param what one line
 * @param details more lines, in small
 * @param link where more is seen; empty where nowhere
 * @param bucket of the files that it is about; empty where it is about none
 * @param keys those files
 */
record DigestLine(String state, String what, List<String> details, String link, String bucket, List<String> keys) {
    DigestLine {
        details = List.copyOf(details);
        keys = List.copyOf(keys);
    }

    /** One line and nothing more. */
    static DigestLine plain(String what) {
        return new DigestLine("", what, List.of(), "", "", List.of());
    }

    boolean aboutFiles() {
        return !keys.isEmpty();
    }

    String write() {
        ObjectNode json = Json.object()
                .put("state", state)
                .put("what", what)
                .put("link", link)
                .put("bucket", bucket);
        details.forEach(json.putArray("details")::add);
        keys.forEach(json.putArray("keys")::add);
        return Json.write(json);
    }

    static DigestLine read(String text) {
        JsonNode json = Json.parse(text);
        return new DigestLine(
                json.path("state").asText(),
                json.path("what").asText(),
                texts(json.path("details")),
                json.path("link").asText(),
                json.path("bucket").asText(),
                texts(json.path("keys")));
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).toList();
    }
}
