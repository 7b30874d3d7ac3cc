package belfry.engine.alarm;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A cron expression of five fields, in {@code cron(…)} or bare: minute, hour, day of the month, month, day of the week (0 and
 * 7 are Sunday). A field is {@code *}, numbers, ranges and lists of them; months and days also have names. Either of the two
 * days may be {@code ?}, which says no more than {@code *}. Where both days are restricted, either is enough, as in every cron.
 */
record MuteCron(BitSet minutes, BitSet hours, BitSet days, BitSet months, BitSet weekdays, boolean eitherDay) {
    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final List<String> WEEKDAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    private static final Pattern WRAPPED = Pattern.compile("cron\\(\\s*(.*?)\\s*\\)");

    static MuteCron parse(String expression) {
        Matcher wrapped = WRAPPED.matcher(expression);
        String[] fields = (wrapped.matches() ? wrapped.group(1) : expression).split("\\s+", -1);
        if (fields.length != 5) {
            throw new IllegalArgumentException(
                    "The expression is neither at(yyyy-MM-ddThh:mm) nor cron(…) of" + " five fields: " + expression);
        }
        String days = any(fields[2]);
        String week = any(fields[4]);
        BitSet weekdays = field(week, 0, 7, WEEKDAYS, 0);
        if (weekdays.get(7)) {
            weekdays.set(0);
        }
        return new MuteCron(
                field(fields[0], 0, 59, List.of(), 0),
                field(fields[1], 0, 23, List.of(), 0),
                field(days, 1, 31, List.of(), 0),
                field(fields[3], 1, 12, MONTHS, 1),
                weekdays,
                !days.equals("*") && !week.equals("*"));
    }

    private static String any(String day) {
        return day.equals("?") ? "*" : day;
    }

    private static BitSet field(String text, int least, int most, List<String> names, int firstName) {
        BitSet values = new BitSet();
        for (String part : text.split(",", -1)) {
            if (part.equals("*")) {
                values.set(least, most + 1);
                continue;
            }
            String[] ends = part.split("-", -1);
            int from = number(ends[0], text, names, firstName);
            int to = ends.length == 1 ? from : number(ends[1], text, names, firstName);
            if (ends.length > 2 || from < least || to > most || from > to) {
                throw wrong(text);
            }
            values.set(from, to + 1);
        }
        return values;
    }

    private static int number(String text, String field, List<String> names, int firstName) {
        int name = names.indexOf(text.toUpperCase(Locale.ROOT));
        if (name >= 0) {
            return name + firstName;
        }
        if (text.isEmpty() || text.length() > 2 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw wrong(field);
        }
        return Integer.parseInt(text);
    }

    private static IllegalArgumentException wrong(String field) {
        return new IllegalArgumentException("The cron expression's field is not valid: " + field);
    }

    /** The times of a day, in order. */
    List<LocalDateTime> of(LocalDate day) {
        List<LocalDateTime> times = new ArrayList<>();
        if (matches(day)) {
            hours.stream().forEach(hour -> minutes.stream().forEach(minute -> times.add(day.atTime(hour, minute))));
        }
        return times;
    }

    private boolean matches(LocalDate day) {
        boolean month = days.get(day.getDayOfMonth());
        boolean week = weekdays.get(day.getDayOfWeek().getValue() % 7);
        return months.get(day.getMonthValue()) && (eitherDay ? month || week : month && week);
    }
}
