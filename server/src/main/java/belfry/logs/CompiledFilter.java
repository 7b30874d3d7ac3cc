package belfry.logs;

import belfry.engine.pattern.Extractor;
import belfry.engine.pattern.FilterPattern;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A filter definition ready to look at messages. Immutable. */
final class CompiledFilter {
    /** Characters of a dimension's value, as metrics have them. */
    private static final int DIMENSION_MAX = 1024;

    private final FilterDefinition definition;
    private final FilterPattern pattern;
    private final OptionalDouble constant;
    private final @Nullable Extractor value;
    private final SortedMap<String, Extractor> dimensions = new TreeMap<>();

    CompiledFilter(FilterDefinition definition) {
        this.definition = definition;
        this.pattern = FilterPattern.parse(definition.pattern());
        this.constant = MetricNumber.parse(definition.value());
        this.value = constant.isPresent() ? null : pattern.extractor(definition.value());
        definition.dimensions().forEach((name, selector) -> dimensions.put(name, pattern.extractor(selector)));
    }

    FilterPattern pattern() {
        return pattern;
    }

    /** What a message that matches contributes; empty where the field is missing or no number. */
    OptionalDouble value(byte[] utf8, int from, int to) {
        if (value == null) {
            return constant;
        }
        String text = value.text(utf8, from, to);
        return text == null ? OptionalDouble.empty() : MetricNumber.parse(text);
    }

    /** The dimensions of a message that matches, as text; null where one of them has no value there, or one too long. */
    @Nullable
    String dimensions(LogGroupRow group, byte[] utf8, int from, int to) {
        SortedMap<String, String> found = new TreeMap<>();
        for (var dimension : dimensions.entrySet()) {
            String text = dimension.getValue().text(utf8, from, to);
            if (text == null || text.isBlank() || text.length() > DIMENSION_MAX) {
                return null;
            }
            found.put(dimension.getKey(), text);
        }
        for (String name : definition.systemDimensions()) {
            found.put(name, name.equals("@aws.account") ? group.account() : group.region());
        }
        return LogMatches.dimensionText(found);
    }
}
