package belfry.engine.alarm;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parts of StateReasonData (alarms.md §5).
 *
 * @param queryDate when the alarm was evaluated
 * @param rule the alarm's rule
 * @param recent the points the decision rests on, oldest first
 * @param evaluated the same points, and the periods without data that were filled in, newest first
 */
public record ReasonData(Instant queryDate, AlarmRule rule, List<AlarmPoint> recent, List<Evaluated> evaluated) {
    /** Characters of a StateReasonData. */
    public static final int MAX_LENGTH = 4000;

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSSxx", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** A period that was looked at; without a point if it had no data. */
    public record Evaluated(long start, @Nullable AlarmPoint point) {}

    public ReasonData {
        recent = List.copyOf(recent);
        evaluated = List.copyOf(evaluated);
    }

    /** The start of the oldest recent point, if there is any. */
    public @Nullable Instant startDate() {
        return recent.isEmpty() ? null : Instant.ofEpochSecond(recent.getFirst().start());
    }

    /** The JSON text of StateReasonData; the list of evaluated points is cut where it would grow over the limit. */
    public String toJson() {
        String head = head();
        String entries = "";
        for (Evaluated entry : evaluated) {
            String longer = entries.isEmpty() ? json(entry) : entries + "," + json(entry);
            if (head.length() + longer.length() + 2 > MAX_LENGTH) {
                break;
            }
            entries = longer;
        }
        return head + entries + "]}";
    }

    private String head() {
        StringBuilder json = new StringBuilder("{\"version\":\"1.0\",\"queryDate\":\"")
                .append(date(queryDate))
                .append('"');
        Instant startDate = startDate();
        if (startDate != null) {
            json.append(",\"startDate\":\"").append(date(startDate)).append('"');
        }
        if (rule.unit() != null) {
            json.append(",\"unit\":\"").append(rule.unit()).append('"');
        }
        var statistic = rule.statistic();
        if (statistic != null) {
            json.append(",\"statistic\":\"").append(statistic.awsName()).append('"');
        }
        json.append(",\"period\":").append(rule.period());
        json.append(",\"recentDatapoints\":").append(numbers(AlarmPoint::value));
        thresholds(json);
        return json.append(",\"evaluatedDatapoints\":[").toString();
    }

    /** One number, or the edges of the band that the operator looks at, point by point. */
    private void thresholds(StringBuilder json) {
        switch (rule.comparison()) {
            case GREATER_THAN_OR_EQUAL, GREATER_THAN, LESS_THAN, LESS_THAN_OR_EQUAL ->
                json.append(",\"threshold\":").append(rule.threshold());
            case OUTSIDE_BAND ->
                json.append(",\"recentLowerThresholds\":")
                        .append(numbers(AlarmPoint::lower))
                        .append(",\"recentUpperThresholds\":")
                        .append(numbers(AlarmPoint::upper));
            case BELOW_BAND -> json.append(",\"recentLowerThresholds\":").append(numbers(AlarmPoint::lower));
            case ABOVE_BAND -> json.append(",\"recentUpperThresholds\":").append(numbers(AlarmPoint::upper));
        }
    }

    private String numbers(ToDoubleFunction<AlarmPoint> part) {
        return recent.stream()
                .map(point -> Double.toString(part.applyAsDouble(point)))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private String json(Evaluated entry) {
        StringBuilder json = new StringBuilder("{\"timestamp\":\"")
                .append(date(Instant.ofEpochSecond(entry.start())))
                .append('"');
        AlarmPoint point = entry.point();
        if (point != null) {
            count(point).ifPresent(count -> json.append(",\"sampleCount\":").append(count));
            json.append(",\"value\":").append(point.value());
            onlyEdge(point).ifPresent(edge -> json.append(",\"threshold\":").append(edge));
        }
        return json.append('}').toString();
    }

    /** What a point was compared with, where that is one edge of a band. */
    private OptionalDouble onlyEdge(AlarmPoint point) {
        return switch (rule.comparison()) {
            case BELOW_BAND -> OptionalDouble.of(point.lower());
            case ABOVE_BAND -> OptionalDouble.of(point.upper());
            case OUTSIDE_BAND, GREATER_THAN_OR_EQUAL, GREATER_THAN, LESS_THAN, LESS_THAN_OR_EQUAL ->
                OptionalDouble.empty();
        };
    }

    private static OptionalDouble count(AlarmPoint point) {
        return Double.isNaN(point.sampleCount()) ? OptionalDouble.empty() : OptionalDouble.of(point.sampleCount());
    }

    private static String date(Instant time) {
        return DATE.format(time);
    }
}
