package belfry.alarms;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How alarms write dates. */
final class AlarmDates {
    private static final DateTimeFormatter LONG =
            DateTimeFormatter.ofPattern("EEEE dd MMMM, yyyy HH:mm:ss 'UTC'", Locale.ENGLISH);
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxx", Locale.ROOT);

    private AlarmDates() {}

    /** {@code Sunday 15 June, 2025 12:07:17 UTC}. */
    static String words(Instant at) {
        return LONG.format(at.atOffset(ZoneOffset.UTC));
    }

    /** Reads what {@link #iso} writes. */
    static Instant readIso(String text) {
        return Instant.from(ISO.parse(text));
    }

    /** {@code 2025-06-15T12:07:17.123+0000}. */
    static String iso(Instant at) {
        return ISO.format(at.atOffset(ZoneOffset.UTC));
    }
}
