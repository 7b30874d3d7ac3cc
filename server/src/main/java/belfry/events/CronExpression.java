package belfry.events;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * AWS's six-field cron, in UTC: minutes, hours, day of month, month, day of week (1 is Sunday), year. Exactly one of the
 * two day fields is {@code ?}. {@code L} is the last day, {@code 15W} the working day nearest to the 15th, {@code 6L} the
 * month's last Friday, {@code 6#3} its third.
 */
final class CronExpression {
    private static final int YEAR_MIN = 1970;
    private static final int YEAR_MAX = 2199;
    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
    private static final Pattern NEAREST = Pattern.compile("(\\d{1,2})W");
    private static final Pattern LAST_OF_KIND = Pattern.compile("([1-7]|[A-Z]{3})L");
    private static final Pattern NTH = Pattern.compile("([1-7]|[A-Z]{3})#([1-5])");

    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet months;
    private final BitSet years;
    private final Predicate<LocalDate> days;

    private CronExpression(BitSet minutes, BitSet hours, BitSet months, BitSet years, Predicate<LocalDate> days) {
        this.minutes = minutes;
        this.hours = hours;
        this.months = months;
        this.years = years;
        this.days = days;
    }

    /** @throws IllegalArgumentException where it is none */
    static CronExpression parse(String text) {
        List<String> fields =
                List.of(text.strip().toUpperCase(java.util.Locale.ROOT).split("\\s+"));
        if (fields.size() != 6) {
            throw new IllegalArgumentException("cron has six fields");
        }
        String ofMonth = fields.get(2);
        String ofWeek = fields.get(4);
        if (ofMonth.equals("?") == ofWeek.equals("?")) {
            throw new IllegalArgumentException("one of the day fields must be ?");
        }
        return new CronExpression(
                CronField.of(fields.get(0), 0, 59, List.of()),
                CronField.of(fields.get(1), 0, 23, List.of()),
                CronField.of(fields.get(3), 1, 12, MONTHS),
                CronField.of(fields.get(5), YEAR_MIN, YEAR_MAX, List.of()),
                ofWeek.equals("?") ? dayOfMonth(ofMonth) : dayOfWeek(ofWeek));
    }

    private static Predicate<LocalDate> dayOfMonth(String field) {
        if (field.equals("L")) {
            return date -> date.getDayOfMonth() == date.lengthOfMonth();
        }
        if (field.equals("LW")) {
            return date -> date.equals(nearestWorkday(date.withDayOfMonth(date.lengthOfMonth())));
        }
        Matcher nearest = NEAREST.matcher(field);
        if (nearest.matches()) {
            int day = CronField.inRange(Integer.parseInt(nearest.group(1)), 1, 31);
            return date -> day <= date.lengthOfMonth() && date.equals(nearestWorkday(date.withDayOfMonth(day)));
        }
        BitSet days = CronField.of(field, 1, 31, List.of());
        return date -> days.get(date.getDayOfMonth());
    }

    /** Never in another month. */
    private static LocalDate nearestWorkday(LocalDate date) {
        return switch (date.getDayOfWeek()) {
            case SATURDAY -> date.getDayOfMonth() == 1 ? date.plusDays(2) : date.minusDays(1);
            case SUNDAY -> date.getDayOfMonth() == date.lengthOfMonth() ? date.minusDays(2) : date.plusDays(1);
            case MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> date;
        };
    }

    private static Predicate<LocalDate> dayOfWeek(String field) {
        if (field.equals("L")) {
            return date -> date.getDayOfWeek() == DayOfWeek.SATURDAY;
        }
        Matcher last = LAST_OF_KIND.matcher(field);
        if (last.matches()) {
            int day = CronField.value(last.group(1), 1, 7, DAYS);
            return date -> number(date) == day && date.getDayOfMonth() + 7 > date.lengthOfMonth();
        }
        Matcher nth = NTH.matcher(field);
        if (nth.matches()) {
            int day = CronField.value(nth.group(1), 1, 7, DAYS);
            int which = Integer.parseInt(nth.group(2));
            return date -> number(date) == day && (date.getDayOfMonth() + 6) / 7 == which;
        }
        BitSet days = CronField.of(field, 1, 7, DAYS);
        return date -> days.get(number(date));
    }

    /** 1 is Sunday. */
    private static int number(LocalDate date) {
        return date.getDayOfWeek().getValue() % 7 + 1;
    }

    /** The first time behind {@code at}. */
    Optional<Instant> after(Instant at) {
        LocalDateTime from = LocalDateTime.ofInstant(at, ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.MINUTES)
                .plusMinutes(1);
        LocalDate date = from.toLocalDate();
        while (date.getYear() <= YEAR_MAX) {
            if (!years.get(date.getYear())) {
                date = LocalDate.of(date.getYear() + 1, 1, 1);
            } else if (!months.get(date.getMonthValue())) {
                date = date.withDayOfMonth(1).plusMonths(1);
            } else {
                Optional<LocalDateTime> time = days.test(date) ? timeOn(date, from) : Optional.empty();
                if (time.isPresent()) {
                    return time.map(found -> found.toInstant(ZoneOffset.UTC));
                }
                date = date.plusDays(1);
            }
        }
        return Optional.empty();
    }

    private Optional<LocalDateTime> timeOn(LocalDate date, LocalDateTime from) {
        LocalDateTime start = date.equals(from.toLocalDate()) ? from : date.atStartOfDay();
        int hour = hours.nextSetBit(start.getHour());
        while (hour >= 0) {
            int minute = minutes.nextSetBit(hour == start.getHour() ? start.getMinute() : 0);
            if (minute >= 0) {
                return Optional.of(date.atTime(hour, minute));
            }
            hour = hours.nextSetBit(hour + 1);
        }
        return Optional.empty();
    }
}
