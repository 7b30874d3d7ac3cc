package belfry.topics;

import belfry.base.Printable;
import belfry.topics.mail.Block;
import belfry.topics.mail.Tone;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The alarms in a digest, each with its changes in their order: where it ends is what a reader must see first. */
final class DigestAlarms {
    private static final List<String> WORST_FIRST = List.of("ALARM", "INSUFFICIENT_DATA", "OK");
    private static final int ALARMS_SHOWN = 50;
    private static final int CHANGES_SHOWN = 10;
    private static final int NAMES_SHOWN = 3;

    /** An alarm's changes, oldest first. */
    private record Course(String name, List<Digests.Gathered> changes) {
        String end() {
            return changes.getLast().line().state();
        }
    }

    private final List<Course> courses;

    DigestAlarms(List<Digests.Gathered> messages) {
        Map<String, List<Digests.Gathered>> byAlarm = messages.stream()
                .filter(message -> message.alarm() != null)
                .collect(Collectors.groupingBy(
                        message -> Objects.requireNonNull(message.alarm()), LinkedHashMap::new, Collectors.toList()));
        List<Course> all = new ArrayList<>();
        for (String state : WORST_FIRST) {
            byAlarm.forEach((arn, changes) -> {
                Course course = new Course(name(arn), changes);
                if (course.end().equals(state)) {
                    all.add(course);
                }
            });
        }
        this.courses = List.copyOf(all);
    }

    static String name(String alarmArn) {
        return Printable.line(alarmArn.substring(alarmArn.indexOf(":alarm:") + ":alarm:".length()));
    }

    boolean none() {
        return courses.isEmpty();
    }

    Block.Figure figure() {
        long alarming =
                courses.stream().filter(one -> one.end().equals("ALARM")).count();
        return new Block.Figure(
                courses.size(), courses.size() == 1 ? "alarm" : "alarms", alarming == 0 ? "" : alarming + " in ALARM");
    }

    /** {@code ALARM "A", "B" and 2 more; OK "C"}. */
    String inSubject() {
        return courses.stream()
                .collect(Collectors.groupingBy(Course::end, LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(state -> state.getKey() + " " + names(state.getValue()))
                .collect(Collectors.joining("; "));
    }

    private static String names(List<Course> some) {
        String names = some.stream()
                .limit(NAMES_SHOWN)
                .map(one -> "\"" + one.name() + "\"")
                .collect(Collectors.joining(", "));
        return some.size() <= NAMES_SHOWN ? names : names + " and " + (some.size() - NAMES_SHOWN) + " more";
    }

    Tone tone() {
        if (none()) {
            return Tone.PLAIN;
        }
        // The worst comes first.
        return tone(courses.getFirst().end());
    }

    static Tone tone(String state) {
        return switch (state) {
            case "ALARM" -> Tone.ALARM;
            case "OK" -> Tone.GOOD;
            default -> Tone.QUIET;
        };
    }

    /** Each alarm's end, and how it came there: {@code OK since 10:04:03 (10:01:03 ALARM, 10:04:03 OK)}. */
    Block table(DigestTimes times) {
        List<Block.Fact> facts = new ArrayList<>();
        courses.stream()
                .limit(ALARMS_SHOWN)
                .forEach(course -> facts.add(new Block.Fact(course.name(), course(course, times))));
        if (courses.size() > ALARMS_SHOWN) {
            facts.add(new Block.Fact("and", (courses.size() - ALARMS_SHOWN) + " more alarms"));
        }
        return new Block.Facts(facts);
    }

    private static String course(Course course, DigestTimes times) {
        List<Digests.Gathered> changes = course.changes();
        List<Digests.Gathered> shown = changes.subList(Math.max(0, changes.size() - CHANGES_SHOWN), changes.size());
        String left = shown.size() == changes.size() ? "" : (changes.size() - shown.size()) + " changes, then ";
        String way = shown.stream()
                .map(change -> times.of(change.at()) + " " + change.line().state())
                .collect(Collectors.joining(" → "));
        return changes.size() == 1
                ? course.end() + " since " + times.of(changes.getLast().at())
                : course.end() + "\n" + left + way;
    }
}
