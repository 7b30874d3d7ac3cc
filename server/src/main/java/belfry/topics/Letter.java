package belfry.topics;

import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A mail's content.
 *
 * @param sender the display name beside the sender's address
 * @param subject one line; may hold any letters
 * @param text the plain part
 * @param html the HTML part, or null where the mail is plain text
 * @param unsubscribeUrl for the List-Unsubscribe header; null where there is nothing to unsubscribe from
 */
public record Letter(
        String sender,
        String subject,
        String text,
        @Nullable String html,
        @Nullable String unsubscribeUrl) {
    /** What of it is sealed where the topic is encrypted. */
    public ObjectNode content() {
        return Json.object().put("text", text).put("html", html);
    }

    /** The letter with the content that was taken out of it. */
    public Letter with(JsonNode content) {
        return new Letter(
                sender,
                subject,
                content.path("text").asText(),
                content.path("html").textValue(),
                unsubscribeUrl);
    }

    public Letter {
        if (sender.chars().anyMatch(Character::isISOControl) || subject.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a mail's header line holds no control characters");
        }
    }
}
