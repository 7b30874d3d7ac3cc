package belfry.events;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When a scheduled rule fires: {@code rate(5 minutes)} or {@code cron(0 12 * * ? *)}, in UTC. */
sealed interface Schedule {
    /** {@code rate(value unit)}; the unit is singular for 1 and only for 1. */
    record Rate(Duration every) implements Schedule {
        private static final Pattern FORM =
                Pattern.compile("rate\\(\\s*([1-9]\\d{0,8})\\s+(minute|hour|day)(s?)\\s*\\)");

        static Rate parse(String text) {
            Matcher matcher = FORM.matcher(text);
            if (!matcher.matches()
                    || matcher.group(1).equals("1") != matcher.group(3).isEmpty()) {
                throw notValid();
            }
            long value = Long.parseLong(matcher.group(1));
            return new Rate(
                    switch (matcher.group(2)) {
                        case "minute" -> Duration.ofMinutes(value);
                        case "hour" -> Duration.ofHours(value);
                        default -> Duration.ofDays(value);
                    });
        }

        /** Counted from when the rule was made. */
        @Override
        public Optional<Instant> after(Instant at, Instant start) {
            long passed = Math.max(0, Duration.between(start, at).dividedBy(every));
            return Optional.of(start.plus(every.multipliedBy(passed + 1)));
        }
    }

    /** {@code cron(minutes hours day-of-month month day-of-week year)}. */
    record Cron(CronExpression expression) implements Schedule {
        @Override
        public Optional<Instant> after(Instant at, Instant start) {
            return expression.after(at);
        }
    }

    /** @throws belfry.wire.ServiceException {@code ValidationException} */
    static Schedule parse(String text) {
        if (text.startsWith("rate(")) {
            return Rate.parse(text);
        }
        if (text.startsWith("cron(") && text.endsWith(")")) {
            try {
                return new Cron(CronExpression.parse(text.substring("cron(".length(), text.length() - 1)));
            } catch (IllegalArgumentException e) {
                throw notValid();
            }
        }
        throw notValid();
    }

    private static RuntimeException notValid() {
        return Faults.invalid("Parameter ScheduleExpression is not valid.");
    }

    /**
     * The next time behind {@code at}; none where the expression names only times past.
     *
     * @param start when the rule was made
     */
    Optional<Instant> after(Instant at, Instant start);
}
