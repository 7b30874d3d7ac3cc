package belfry.events;

import belfry.base.Json;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Fills an input transformer's template: a JSON document, or quoted strings, one a line. Outside of quotes a placeholder
 * becomes the value as JSON; inside it becomes text (semantics: eventbridge-iam.md §4).
 */
final class InputTemplate {
    private static final Pattern PLACEHOLDER = Pattern.compile("<([A-Za-z0-9_.-]+)>");
    private static final Set<String> PREDEFINED = Set.of(
            "aws.events.rule-arn",
            "aws.events.rule-name",
            "aws.events.event.ingestion-time",
            "aws.events.event",
            "aws.events.event.json");

    private InputTemplate() {}

    /** What a template may ask for beside the event. */
    record Circumstances(String ruleArn, String ruleName, Instant ingested) {}

    /** The placeholders that neither the paths nor EventBridge know. */
    static List<String> unknown(TargetInput.Template template) {
        return PLACEHOLDER
                .matcher(template.template())
                .results()
                .map(found -> found.group(1))
                .filter(name -> !PREDEFINED.contains(name) && !template.paths().containsKey(name))
                .distinct()
                .toList();
    }

    /** Refuses a template whose text can never be JSON, whatever the event holds. */
    static void check(String template) {
        checkJson(replace(template, name -> TextNode.valueOf("x")));
    }

    static String fill(TargetInput.Template template, JsonNode event, Circumstances at) {
        String filled = replace(template.template(), name -> value(name, template, event, at));
        checkJson(filled);
        return filled;
    }

    private static String replace(String template, Function<String, JsonNode> values) {
        StringBuilder filled = new StringBuilder(template.length() * 2);
        Matcher placeholder = PLACEHOLDER.matcher(template);
        boolean quoted = false;
        int at = 0;
        while (at < template.length()) {
            char c = template.charAt(at);
            if (c == '<' && placeholder.find(at) && placeholder.start() == at) {
                JsonNode value = values.apply(placeholder.group(1));
                filled.append(quoted ? escaped(inside(value)) : outside(value));
                at = placeholder.end();
            } else if (c == '\\' && quoted && at + 1 < template.length()) {
                filled.append(template, at, at + 2);
                at += 2;
            } else {
                quoted = (c == '"') != quoted;
                filled.append(c);
                at++;
            }
        }
        return filled.toString();
    }

    private static JsonNode value(String name, TargetInput.Template template, JsonNode event, Circumstances at) {
        String path = template.paths().get(name);
        if (path != null) {
            return JsonPath.parse(path).find(event);
        }
        return switch (name) {
            case "aws.events.rule-arn" -> TextNode.valueOf(at.ruleArn());
            case "aws.events.rule-name" -> TextNode.valueOf(at.ruleName());
            case "aws.events.event.ingestion-time" ->
                TextNode.valueOf(at.ingested().toString());
            case "aws.events.event.json" -> event;
            case "aws.events.event" -> withoutDetail(event);
            default -> MissingNode.getInstance();
        };
    }

    /** AWS spells {@code detail-type} in camel case here. */
    private static ObjectNode withoutDetail(JsonNode event) {
        ObjectNode left = Json.object();
        event.properties().forEach(member -> {
            if (!member.getKey().equals("detail")) {
                left.set(member.getKey().equals("detail-type") ? "detailType" : member.getKey(), member.getValue());
            }
        });
        return left;
    }

    private static String outside(JsonNode value) {
        return value.isMissingNode() ? "" : Json.write(value);
    }

    /** {@code [A,B]} and {@code {acc_id:x}}: without quotes. */
    private static String inside(JsonNode value) {
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(InputTemplate::inside)
                    .collect(Collectors.joining(",", "[", "]"));
        }
        if (value.isObject()) {
            return value.properties().stream()
                    .map(member -> member.getKey() + ":" + inside(member.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        return value.isMissingNode() ? "" : value.asText();
    }

    private static String escaped(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }

    /** One JSON document, or a JSON string on each line. */
    private static void checkJson(String text) {
        List<String> parts = text.stripLeading().startsWith("\"")
                ? text.lines().filter(line -> !line.isBlank()).toList()
                : new ArrayList<>(List.of(text));
        for (String part : parts) {
            try {
                var unused = Json.parse(part);
            } catch (IllegalArgumentException e) {
                throw new TargetInput.BadInputException(String.valueOf(e.getMessage()));
            }
        }
    }
}
