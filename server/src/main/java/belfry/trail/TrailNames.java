package belfry.trail;

import belfry.base.Arn;
import belfry.wire.ServiceException;
import java.util.Optional;
import java.util.regex.Pattern;

/** The rules for names of trails, buckets and prefixes (semantics: cloudtrail.md §2). */
final class TrailNames {
    private static final int NAME_MIN = 3;
    private static final int NAME_MAX = 128;
    private static final int PREFIX_MAX = 200;
    private static final int BUCKET_MIN = 3;
    private static final int BUCKET_MAX = 63;
    private static final Pattern CHARACTERS = Pattern.compile("[A-Za-z0-9._-]+");
    private static final Pattern ADJACENT = Pattern.compile(".*[._-]{2}.*");
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9]+(-+[a-z0-9]+)*(\\.[a-z0-9]+(-+[a-z0-9]+)*)*");

    private TrailNames() {}

    /** @throws ServiceException InvalidTrailNameException */
    static void check(String name) {
        if (name.length() < NAME_MIN) {
            throw invalid("Trail name too short. Minimum allowed length: 3 characters. Specified name length: "
                    + name.length() + " characters.");
        }
        if (name.length() > NAME_MAX) {
            throw invalid("Trail name too long. Maximum allowed length: 128 characters. Specified name length: "
                    + name.length() + " characters.");
        }
        if (!CHARACTERS.matcher(name).matches()) {
            throw invalid("Trail name or ARN can only contain uppercase letters, lowercase letters, numbers, periods"
                    + " (.), hyphens (-), and underscores (_).");
        }
        if (!letterOrDigit(name.charAt(0))) {
            throw invalid("Trail name must starts with a letter or number.");
        }
        if (!letterOrDigit(name.charAt(name.length() - 1))) {
            throw invalid("Trail name must ends with a letter or number.");
        }
        if (ADJACENT.matcher(name).matches()) {
            throw invalid("Trail name cannot have adjacent periods, hyphens or underscores.");
        }
        if (ADDRESS.matcher(name).matches()) {
            throw invalid("Trail name cannot be in IP address format.");
        }
    }

    /** @throws ServiceException InvalidS3BucketNameException */
    static void checkBucket(String bucket) {
        if (bucket.length() < BUCKET_MIN
                || bucket.length() > BUCKET_MAX
                || !BUCKET.matcher(bucket).matches()
                || ADDRESS.matcher(bucket).matches()) {
            throw ServiceException.of("InvalidS3BucketNameException", "S3 bucket name is not valid: " + bucket);
        }
    }

    /** @throws ServiceException InvalidS3PrefixException */
    static void checkPrefix(String prefix) {
        if (prefix.length() > PREFIX_MAX) {
            throw ServiceException.of(
                    "InvalidS3PrefixException",
                    "S3 prefix is too long. Maximum allowed length: 200 characters. Specified prefix length: "
                            + prefix.length() + " characters.");
        }
        if (prefix.startsWith("/") || prefix.endsWith("/")) {
            throw ServiceException.of("InvalidS3PrefixException", "S3 prefix must not begin or end with a slash.");
        }
    }

    /**
     * The ARN that the text is, or empty where it is a name.
     *
     * @throws ServiceException CloudTrailARNInvalidException where it begins like an ARN and is none of a trail's
     */
    static Optional<Arn> arn(String nameOrArn) {
        if (!nameOrArn.startsWith("arn:")) {
            return Optional.empty();
        }
        Optional<Arn> arn = Arn.parse(nameOrArn)
                .filter(parsed -> parsed.service().equals("cloudtrail"))
                .filter(parsed -> parsed.resource().startsWith("trail/"));
        if (arn.isEmpty()) {
            throw ServiceException.of("CloudTrailARNInvalidException", "Invalid trail ARN: " + nameOrArn);
        }
        return arn;
    }

    private static boolean letterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static ServiceException invalid(String message) {
        return ServiceException.of("InvalidTrailNameException", message);
    }
}
