package belfry.wire;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request's signature as its client states it, in the Authorization header or in a presigned URL.
 *
 * @param time when it was signed
 * @param timestamp the same as the client wrote it, as {@code 20150830T123600Z}
 * @param expires how long a presigned URL lasts; null for a header
 */
record Signature(
        Credential credential,
        List<String> signedHeaders,
        String value,
        Instant time,
        String timestamp,
        @Nullable Duration expires,
        @Nullable String sessionToken) {
    static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern PART = Pattern.compile("(Credential|SignedHeaders|Signature)=([^,\\s]*)");
    private static final Duration LONGEST = Duration.ofDays(7);

    boolean presigned() {
        return expires != null;
    }

    static boolean present(WireRequest request) {
        return request.headers().has("Authorization")
                || request.rawQuery().contains("X-Amz-Algorithm=")
                || isVersion2(request);
    }

    /** The signatures before version 4, which some clients still put into URLs. */
    private static boolean isVersion2(WireRequest request) {
        return request.headers().firstOr("Authorization", "").startsWith("AWS ")
                || request.rawQuery().contains("AWSAccessKeyId=");
    }

    /** Reads the statement; an incomplete or broken one answers the family's code for that. */
    static Signature read(WireRequest request, SignatureErrors errors) {
        if (isVersion2(request)) {
            throw errors.unsupported();
        }
        String authorization = request.headers().first("Authorization");
        return authorization == null
                ? fromQuery(QueryString.parse(request.rawQuery()), errors)
                : fromHeader(authorization, request.headers(), errors);
    }

    private static Signature fromHeader(String authorization, Headers headers, SignatureErrors errors) {
        if (!authorization.startsWith(ALGORITHM + " ")) {
            throw errors.incomplete("Authorization header requires the algorithm " + ALGORITHM + ".");
        }
        String credential = null;
        String signed = null;
        String value = null;
        Matcher parts = PART.matcher(authorization);
        while (parts.find()) {
            switch (parts.group(1)) {
                case "Credential" -> credential = parts.group(2);
                case "SignedHeaders" -> signed = parts.group(2);
                default -> value = parts.group(2);
            }
        }
        require(credential, "Credential", errors);
        require(value, "Signature", errors);
        require(signed, "SignedHeaders", errors);
        String timestamp = headers.first("X-Amz-Date");
        if (timestamp == null) {
            timestamp = fromDate(headers.first("Date"), errors);
        }
        return build(credential, signed, value, timestamp, null, headers.first("X-Amz-Security-Token"), errors);
    }

    private static void require(@Nullable String part, String name, SignatureErrors errors) {
        if (part == null || part.isEmpty()) {
            throw errors.incomplete("Authorization header requires '" + name + "' parameter.");
        }
    }

    private static String fromDate(@Nullable String date, SignatureErrors errors) {
        try {
            if (date != null) {
                return TIMESTAMP.format(Scalars.time(date));
            }
        } catch (DateTimeException e) {
            // An unreadable date is as good as none.
        }
        throw errors.incomplete("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
    }

    private static Signature fromQuery(QueryString query, SignatureErrors errors) {
        if (!ALGORITHM.equals(query.first("X-Amz-Algorithm"))) {
            throw errors.incompleteQuery("X-Amz-Algorithm only supports \"" + ALGORITHM + "\"");
        }
        Duration expires = expires(query.first("X-Amz-Expires"), errors);
        return build(
                query.first("X-Amz-Credential"),
                query.first("X-Amz-SignedHeaders"),
                query.first("X-Amz-Signature"),
                query.first("X-Amz-Date"),
                expires,
                query.first("X-Amz-Security-Token"),
                errors);
    }

    private static Duration expires(@Nullable String text, SignatureErrors errors) {
        if (text == null) {
            // Services other than S3 need none: such a URL lasts as long as a header would.
            return errors.tolerance();
        }
        if (!text.matches("[0-9]{1,9}")
                || Duration.ofSeconds(Long.parseLong(text)).compareTo(LONGEST) > 0) {
            throw errors.incompleteQuery(
                    "X-Amz-Expires must be less than a week (in seconds) that is, the given X-Amz-Expires must be less than 604800 seconds");
        }
        return Duration.ofSeconds(Long.parseLong(text));
    }

    private static Signature build(
            @Nullable String credential,
            @Nullable String signedHeaders,
            @Nullable String value,
            @Nullable String timestamp,
            @Nullable Duration expires,
            @Nullable String token,
            SignatureErrors errors) {
        if (credential == null || signedHeaders == null || value == null || timestamp == null) {
            throw errors.incompleteQuery(
                    "Query-string authentication requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.");
        }
        Credential parsed = Credential.parse(credential);
        if (parsed == null) {
            throw errors.incomplete("Credential must have at least 5 slash-delimited elements.");
        }
        Instant time = time(timestamp, errors);
        return new Signature(parsed, CanonicalRequest.names(signedHeaders), value, time, timestamp, expires, token);
    }

    private static Instant time(String timestamp, SignatureErrors errors) {
        try {
            return ZonedDateTime.parse(timestamp, TIMESTAMP).toInstant();
        } catch (DateTimeException e) {
            throw errors.incomplete("Date must be in ISO-8601 'basic format'. Got '" + timestamp
                    + "'. See http://en.wikipedia.org/wiki/ISO_8601");
        }
    }

    static String timestamp(Instant time) {
        return TIMESTAMP.format(time);
    }

    String stringToSign(String canonicalRequest) {
        return ALGORITHM + "\n" + timestamp + "\n" + credential.scope() + "\n" + Hmac.sha256Hex(canonicalRequest);
    }
}
