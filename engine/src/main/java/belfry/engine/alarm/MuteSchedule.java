package belfry.engine.alarm;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When a mute rule holds an alarm's actions back (alarms.md §12): windows of one length that begin at the times of a cron
 * expression of five fields, or once, {@code at(yyyy-MM-ddThh:mm)}, between two bounds.
 */
public final class MuteSchedule {
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(15);
    /** Days to look ahead for a beginning: a 29th of February lies at most eight years away. */
    private static final int DAYS_AHEAD = 366 * 8 + 2;

    private static final Pattern AT = Pattern.compile("at\\((\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2})\\)");
    private static final Pattern LENGTH = Pattern.compile("P(?:(\\d{1,4})D)?(T[0-9HMS.]+)?");

    private final Optional<MuteCron> cron;
    private final Optional<LocalDateTime> once;
    private final Duration duration;
    private final ZoneId zone;
    private final Instant from;
    private final Instant to;

    /** A stretch of time in which actions are muted; {@code end} no longer belongs to it. */
    public record Window(Instant start, Instant end) {}

    private MuteSchedule(
            Optional<MuteCron> cron,
            Optional<LocalDateTime> once,
            Duration duration,
            ZoneId zone,
            Instant from,
            Instant to) {
        this.cron = cron;
        this.once = once;
        this.duration = duration;
        this.zone = zone;
        this.from = from;
        this.to = to;
    }

    /**
     * Reads a schedule.
     *
     * @param duration ISO 8601, PT1M to P15D
     * @param zone null for UTC
     * @param from before which no window begins; null for none
     * @param to from which on nothing is muted; null for none
     * @throws IllegalArgumentException if one of them is none; the message says which and why
     */
    public static MuteSchedule parse(
            String expression, String duration, @Nullable String zone, @Nullable Instant from, @Nullable Instant to) {
        Matcher at = AT.matcher(expression.trim());
        Optional<LocalDateTime> once = at.matches() ? Optional.of(time(at.group(1))) : Optional.empty();
        return new MuteSchedule(
                once.isPresent() ? Optional.empty() : Optional.of(MuteCron.parse(expression.trim())),
                once,
                length(duration),
                zone(zone),
                from == null ? Instant.MIN : from,
                to == null ? Instant.MAX : to);
    }

    private static LocalDateTime time(String text) {
        try {
            return LocalDateTime.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("The expression names no time: " + text, e);
        }
    }

    private static Duration length(String text) {
        Matcher parts = LENGTH.matcher(text);
        try {
            if (parts.matches() && text.length() > 1) {
                Duration days =
                        parts.group(1) == null ? Duration.ZERO : Duration.ofDays(Long.parseLong(parts.group(1)));
                Duration length = parts.group(2) == null ? days : days.plus(Duration.parse("P" + parts.group(2)));
                if (length.compareTo(SHORTEST) >= 0 && length.compareTo(LONGEST) <= 0) {
                    return length;
                }
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("The duration is none: " + text, e);
        }
        throw new IllegalArgumentException("The duration must be between PT1M and P15D: " + text);
    }

    private static ZoneId zone(@Nullable String name) {
        try {
            return name == null ? ZoneId.of("UTC") : ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("The time zone is not known: " + name, e);
        }
    }

    /** The window that is open at a time; of several the one that began last. */
    public Optional<Window> at(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        LocalDate first = LocalDate.ofInstant(now.minus(duration), zone).minusDays(1);
        for (LocalDate day = today.plusDays(1); !day.isBefore(first); day = day.minusDays(1)) {
            for (LocalDateTime start : starts(day).reversed()) {
                Window window = window(start);
                if (!window.start().isAfter(now)
                        && window.end().isAfter(now)
                        && !window.start().isBefore(from)) {
                    return Optional.of(window);
                }
            }
        }
        return Optional.empty();
    }

    /** The first window that begins after a time; empty when there is none any more. */
    public Optional<Window> after(Instant now) {
        Instant earliest = now.isBefore(from) ? from : now;
        LocalDate first = LocalDate.ofInstant(earliest, zone).minusDays(1);
        int days = once.isPresent() ? 0 : DAYS_AHEAD;
        LocalDate begin = once.map(LocalDateTime::toLocalDate).orElse(first);
        for (int ahead = 0; ahead <= days; ahead++) {
            for (LocalDateTime start : starts(begin.plusDays(ahead))) {
                Window window = window(start);
                boolean later = window.start().isAfter(now) && !window.start().isBefore(from);
                if (later) {
                    return window.start().isBefore(to) ? Optional.of(window) : Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private java.util.List<LocalDateTime> starts(LocalDate day) {
        if (once.isPresent()) {
            return once.filter(time -> time.toLocalDate().equals(day)).stream().toList();
        }
        return cron.map(times -> times.of(day)).orElse(java.util.List.of());
    }

    private Window window(LocalDateTime local) {
        Instant start = ZonedDateTime.of(local, zone).toInstant();
        Instant end = start.plus(duration);
        return new Window(start, end.isAfter(to) ? to : end);
    }
}
