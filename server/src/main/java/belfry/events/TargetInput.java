package belfry.events;

import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What of an event a target receives (semantics: eventbridge-iam.md §4). */
sealed interface TargetInput {
    /** The event, whole. */
    record WholeEvent() implements TargetInput {}

    /** {@code Input}: always the same JSON text. */
    record Constant(String text) implements TargetInput {}

    /** {@code InputPath}: a part of the event. */
    record Part(String path) implements TargetInput {}

    /**
     * {@code InputTransformer}.
     *
     * @param paths JSON paths by the name of their placeholder
     */
    record Template(SortedMap<String, String> paths, String template) implements TargetInput {
        public Template {
            paths = Collections.unmodifiableSortedMap(new TreeMap<>(paths));
        }
    }

    /**
     * The text for the target.
     *
     * @throws BadInputException where a template's result is no JSON
     */
    default String apply(JsonNode event, InputTemplate.Circumstances at) {
        return switch (this) {
            case WholeEvent whole -> Json.write(event);
            case Constant constant -> constant.text();
            case Part part -> Json.write(JsonPath.parse(part.path()).of(event));
            case Template template -> InputTemplate.fill(template, event, at);
        };
    }

    /** The event does not fit the target's template. */
    final class BadInputException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BadInputException(String message) {
            super(message, null, false, false);
        }
    }
}
