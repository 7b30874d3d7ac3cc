package belfry.wire;

import java.time.Duration;
import java.time.Instant;

/** How each family of protocols says that a signature is not accepted. */
enum SignatureErrors {
    /** JSON and CBOR: status 400, codes that end in Exception. */
    JSON,
    /** Query: status 403 mostly. */
    QUERY,
    /** S3: codes of its own. */
    S3;

    private static final String MISMATCH =
            "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";

    static SignatureErrors of(Protocol protocol) {
        return switch (protocol) {
            case JSON_1_0, JSON_1_1, CBOR -> JSON;
            case QUERY -> QUERY;
            case REST_XML -> S3;
        };
    }

    /** How far a client's clock may be off. */
    Duration tolerance() {
        return this == S3 ? Duration.ofMinutes(15) : Duration.ofMinutes(5);
    }

    ServiceException missing() {
        return switch (this) {
            case JSON ->
                ServiceException.of("MissingAuthenticationTokenException", 400, "Missing Authentication Token");
            case QUERY ->
                ServiceException.of("MissingAuthenticationToken", 403, "Request is missing Authentication Token");
            case S3 -> ServiceException.of("AccessDenied", 403, "Access Denied");
        };
    }

    ServiceException incomplete(String message) {
        return switch (this) {
            case JSON -> ServiceException.of("IncompleteSignatureException", 400, message);
            case QUERY -> ServiceException.of("IncompleteSignature", 400, message);
            case S3 ->
                ServiceException.of(
                        "AuthorizationHeaderMalformed", 400, "The authorization header is malformed; " + message);
        };
    }

    ServiceException incompleteQuery(String message) {
        return this == S3
                ? ServiceException.of("AuthorizationQueryParametersError", 400, message)
                : incomplete(message);
    }

    /** A signature of version 2. */
    ServiceException unsupported() {
        String message = "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.";
        return this == S3 ? ServiceException.of("InvalidRequest", 400, message) : incomplete(message);
    }

    ServiceException unknownKey(String accessKeyId) {
        String message = "The security token included in the request is invalid.";
        return switch (this) {
            case JSON -> ServiceException.of("UnrecognizedClientException", 400, message);
            case QUERY -> ServiceException.of("InvalidClientTokenId", 403, message);
            case S3 ->
                ServiceException.of(
                                "InvalidAccessKeyId",
                                403,
                                "The AWS Access Key Id you provided does not exist in our records.")
                        .with("AWSAccessKeyId", accessKeyId);
        };
    }

    ServiceException wrongToken() {
        return this == S3
                ? ServiceException.of("InvalidToken", 400, "The provided token is malformed or otherwise invalid.")
                : unknownKey("");
    }

    ServiceException expiredToken() {
        String message = "The security token included in the request is expired";
        return switch (this) {
            case JSON -> ServiceException.of("ExpiredTokenException", 400, message);
            case QUERY -> ServiceException.of("ExpiredToken", 403, message);
            case S3 -> ServiceException.of("ExpiredToken", 400, "The provided token has expired.");
        };
    }

    ServiceException mismatch() {
        return this == S3
                ? ServiceException.of(
                        "SignatureDoesNotMatch",
                        403,
                        "The request signature we calculated does not match the signature you provided. Check your key and signing method.")
                : refused(MISMATCH);
    }

    /** The signature is refused for a reason that the message names. */
    ServiceException refused(String message) {
        return switch (this) {
            case JSON -> ServiceException.of("InvalidSignatureException", 400, message);
            case QUERY -> ServiceException.of("SignatureDoesNotMatch", 403, message);
            case S3 -> ServiceException.of("AccessDenied", 403, message);
        };
    }

    ServiceException wrongService(String expected) {
        return this == S3
                ? incomplete("incorrect service \"" + expected + "\" expected.")
                : refused("Credential should be scoped to correct service: '" + expected + "'.");
    }

    ServiceException tooOld(Instant signed, Instant now) {
        if (this == S3) {
            return skewed(signed, now);
        }
        long minutes = tolerance().toMinutes();
        return refused("Signature expired: " + Signature.timestamp(signed) + " is now earlier than "
                + Signature.timestamp(now.minus(tolerance())) + " (" + Signature.timestamp(now) + " - " + minutes
                + " min.)");
    }

    ServiceException tooNew(Instant signed, Instant now) {
        if (this == S3) {
            return skewed(signed, now);
        }
        long minutes = tolerance().toMinutes();
        return refused("Signature not yet current: " + Signature.timestamp(signed) + " is still later than "
                + Signature.timestamp(now.plus(tolerance())) + " (" + Signature.timestamp(now) + " + " + minutes
                + " min.)");
    }

    private static ServiceException skewed(Instant signed, Instant now) {
        return ServiceException.of(
                        "RequestTimeTooSkewed",
                        403,
                        "The difference between the request time and the current time is too large.")
                .with("RequestTime", Signature.timestamp(signed))
                .with("ServerTime", Scalars.format(now, "iso8601"))
                .with("MaxAllowedSkewMilliseconds", "900000");
    }

    /** A presigned URL is over. */
    ServiceException expiredUrl(Instant end, Instant now) {
        return switch (this) {
            case S3 ->
                ServiceException.of("AccessDenied", 403, "Request has expired")
                        .with("Expires", Scalars.format(end, "iso8601"))
                        .with("ServerTime", Scalars.format(now, "iso8601"));
            case QUERY -> ServiceException.of("RequestExpired", 400, "Request has expired.");
            case JSON ->
                refused("Signature expired: " + Signature.timestamp(end) + " is now earlier than "
                        + Signature.timestamp(now));
        };
    }

    ServiceException unsignedHeader(String name) {
        return this == S3
                ? ServiceException.of(
                                "AccessDenied", 403, "There were headers present in the request which were not signed")
                        .with("HeadersNotSigned", name)
                : refused("'" + name + "' must be a 'SignedHeader' in the AWS Authorization.");
    }
}
