package belfry.topics.web;

import belfry.base.Json;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Slack's Block Kit. What a request may have brought stands in {@code plain_text}, where nothing is formatted, linked or
 * mentioned; only the fallback text is Slack's markup and is escaped as Slack asks.
 */
final class Slack {
    private static final int HEADER_MAX = 150;
    private static final int TEXT_MAX = 3_000;
    private static final int FIELD_MAX = 2_000;
    private static final int FIELDS_A_SECTION = 10;
    private static final int BLOCKS_MAX = 45;
    private static final int BUTTONS_MAX = 5;

    private Slack() {}

    static ObjectNode message(Digestible content) {
        ArrayNode blocks = Json.array();
        blocks.addObject()
                .put("type", "header")
                .set("text", plain(content.label() + ": " + content.title(), HEADER_MAX));
        for (String paragraph : content.paragraphs()) {
            blocks.addObject().put("type", "section").set("text", plain(paragraph, TEXT_MAX));
        }
        facts(blocks, content);
        while (blocks.size() > BLOCKS_MAX) {
            blocks.remove(blocks.size() - 1);
        }
        links(blocks, content);
        String first = content.paragraphs().isEmpty()
                ? ""
                : " - " + content.paragraphs().getFirst();
        ObjectNode message = Json.object()
                .put("text", escaped(Digestible.cut(content.label() + ": " + content.title() + first, TEXT_MAX)));
        ObjectNode attachment = message.putArray("attachments").addObject().put("color", Tones.color(content.tone()));
        attachment.set("blocks", blocks);
        return message;
    }

    private static void facts(ArrayNode blocks, Digestible content) {
        ArrayNode fields = null;
        for (var fact : content.facts()) {
            if (fields == null || fields.size() == FIELDS_A_SECTION) {
                fields = blocks.addObject().put("type", "section").putArray("fields");
            }
            fields.add(plain(fact.label() + "\n" + fact.value(), FIELD_MAX));
        }
    }

    private static void links(ArrayNode blocks, Digestible content) {
        if (content.links().isEmpty()) {
            return;
        }
        ArrayNode buttons = blocks.addObject().put("type", "actions").putArray("elements");
        content.links().stream().limit(BUTTONS_MAX).forEach(link -> {
            ObjectNode button = buttons.addObject().put("type", "button");
            button.set("text", plain(link.label(), 75));
            button.put("url", link.url());
        });
    }

    private static ObjectNode plain(String text, int max) {
        return Json.object()
                .put("type", "plain_text")
                .put("text", Digestible.cut(text, max))
                .put("emoji", false);
    }

    /** The three characters that begin Slack's markup for links, mentions and entities. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
