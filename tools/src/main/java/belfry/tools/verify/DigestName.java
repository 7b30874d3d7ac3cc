package belfry.tools.verify;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a digest's key tells.
 *
 * @param prefix of the trail's keys, with the organization where there is one
 * @param region of the log files that it lists
 * @param end of the time it covers
 * @param backfill whether it lists what an earlier digest missed; a chain of its own
 */
record DigestName(
        String prefix, String account, String region, String trail, String home, Instant end, boolean backfill) {
    private static final Pattern KEY = Pattern.compile("(?<prefix>(?:.*/)?AWSLogs/(?:o-[a-z0-9]+/)?)(?<account>\\d{12})"
            + "/CloudTrail-Digest/(?<region>[a-z0-9-]+)/\\d{4}/\\d{2}/\\d{2}/"
            + "\\k<account>_CloudTrail-Digest_\\k<region>_(?<trail>.+)_(?<home>[a-z]{2}(?:-[a-z]+)+-\\d)_"
            + "(?<end>\\d{8}T\\d{6}Z)(?<backfill>_backfill)?\\.json\\.gz");
    private static final Pattern LOG = Pattern.compile("(?:.*/)?AWSLogs/(?:o-[a-z0-9]+/)?\\d{12}/CloudTrail(?:-Insight"
            + "|-NetworkActivity|-Aggregated)?/[a-z0-9-]+/\\d{4}/\\d{2}/\\d{2}/[^/]+\\.json\\.gz");
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT);

    /** Empty where the key is no digest's. */
    static Optional<DigestName> parse(String key) {
        Matcher match = KEY.matcher(key);
        if (!match.matches()) {
            return Optional.empty();
        }
        try {
            Instant end = LocalDateTime.parse(match.group("end"), SECOND).toInstant(ZoneOffset.UTC);
            return Optional.of(new DigestName(
                    match.group("prefix"),
                    match.group("account"),
                    match.group("region"),
                    match.group("trail"),
                    match.group("home"),
                    end,
                    match.group("backfill") != null));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static boolean isLog(String key) {
        return LOG.matcher(key).matches();
    }

    /** Digests with the same are of one trail in one region. */
    String line() {
        return trail + " (" + account + ", " + home + ")" + (region.equals(home) ? "" : " in " + region)
                + (backfill ? ", backfill" : "");
    }
}
