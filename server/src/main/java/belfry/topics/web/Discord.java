package belfry.topics.web;

import belfry.base.Json;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** An embed for Discord. Every character that Markdown reads is escaped, and nobody can be mentioned. */
final class Discord {
    private static final int TITLE_MAX = 256;
    private static final int TEXT_MAX = 2_000;
    private static final int TEXT_BESIDE_FIELDS_MAX = 900;
    private static final int LABEL_MAX = 25;
    private static final int VALUE_MAX = 200;
    private static final int FEW_FIELDS = 12;
    private static final int FIELDS_MAX = 21;

    private Discord() {}

    // Discord takes 6,000 for all of an embed: 256 + 2,000 + 12 x (25 + 200), or 256 + 900 + 21 x (25 + 200).
    static ObjectNode message(Digestible content, Instant at) {
        ObjectNode message = Json.object().put("username", "Belfry");
        message.putObject("allowed_mentions").putArray("parse");
        ObjectNode embed = message.putArray("embeds").addObject();
        embed.put("title", escaped(content.label() + ": " + content.title(), TITLE_MAX));
        if (!content.links().isEmpty()) {
            embed.put("url", content.links().getFirst().url());
        }
        int room = content.facts().size() > FEW_FIELDS ? TEXT_BESIDE_FIELDS_MAX : TEXT_MAX;
        embed.put("description", escaped(String.join("\n\n", content.paragraphs()), room));
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
