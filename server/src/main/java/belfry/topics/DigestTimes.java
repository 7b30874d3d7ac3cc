package belfry.topics;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times in a digest, in UTC: without the date where all are of one day. */
final class DigestTimes {
    private static final DateTimeFormatter DAY = utc("yyyy-MM-dd");
    private static final DateTimeFormatter TIME = utc("HH:mm:ss");
    private static final DateTimeFormatter BOTH = utc("yyyy-MM-dd HH:mm:ss");

    private final Instant first;
    private final Instant last;
    private final boolean oneDay;

    DigestTimes(Instant first, Instant last) {
        this.first = first;
        this.last = last;
        this.oneDay = DAY.format(first).equals(DAY.format(last));
    }

    String of(Instant at) {
        return (oneDay ? TIME : BOTH).format(at);
    }

    /** {@code 2026-03-02 10:01:03 to 10:05:40 UTC}. */
    String span() {
        return BOTH.format(first) + " to " + of(last) + " UTC";
    }

    private static DateTimeFormatter utc(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }
}
