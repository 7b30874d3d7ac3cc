package belfry.engine.alarm;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** StateReason in AWS's words (alarms.md §4). */
final class Reasons {
    /** With more datapoints than this, only the newest {@link #NEWEST} are listed, in a sentence of their own. */
    private static final int LISTED_IN_LINE = 4;

    private static final int NEWEST = 5;
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("dd/MM/yy HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Reasons() {}

    static String text(AlarmRule rule, Considered seen, AlarmState state) {
        if (seen.real().isEmpty() && !fillsCount(rule)) {
            return "Insufficient Data: " + datapoints(seen.fills())
                    + (seen.fills() == 1 ? " was unknown." : " were unknown.");
        }
        boolean alarm = state == AlarmState.ALARM;
        List<AlarmPoint> listed = alarm ? seen.breaching(rule) : seen.notBreaching(rule);
        if (listed.isEmpty()) {
            return onlyFills(rule, seen);
        }
        String head = (rule.comparison().usesBand() ? "Thresholds" : "Threshold") + " Crossed: ";
        if (listed.size() > LISTED_IN_LINE) {
            List<AlarmPoint> newest = listed.subList(0, Math.min(NEWEST, listed.size()));
            return head + count(rule, listed.size()) + " were " + comparison(rule, newest, alarm) + fills(rule, seen)
                    + ". The most recent datapoints" + (alarm ? which(rule) : "") + ": " + list(newest)
                    + minimum(rule, alarm) + ".";
        }
        return head + count(rule, listed.size()) + " " + list(listed) + (listed.size() == 1 ? " was " : " were ")
                + comparison(rule, listed, alarm) + fills(rule, seen) + minimum(rule, alarm) + ".";
    }

    private static String which(AlarmRule rule) {
        return rule.comparison().usesBand() ? " which crossed the thresholds" : " which crossed the threshold";
    }

    /** Nothing that is listed speaks for the state, but periods without data, or nothing yet. */
    private static String onlyFills(AlarmRule rule, Considered seen) {
        int n = seen.fills();
        if (!fillsCount(rule) || n == 0) {
            return "Insufficient Data: " + datapoints(n) + (n == 1 ? " was unknown." : " were unknown.");
        }
        int real = seen.real().size();
        int periods = n + real;
        return "Threshold Crossed: " + (real == 0 ? "no datapoints" : datapoints(real))
                + (real == 1 ? " was" : " were") + " received for " + periods + (periods == 1 ? " period" : " periods")
                + fills(rule, seen) + ".";
    }

    private static String count(AlarmRule rule, int listed) {
        return rule.datapointsToAlarm() == null
                ? datapoints(listed)
                : listed + " out of the last " + rule.evaluationPeriods() + " datapoints";
    }

    private static String datapoints(int n) {
        return n + (n == 1 ? " datapoint" : " datapoints");
    }

    private static String list(List<AlarmPoint> points) {
        return points.stream()
                .map(p -> p.value() + " (" + DATE.format(Instant.ofEpochSecond(p.start())) + ")")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String comparison(AlarmRule rule, List<AlarmPoint> listed, boolean alarm) {
        String not = alarm ? "" : "not ";
        String below = not + "less than the lower thresholds " + edges(listed, AlarmPoint::lower);
        String above = not + "greater than the upper thresholds " + edges(listed, AlarmPoint::upper);
        return switch (rule.comparison()) {
            case GREATER_THAN_OR_EQUAL, GREATER_THAN, LESS_THAN, LESS_THAN_OR_EQUAL ->
                not + rule.comparison().words() + " the threshold (" + rule.threshold() + ")";
            case OUTSIDE_BAND -> below + " or " + above;
            case BELOW_BAND -> below;
            case ABOVE_BAND -> above;
        };
    }

    private static String edges(List<AlarmPoint> points, ToDoubleFunction<AlarmPoint> edge) {
        return points.stream()
                .map(point -> Double.toString(edge.applyAsDouble(point)))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static boolean fillsCount(AlarmRule rule) {
        return rule.treatMissing() == TreatMissing.BREACHING || rule.treatMissing() == TreatMissing.NOT_BREACHING;
    }

    private static String fills(AlarmRule rule, Considered seen) {
        if (seen.fills() == 0 || !fillsCount(rule)) {
            return "";
        }
        String treated = rule.treatMissing() == TreatMissing.BREACHING ? "[Breaching]" : "[NonBreaching]";
        return " and " + seen.fills() + " missing " + (seen.fills() == 1 ? "datapoint was" : "datapoints were")
                + " treated as " + treated;
    }

    /** The words are the same when the alarm comes from INSUFFICIENT_DATA. */
    private static String minimum(AlarmRule rule, boolean alarm) {
        if (rule.datapointsToAlarm() == null) {
            return "";
        }
        int n = alarm ? rule.toAlarm() : rule.evaluationPeriods() - rule.toAlarm() + 1;
        return " (minimum " + datapoints(n) + " for " + (alarm ? "OK -> ALARM" : "ALARM -> OK") + " transition)";
    }
}
