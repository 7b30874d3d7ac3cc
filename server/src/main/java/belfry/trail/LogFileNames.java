package belfry.trail;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where log files and digests lie in a trail's bucket (semantics: cloudtrail.md §3, §5.1). */
public final class LogFileNames {
    private static final DateTimeFormatter DAY = formatter("yyyy/MM/dd");
    private static final DateTimeFormatter MINUTE = formatter("yyyyMMdd'T'HHmm'Z'");
    private static final DateTimeFormatter SECOND = formatter("yyyyMMdd'T'HHmmss'Z'");

    private LogFileNames() {}

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    /** {@code [prefix/]AWSLogs/ACCOUNT}. */
    static String folder(@Nullable String prefix, String account) {
        return (prefix == null || prefix.isEmpty() ? "" : prefix + "/") + "AWSLogs/" + account;
    }

    /**
     * A log file's key.
     *
     * @param kind {@code CloudTrail}, or {@code CloudTrail-Insight} for insights
     * @param region of its records
     * @param slot the end of the five minutes
     * @param unique 16 letters and digits
     */
    public static String logFile(Trail trail, String kind, String region, Instant slot, String unique) {
        return folder(trail.prefix(), trail.account()) + "/" + kind + "/" + region + "/" + DAY.format(slot) + "/"
                + trail.account() + "_" + kind + "_" + region + "_" + MINUTE.format(slot) + "_" + unique + ".json.gz";
    }

    /**
     * A digest's key (semantics: cloudtrail.md §5.1).
     *
     * @param region of the log files that it lists
     * @param end of the time that it covers
     */
    public static String digest(Trail trail, String region, Instant end) {
        return folder(trail.prefix(), trail.account()) + "/CloudTrail-Digest/" + region + "/" + DAY.format(end) + "/"
                + trail.account() + "_CloudTrail-Digest_" + region + "_" + trail.name() + "_" + trail.homeRegion() + "_"
                + SECOND.format(end) + ".json.gz";
    }
}
