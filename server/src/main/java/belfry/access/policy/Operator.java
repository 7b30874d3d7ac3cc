package belfry.access.policy;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * How one value of the policy is compared with one value of the request. The negated operators of the policy language are
 * these, turned around by {@link Condition}.
 */
enum Operator {
    STRING_EQUALS("String", "Equals"),
    STRING_EQUALS_IGNORE_CASE("String", "EqualsIgnoreCase"),
    STRING_LIKE("String", "Like"),
    NUMERIC_EQUALS("Numeric", "Equals"),
    NUMERIC_LESS_THAN("Numeric", "LessThan"),
    NUMERIC_LESS_THAN_EQUALS("Numeric", "LessThanEquals"),
    NUMERIC_GREATER_THAN("Numeric", "GreaterThan"),
    NUMERIC_GREATER_THAN_EQUALS("Numeric", "GreaterThanEquals"),
    DATE_EQUALS("Date", "Equals"),
    DATE_LESS_THAN("Date", "LessThan"),
    DATE_LESS_THAN_EQUALS("Date", "LessThanEquals"),
    DATE_GREATER_THAN("Date", "GreaterThan"),
    DATE_GREATER_THAN_EQUALS("Date", "GreaterThanEquals"),
    BOOL("Bool", ""),
    BINARY_EQUALS("Binary", "Equals"),
    IP_ADDRESS("", "IpAddress"),
    ARN_EQUALS("Arn", "Equals"),
    ARN_LIKE("Arn", "Like");

    private final String family;
    private final String relation;

    Operator(String family, String relation) {
        this.family = family;
        this.relation = relation;
    }

    /** As policies write it, for example {@code StringEquals}. */
    String policyName() {
        return family + relation;
    }

    /** The negated form, or empty where the language has none. */
    Optional<String> negatedName() {
        return switch (this) {
            case STRING_EQUALS,
                    STRING_EQUALS_IGNORE_CASE,
                    STRING_LIKE,
                    NUMERIC_EQUALS,
                    DATE_EQUALS,
                    IP_ADDRESS,
                    ARN_EQUALS,
                    ARN_LIKE -> Optional.of(family + "Not" + relation);
            case NUMERIC_LESS_THAN,
                    NUMERIC_LESS_THAN_EQUALS,
                    NUMERIC_GREATER_THAN,
                    NUMERIC_GREATER_THAN_EQUALS,
                    DATE_LESS_THAN,
                    DATE_LESS_THAN_EQUALS,
                    DATE_GREATER_THAN,
                    DATE_GREATER_THAN_EQUALS,
                    BOOL,
                    BINARY_EQUALS -> Optional.empty();
        };
    }

    /** Whether the request's value satisfies the policy's; a value that is not of the operator's kind does not. */
    boolean matches(Template wanted, PolicyRequest request, String value) {
        return switch (this) {
            case STRING_LIKE ->
                wanted.glob(request).filter(glob -> glob.matches(value)).isPresent();
            case ARN_EQUALS, ARN_LIKE -> ArnPattern.matches(wanted, request, value);
            case STRING_EQUALS,
                    STRING_EQUALS_IGNORE_CASE,
                    NUMERIC_EQUALS,
                    NUMERIC_LESS_THAN,
                    NUMERIC_LESS_THAN_EQUALS,
                    NUMERIC_GREATER_THAN,
                    NUMERIC_GREATER_THAN_EQUALS,
                    DATE_EQUALS,
                    DATE_LESS_THAN,
                    DATE_LESS_THAN_EQUALS,
                    DATE_GREATER_THAN,
                    DATE_GREATER_THAN_EQUALS,
                    BOOL,
                    BINARY_EQUALS,
                    IP_ADDRESS ->
                wanted.plain(request).filter(text -> compare(text, value)).isPresent();
        };
    }

    private boolean compare(String wanted, String value) {
        return switch (this) {
            case STRING_EQUALS, BINARY_EQUALS, STRING_LIKE -> value.equals(wanted);
            case STRING_EQUALS_IGNORE_CASE, BOOL, ARN_EQUALS, ARN_LIKE -> value.equalsIgnoreCase(wanted);
            case NUMERIC_EQUALS -> numbers(value, wanted, order -> order == 0);
            case NUMERIC_LESS_THAN -> numbers(value, wanted, order -> order < 0);
            case NUMERIC_LESS_THAN_EQUALS -> numbers(value, wanted, order -> order <= 0);
            case NUMERIC_GREATER_THAN -> numbers(value, wanted, order -> order > 0);
            case NUMERIC_GREATER_THAN_EQUALS -> numbers(value, wanted, order -> order >= 0);
            case DATE_EQUALS -> dates(value, wanted, order -> order == 0);
            case DATE_LESS_THAN -> dates(value, wanted, order -> order < 0);
            case DATE_LESS_THAN_EQUALS -> dates(value, wanted, order -> order <= 0);
            case DATE_GREATER_THAN -> dates(value, wanted, order -> order > 0);
            case DATE_GREATER_THAN_EQUALS -> dates(value, wanted, order -> order >= 0);
            case IP_ADDRESS -> inRange(wanted, value);
        };
    }

    private static boolean numbers(String value, String wanted, IntPredicate order) {
        try {
            return order.test(new BigDecimal(value).compareTo(new BigDecimal(wanted)));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean dates(String value, String wanted, IntPredicate order) {
        try {
            return order.test(date(value).compareTo(date(wanted)));
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** ISO 8601, a date alone, or seconds since 1970. */
    private static Instant date(String text) {
        if (text.matches("\\d{1,12}")) {
            return Instant.ofEpochSecond(Long.parseLong(text));
        }
        return text.contains("T")
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static boolean inRange(String range, String address) {
        int slash = range.indexOf('/');
        try {
            // Literals only: no name is ever looked up.
            byte[] base = InetAddress.ofLiteral(slash < 0 ? range : range.substring(0, slash))
                    .getAddress();
            byte[] asked = InetAddress.ofLiteral(address).getAddress();
            int bits = slash < 0 ? base.length * 8 : Integer.parseInt(range.substring(slash + 1));
            return base.length == asked.length && bits <= base.length * 8 && samePrefix(base, asked, bits);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean samePrefix(byte[] a, byte[] b, int bits) {
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((a[bit / 8] & mask) != (b[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
