package belfry.topics.web;

import belfry.base.Json;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An Adaptive Card for Microsoft Teams' webhooks and workflows. All text stands in text runs, for those alone are shown as
 * they are: text blocks and fact sets read Markdown.
 */
final class Teams {
    private static final int TEXT_MAX = 2_000;
    private static final int PARTS_MAX = 60;
    private static final int BUTTONS_MAX = 6;

    private Teams() {}

    static ObjectNode message(Digestible content) {
        ObjectNode card = Json.object()
                .put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
                .put("type", "AdaptiveCard")
                .put("version", "1.4");
        ArrayNode body = card.putArray("body");
        add(body, content.label(), style(content), "Default");
        add(body, content.title(), "Default", "Large");
        for (String paragraph : content.paragraphs()) {
            add(body, paragraph, "Default", "Default");
        }
        for (var fact : content.facts()) {
            ArrayNode runs = body.addObject().put("type", "RichTextBlock").putArray("inlines");
            run(runs, fact.label() + ": ").put("weight", "Bolder");
            run(runs, fact.value());
        }
        while (body.size() > PARTS_MAX) {
            body.remove(body.size() - 1);
        }
        ArrayNode actions = card.putArray("actions");
        content.links().stream()
                .limit(BUTTONS_MAX)
                .forEach(link -> actions.addObject()
                        .put("type", "Action.OpenUrl")
                        .put("title", link.label())
                        .put("url", link.url()));
        ObjectNode message = Json.object().put("type", "message");
        message.putArray("attachments")
                .addObject()
                .put("contentType", "application/vnd.microsoft.card.adaptive")
                .set("content", card);
        return message;
    }

    private static void add(ArrayNode body, String text, String color, String size) {
        ArrayNode runs = body.addObject().put("type", "RichTextBlock").putArray("inlines");
        ObjectNode run = run(runs, text).put("color", color).put("size", size);
        if (!size.equals("Default")) {
            run.put("weight", "Bolder");
        }
    }

    private static ObjectNode run(ArrayNode runs, String text) {
        return runs.addObject().put("type", "TextRun").put("text", Digestible.cut(text, TEXT_MAX));
    }

    private static String style(Digestible content) {
        return switch (content.tone()) {
            case ALARM -> "Attention";
            case GOOD -> "Good";
            case QUIET -> "Warning";
            case PLAIN -> "Accent";
        };
    }
}
