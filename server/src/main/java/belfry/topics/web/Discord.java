package belfry.topics.web;

import belfry.base.Json;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** An embed for Discord. Every character that Markdown reads is escaped, and nobody can be mentioned. */
final class Discord {
    private static final int TITLE_MAX = 256;
    private static final int TEXT_MAX = 2_000;
    private static final int LABEL_MAX = 100;
    private static final int VALUE_MAX = 200;
    private static final int FIELDS_MAX = 12;

    private Discord() {}

    // 256 + 2,000 + 12 x (100 + 200) is below Discord's 6,000 for all of an embed.
    static ObjectNode message(Digestible content, Instant at) {
        ObjectNode message = Json.object().put("username", "Belfry");
        message.putObject("allowed_mentions").putArray("parse");
        ObjectNode embed = message.putArray("embeds").addObject();
        embed.put("title", escaped(content.label() + ": " + content.title(), TITLE_MAX));
        if (!content.links().isEmpty()) {
            embed.put("url", content.links().getFirst().url());
        }
        embed.put("description", escaped(String.join("\n\n", content.paragraphs()), TEXT_MAX));
        embed.put("color", Integer.parseInt(Tones.color(content.tone()).substring(1), 16));
        embed.put("timestamp", at.toString());
        ArrayNode fields = embed.putArray("fields");
        content.facts().stream()
                .limit(FIELDS_MAX)
                .forEach(fact -> fields.addObject()
                        .put("name", escaped(fact.label(), LABEL_MAX))
                        .put("value", escaped(fact.value(), VALUE_MAX))
                        .put("inline", true));
        return message;
    }

    /** A backslash before any punctuation makes it mean itself; a colon so escaped makes no link. */
    private static String escaped(String text, int max) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean marks = "\\*_~`|<>[]()#:@-".indexOf(c) >= 0;
            if (escaped.length() + (marks ? 2 : 1) > max - 2) {
                return (Character.isHighSurrogate(text.charAt(i - 1))
                                ? escaped.substring(0, escaped.length() - 1)
                                : escaped)
                        + "…";
            }
            if (marks) {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return escaped.isEmpty() ? "-" : escaped.toString();
    }
}
