package belfry.buckets;

import belfry.wire.ServiceException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Conditional requests, by RFC 9110 §13 and S3's own rules for writes. */
record Preconditions(
        @Nullable String ifMatch,
        @Nullable String ifNoneMatch,
        @Nullable Instant ifModifiedSince,
        @Nullable Instant ifUnmodifiedSince) {

    /** For GET and HEAD: 412, or 304 where the client has it already. */
    void checkRead(ObjectRow object) {
        checkUnchanged(object, "If-Match", "If-Unmodified-Since");
        boolean known = ifNoneMatch != null
                ? matches(ifNoneMatch, object)
                : ifModifiedSince != null
                        && !object.modified().isAfter(ifModifiedSince.truncatedTo(ChronoUnit.SECONDS));
        if (known) {
            throw ServiceException.of("NotModified", 304, "Not Modified");
        }
    }

    /** For the source of a copy: every failure is a 412. */
    void checkCopySource(ObjectRow source) {
        checkUnchanged(source, "x-amz-copy-source-If-Match", "x-amz-copy-source-If-Unmodified-Since");
        if (ifNoneMatch != null && matches(ifNoneMatch, source)) {
            throw S3Errors.preconditionFailed("x-amz-copy-source-If-None-Match");
        }
        boolean old =
                ifModifiedSince != null && !source.modified().isAfter(ifModifiedSince.truncatedTo(ChronoUnit.SECONDS));
        if (ifNoneMatch == null && old) {
            throw S3Errors.preconditionFailed("x-amz-copy-source-If-Modified-Since");
        }
    }

    private void checkUnchanged(ObjectRow object, String matchName, String sinceName) {
        if (ifMatch != null) {
            if (!matches(ifMatch, object)) {
                throw S3Errors.preconditionFailed(matchName);
            }
        } else if (ifUnmodifiedSince != null && object.modified().isAfter(ifUnmodifiedSince)) {
            throw S3Errors.preconditionFailed(sinceName);
        }
    }

    /**
     * For a write: {@code If-None-Match: *} where nothing may be there yet, {@code If-Match} where just that must be.
     *
     * @param there what the key holds now; null for nothing, or a delete marker
     */
    static void checkWrite(
            @Nullable String ifMatch, @Nullable String ifNoneMatch, @Nullable ObjectRow there, String key) {
        if (ifNoneMatch != null) {
            if (!ifNoneMatch.equals("*")) {
                throw S3Errors.notImplemented("If-None-Match on a write with another value than *");
            }
            if (there != null) {
                throw S3Errors.preconditionFailed("If-None-Match");
            }
        }
        if (ifMatch != null) {
            if (there == null) {
                throw S3Errors.noSuchKey(key);
            }
            if (!matches(ifMatch, there)) {
                throw S3Errors.preconditionFailed("If-Match");
            }
        }
    }

    /** A list of entity tags, quoted or not, or a star. */
    static boolean matches(String header, ObjectRow object) {
        for (String part : header.split(",")) {
            String tag = part.strip();
            String bare = tag.startsWith("W/") ? tag.substring(2) : tag;
            if (bare.equals("*") || bare.replace("\"", "").equals(object.etag())) {
                return true;
            }
        }
        return false;
    }
}
