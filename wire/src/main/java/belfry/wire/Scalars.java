package belfry.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Single values as text: in forms, XML, headers and query strings. */
final class Scalars {
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SECONDS = utc("yyyy-MM-dd'T'HH:mm:ss'Z'");
    private static final DateTimeFormatter MILLIS = utc("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");

    private Scalars() {}

    private static DateTimeFormatter utc(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    /** The value that {@code text} means, or null where it is none of that kind. */
    static @Nullable Object parse(Shape shape, String text) {
        try {
            return switch (shape.kind()) {
                case STRING -> text;
                case INTEGER -> Integer.valueOf(text.strip());
                case LONG -> Long.valueOf(text.strip());
                case FLOAT -> (float) number(text);
                case DOUBLE -> number(text);
                case BOOLEAN -> bool(text);
                case BLOB -> Base64.getMimeDecoder().decode(text);
                case TIMESTAMP -> time(text.strip());
                case STRUCTURE, LIST, MAP -> throw new IllegalStateException(shape + " is not a single value");
            };
        } catch (IllegalArgumentException | DateTimeException e) {
            return null;
        }
    }

    private static double number(String text) {
        String number = text.strip();
        // Double.parseDouble also takes Java's own suffixes and hexadecimal forms.
        if (!number.equals("NaN") && !number.endsWith("Infinity") && !number.matches("[-+0-9.eE]{1,400}")) {
            throw new NumberFormatException();
        }
        return Double.parseDouble(number);
    }

    private static @Nullable Boolean bool(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "1" -> Boolean.TRUE;
            case "false", "0" -> Boolean.FALSE;
            default -> null;
        };
    }

    /** ISO 8601, an HTTP date, or seconds since 1970. */
    static Instant time(String text) {
        if (text.indexOf(',') > 0) {
            return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        }
        if (text.matches("-?[0-9]{1,12}(\\.[0-9]{1,9})?")) {
            return Instant.ofEpochMilli(Math.round(Double.parseDouble(text) * 1000));
        }
        if (text.length() == "2026-01-01".length()) {
            return Instant.parse(text + "T00:00:00Z");
        }
        return (text.matches(".*T.*([zZ]|[-+][0-9:]{2,6})")
                        ? OffsetDateTime.parse(text)
                        : OffsetDateTime.parse(text + "Z"))
                .toInstant();
    }

    /** A single value as text; timestamps by {@code timeFormat}: iso8601, iso8601-millis, rfc822 or unixTimestamp. */
    static String format(Object value, String timeFormat) {
        if (value instanceof Instant time) {
            return time(time, timeFormat);
        }
        if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        return Objects.toString(value);
    }

    private static String time(Instant time, String format) {
        return switch (format) {
            case "rfc822" -> HTTP_DATE.format(time);
            case "unixTimestamp" -> Long.toString(time.getEpochSecond());
            case "iso8601-millis" -> MILLIS.format(time);
            default -> time.equals(time.truncatedTo(ChronoUnit.SECONDS)) ? SECONDS.format(time) : MILLIS.format(time);
        };
    }
}
