package belfry.metrics;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Labels with {@code ${…}}: what a series amounts to, or a property of its metric. What is not known is refused when the
 * request is read; a value that a series without data does not have is {@code --}.
 */
final class DynamicLabel {
    private static final Pattern PART = Pattern.compile("\\$\\{([^}]*)}");
    private static final Pattern PROPERTY = Pattern.compile("PROP\\('([^']+)'\\)");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final String NOTHING = "--";
    private static final int DECIMALS = 3;
    private static final int PARTS_MAX = 6;
    private static final Set<String> NAMES = Set.of(
            "LABEL",
            "AVG",
            "SUM",
            "MIN",
            "MAX",
            "FIRST",
            "LAST",
            "DATAPOINT_COUNT",
            "FIRST_LAST_RANGE",
            "MIN_MAX_RANGE",
            "FIRST_LAST_TIME_RANGE",
            "MIN_MAX_TIME_RANGE",
            "FIRST_TIME",
            "LAST_TIME",
            "MIN_TIME",
            "MAX_TIME",
            "FIRST_TIME_RELATIVE",
            "LAST_TIME_RELATIVE",
            "MIN_TIME_RELATIVE",
            "MAX_TIME_RELATIVE");

    /**
     * What a label may tell.
     *
     * @param label the label the series would have without one of its own
     * @param properties of the metric, by the names that {@code PROP} takes
     */
    record Told(
            String label,
            SortedMap<Long, Double> values,
            Map<String, String> properties,
            ZoneOffset zone,
            Instant now) {}

    private DynamicLabel() {}

    /** What is wrong with a label, if anything: a part that there is not, or too many. */
    static Optional<String> mistake(String label) {
        List<String> parts =
                PART.matcher(label).results().map(part -> part.group(1)).toList();
        for (String part : parts) {
            if (!NAMES.contains(part) && !PROPERTY.matcher(part).matches()) {
                return Optional.of("${" + part + "} is not supported");
            }
        }
        if (parts.size() > PARTS_MAX) {
            return Optional.of("a label has at most " + PARTS_MAX + " dynamic values");
        }
        if (parts.indexOf("LABEL") != parts.lastIndexOf("LABEL")) {
            return Optional.of("${LABEL} can stand in a label once");
        }
        return Optional.empty();
    }

    static String of(String label, Told told) {
        return PART.matcher(label).replaceAll(part -> Matcher.quoteReplacement(value(part.group(1), told)));
    }

    private static String value(String name, Told told) {
        Matcher property = PROPERTY.matcher(name);
        if (property.matches()) {
            return told.properties().getOrDefault(property.group(1), NOTHING);
        }
        if (name.equals("LABEL")) {
            return told.label();
        }
        if (name.equals("DATAPOINT_COUNT")) {
            return String.valueOf(told.values().size());
        }
        return told.values().isEmpty() ? NOTHING : ofValues(name, told);
    }

    private static String ofValues(String name, Told told) {
        SortedMap<Long, Double> values = told.values();
        double sum = values.values().stream().mapToDouble(Double::doubleValue).sum();
        long first = values.firstKey();
        long last = values.lastKey();
        Map.Entry<Long, Double> least =
                values.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow();
        Map.Entry<Long, Double> most =
                values.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
        return switch (name) {
            case "AVG" -> number(sum / values.size());
            case "SUM" -> number(sum);
            case "MIN" -> number(least.getValue());
            case "MAX" -> number(most.getValue());
            case "FIRST" -> number(values.firstEntry().getValue());
            case "LAST" -> number(values.lastEntry().getValue());
            case "FIRST_LAST_RANGE" ->
                number(values.lastEntry().getValue() - values.firstEntry().getValue());
            case "MIN_MAX_RANGE" -> number(most.getValue() - least.getValue());
            case "FIRST_LAST_TIME_RANGE" -> length(last - first);
            case "MIN_MAX_TIME_RANGE" -> length(most.getKey() - least.getKey());
            default ->
                time(name, Map.of("FIRST", first, "LAST", last, "MIN", least.getKey(), "MAX", most.getKey()), told);
        };
    }

    /** {@code FIRST_TIME}, {@code FIRST_TIME_RELATIVE} and their like. */
    private static String time(String name, Map<String, Long> starts, Told told) {
        Long start = starts.get(name.substring(0, name.indexOf('_')));
        if (start == null) {
            throw new IllegalArgumentException(name);
        }
        if (name.endsWith("_RELATIVE")) {
            return length(told.now().getEpochSecond() - start);
        }
        ZoneOffset zone = told.zone();
        String shown = zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
        return TIME.format(Instant.ofEpochSecond(start).atOffset(zone)) + " " + shown;
    }

    /** The two largest units of so many seconds, whichever way they go: {@code 3h 5m}. */
    private static String length(long seconds) {
        Duration length = Duration.ofSeconds(Math.abs(seconds));
        List<String> parts = Stream.of(
                        length.toDays() + "d",
                        length.toHoursPart() + "h",
                        length.toMinutesPart() + "m",
                        length.toSecondsPart() + "s")
                .dropWhile(part -> part.startsWith("0"))
                .limit(2)
                .filter(part -> !part.startsWith("0"))
                .toList();
        return parts.isEmpty() ? "0s" : String.join(" ", parts);
    }

    private static String number(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
