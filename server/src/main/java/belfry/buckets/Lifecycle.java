package belfry.buckets;

import belfry.api.s3.LifecycleExpiration;
import belfry.api.s3.LifecycleRule;
import belfry.api.s3.LifecycleRuleAndOperator;
import belfry.api.s3.LifecycleRuleFilter;
import belfry.api.s3.Tag;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a lifecycle: whom it speaks of and when. Days are counted from a version's time and rounded up to the next
 * midnight UTC, as S3 does.
 */
record Lifecycle(LifecycleRule rule) {
    boolean enabled() {
        return "Enabled".equals(rule.status());
    }

    String id() {
        return rule.id();
    }

    boolean covers(String key, long size, Map<String, String> tags) {
        LifecycleRuleFilter filter = rule.filter();
        if (filter == null) {
            return starts(key, rule.prefix());
        }
        LifecycleRuleAndOperator and = filter.and();
        List<Tag> wanted = and != null && and.tags() != null
                ? and.tags()
                : filter.tag() == null ? List.of() : List.of(filter.tag());
        Long above = and == null ? filter.objectSizeGreaterThan() : and.objectSizeGreaterThan();
        Long below = and == null ? filter.objectSizeLessThan() : and.objectSizeLessThan();
        return starts(key, and == null ? filter.prefix() : and.prefix())
                && wanted.stream().allMatch(tag -> tag.value().equals(tags.get(tag.key())))
                && (above == null || size > above)
                && (below == null || size < below);
    }

    private static boolean starts(String key, @Nullable String prefix) {
        return prefix == null || key.startsWith(prefix);
    }

    /** When a current version that it covers expires. */
    Optional<Instant> expiry(ObjectRow row) {
        LifecycleExpiration expiration = rule.expiration();
        if (expiration == null) {
            return Optional.empty();
        }
        if (expiration.date() != null) {
            return Optional.of(expiration.date());
        }
        return expiration.days() == null ? Optional.empty() : Optional.of(due(row.modified(), expiration.days()));
    }

    /** Whether it clears delete markers that stand alone, by its flag or because they are old enough. */
    boolean clearsMarker(ObjectRow marker, Instant now) {
        LifecycleExpiration expiration = rule.expiration();
        return expiration != null
                && (Boolean.TRUE.equals(expiration.expiredObjectDeleteMarker())
                        || expiry(marker).filter(due -> !due.isAfter(now)).isPresent());
    }

    /** When a version that is no longer current is deleted for good. */
    Optional<Instant> noncurrentExpiry(ObjectRow row) {
        var expiration = rule.noncurrentVersionExpiration();
        Instant since = row.superseded();
        return expiration == null || expiration.noncurrentDays() == null || since == null
                ? Optional.empty()
                : Optional.of(due(since, expiration.noncurrentDays()));
    }

    /** How many noncurrent versions are kept whatever their age. */
    int noncurrentKept() {
        var expiration = rule.noncurrentVersionExpiration();
        return expiration == null || expiration.newerNoncurrentVersions() == null
                ? 0
                : expiration.newerNoncurrentVersions();
    }

    /** When an upload that was never completed is given up. */
    Optional<Instant> abortion(UploadRow upload) {
        var abort = rule.abortIncompleteMultipartUpload();
        return abort == null || abort.daysAfterInitiation() == null
                ? Optional.empty()
                : Optional.of(due(upload.initiated(), abort.daysAfterInitiation()));
    }

    private static Instant due(Instant from, int days) {
        Instant then = from.plus(Duration.ofDays(days));
        Instant midnight = then.truncatedTo(ChronoUnit.DAYS);
        return midnight.equals(then) ? then : midnight.plus(Duration.ofDays(1));
    }
}
