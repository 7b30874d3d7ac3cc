package belfry.engine.pattern;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a pattern found in a line that matches it, as TestMetricFilter shows it (filter-patterns.md §5.3, §6).
 *
 * @param extractedValues selector to text, in the pattern's order: {@code $.eventName} for JSON patterns, {@code $name} and
 *     {@code $7} for space-delimited ones, nothing for terms and regexes
 */
public record Match(Map<String, String> extractedValues) {
    public Match {
        extractedValues = Collections.unmodifiableMap(new LinkedHashMap<>(extractedValues));
    }
}
