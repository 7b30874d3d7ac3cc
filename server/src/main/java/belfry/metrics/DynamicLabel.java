package belfry.metrics;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    /**
     * What a label may tell.
     *
     * @param label the label the series would have without one of its own
     * @param properties of the metric, by the names that {@code PROP} takes
     */
    record Told(String label, SortedMap<Long, Double> values, Map<String, String> properties, ZoneOffset zone) {}

    private DynamicLabel() {}

    /** Whether every part is one that there is. */
    static boolean known(String label) {
        Matcher part = PART.matcher(label);
        while (part.find()) {
            String name = part.group(1);
            boolean known = PROPERTY.matcher(name).matches()
                    || switch (name) {
                        case "LABEL",
                                "AVG",
                                "SUM",
                                "MIN",
                                "MAX",
                                "FIRST",
                                "LAST",
                                "DATAPOINT_COUNT",
                                "FIRST_LAST_RANGE",
                                "MIN_MAX_RANGE",
                                "FIRST_TIME",
                                "LAST_TIME",
                                "MIN_TIME",
                                "MAX_TIME" -> true;
                        default -> false;
                    };
            if (!known) {
                return false;
            }
        }
        return true;
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
        List<Double> all = List.copyOf(values.values());
        double first = all.getFirst();
        double last = all.getLast();
        double sum = all.stream().mapToDouble(Double::doubleValue).sum();
        Map.Entry<Long, Double> least =
                values.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow();
        Map.Entry<Long, Double> most = values.entrySet().stream()
                .max(Comparator.comparing(Map.Entry<Long, Double>::getValue))
                .orElseThrow();
        return switch (name) {
            case "AVG" -> number(sum / all.size());
            case "SUM" -> number(sum);
            case "MIN" -> number(least.getValue());
            case "MAX" -> number(most.getValue());
            case "FIRST" -> number(first);
            case "LAST" -> number(last);
            case "FIRST_LAST_RANGE" -> number(last - first);
            case "MIN_MAX_RANGE" -> number(most.getValue() - least.getValue());
            case "FIRST_TIME" -> time(values.firstKey(), told.zone());
            case "LAST_TIME" -> time(values.lastKey(), told.zone());
            case "MIN_TIME" -> time(least.getKey(), told.zone());
            case "MAX_TIME" -> time(most.getKey(), told.zone());
            default -> NOTHING;
        };
    }

    private static String number(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    private static String time(long start, ZoneOffset zone) {
        String shown = zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
        return TIME.format(Instant.ofEpochSecond(start).atOffset(zone)) + " " + shown;
    }
}
