package belfry.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of JSONPath that EventBridge has: {@code $}, {@code .name}, {@code ['name']} and {@code [0]}. A path that leads
 * nowhere gives a missing node.
 */
final class JsonPath {
    private static final Pattern STEP = Pattern.compile(
            "\\.([A-Za-z0-9_@:/-]+)|\\[\\s*'([^']*)'\\s*]|\\[\\s*\"([^\"]*)\"\\s*]|\\[\\s*(\\d{1,9})\\s*]");

    private sealed interface Step {
        record Name(String name) implements Step {}

        record Index(int index) implements Step {}
    }

    private final List<Step> steps;

    private JsonPath(List<Step> steps) {
        this.steps = steps;
    }

    /** @throws IllegalArgumentException where it is no path, or one with wildcards or filters */
    static JsonPath parse(String path) {
        if (!path.startsWith("$")) {
            throw new IllegalArgumentException("a path begins with $");
        }
        List<Step> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(path);
        int at = 1;
        while (at < path.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw new IllegalArgumentException("not understood from position " + at);
            }
            steps.add(step(matcher));
            at = matcher.end();
        }
        return new JsonPath(steps);
    }

    private static Step step(Matcher matcher) {
        if (matcher.group(4) != null) {
            return new Step.Index(Integer.parseInt(matcher.group(4)));
        }
        for (int group = 1; group <= 3; group++) {
            if (matcher.group(group) != null) {
                return new Step.Name(matcher.group(group));
            }
        }
        throw new IllegalStateException("a step has a name or an index");
    }

    /** What the path leads to; a null where it leads nowhere, since there must be something to send. */
    JsonNode of(JsonNode event) {
        JsonNode found = find(event);
        return found.isMissingNode() ? NullNode.instance : found;
    }

    /** What the path leads to, or a missing node. */
    JsonNode find(JsonNode event) {
        JsonNode at = event;
        for (Step step : steps) {
            at = switch (step) {
                case Step.Name name -> at.path(name.name());
                case Step.Index index -> at.isArray() ? at.path(index.index()) : MissingNode.getInstance();
            };
        }
        return at;
    }
}
