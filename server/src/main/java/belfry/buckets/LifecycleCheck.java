package belfry.buckets;

import belfry.api.s3.BucketLifecycleConfiguration;
import belfry.api.s3.LifecycleExpiration;
import belfry.api.s3.LifecycleRule;
import belfry.base.Ids;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What S3 asks of a lifecycle before it takes it. */
final class LifecycleCheck {
    private static final int RULES_MAX = 1_000;
    private static final int ID_MAX = 255;
    private static final int ID_LENGTH = 48;

    private LifecycleCheck() {}

    /** The configuration with a name for every rule. */
    static BucketLifecycleConfiguration check(@Nullable BucketLifecycleConfiguration configuration, Ids ids) {
        List<LifecycleRule> rules = configuration == null ? null : configuration.rules();
        if (configuration == null || rules == null || rules.isEmpty() || rules.size() > RULES_MAX) {
            throw S3Errors.malformedXml();
        }
        Set<String> names = new HashSet<>();
        for (LifecycleRule rule : rules) {
            if (rule.id() == null || rule.id().isEmpty()) {
                rule.id(ids.alphanumeric(ID_LENGTH));
            }
            if (rule.id().length() > ID_MAX) {
                throw invalid("ID length should not exceed allowed limit of 255", rule);
            }
            if (!names.add(rule.id())) {
                throw invalid("Rule ID must be unique. Found same ID for more than one rule", rule);
            }
            check(rule);
        }
        return configuration;
    }

    private static void check(LifecycleRule rule) {
        if (rule.filter() == null && rule.prefix() == null) {
            throw S3Errors.malformedXml();
        }
        boolean acts = rule.expiration() != null
                || rule.noncurrentVersionExpiration() != null
                || rule.abortIncompleteMultipartUpload() != null
                || given(rule.transitions())
                || given(rule.noncurrentVersionTransitions());
        if (!acts) {
            throw S3Errors.invalidRequest("At least one action needs to be specified in a rule");
        }
        if (rule.expiration() != null) {
            check(rule, rule.expiration());
        }
        var noncurrent = rule.noncurrentVersionExpiration();
        if (noncurrent != null && (noncurrent.noncurrentDays() == null || noncurrent.noncurrentDays() < 1)) {
            throw invalid("'NoncurrentDays' for NoncurrentVersionExpiration action must be a positive integer", rule);
        }
        var abort = rule.abortIncompleteMultipartUpload();
        if (abort != null && (abort.daysAfterInitiation() == null || abort.daysAfterInitiation() < 1)) {
            throw invalid(
                    "'DaysAfterInitiation' for AbortIncompleteMultipartUpload action must be a positive integer", rule);
        }
    }

    private static boolean given(@Nullable List<?> list) {
        return list != null && !list.isEmpty();
    }

    private static void check(LifecycleRule rule, LifecycleExpiration expiration) {
        int kinds = (expiration.days() == null ? 0 : 1)
                + (expiration.date() == null ? 0 : 1)
                + (expiration.expiredObjectDeleteMarker() == null ? 0 : 1);
        if (kinds != 1) {
            throw S3Errors.malformedXml();
        }
        if (expiration.days() != null && expiration.days() < 1) {
            throw invalid("'Days' for Expiration action must be a positive integer", rule);
        }
        if (expiration.date() != null
                && !expiration.date().equals(expiration.date().truncatedTo(ChronoUnit.DAYS))) {
            throw invalid("'Date' must be at midnight GMT", rule);
        }
    }

    private static RuntimeException invalid(String message, LifecycleRule rule) {
        return S3Errors.invalidArgument(message, "ID", rule.id());
    }
}
