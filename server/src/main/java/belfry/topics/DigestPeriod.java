package belfry.topics;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The subscription attribute {@code BelfryDigest}: how long messages are gathered after a mail before the next one
 * (docs/decisions/0816). Kept as ISO 8601 writes it, {@code PT5M}.
 */
final class DigestPeriod {
    static final String ATTRIBUTE = "BelfryDigest";
    static final Duration MIN = Duration.ofMinutes(1);
    static final Duration MAX = Duration.ofDays(1);

    private DigestPeriod() {}

    /** The period that a subscription's attributes ask for; empty where each message is a mail. */
    static Optional<Duration> of(Map<String, String> attributes) {
        return Optional.ofNullable(attributes.get(ATTRIBUTE)).map(Duration::parse);
    }

    /**
     * Sets or, with an empty value, removes it.
     *
     * @param prefix what SNS puts before its complaint
     */
    static void put(Map<String, String> all, String value, String protocol, String prefix) {
        if (value.isEmpty()) {
            all.remove(ATTRIBUTE);
            return;
        }
        if (!protocol.equals("email")) {
            throw Faults.invalid(
                    prefix + ATTRIBUTE + ": Delivery protocol [" + protocol + "] does not support digests.");
        }
        Duration period = read(value)
                .filter(asked -> asked.compareTo(MIN) >= 0 && asked.compareTo(MAX) <= 0)
                .orElseThrow(() -> Faults.invalid(prefix + ATTRIBUTE + ": Invalid value [" + value
                        + "]. Must be a time from PT1M to PT24H, or its seconds from 60 to 86400."));
        all.put(ATTRIBUTE, period.toString());
    }

    private static Optional<Duration> read(String value) {
        if (value.matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            // Fractions of a second would make no sense, and "pt5m" or "PT-5M+10M" no readable attribute.
            return value.matches("P[0-9DTHMS]+") ? Optional.of(Duration.parse(value)) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
