package belfry.wire;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Verifies AWS Signature Version 4: in the Authorization header, in presigned URLs, and in aws-chunked bodies. Answers
 * the error codes of each protocol family.
 */
public final class SigV4 {
    private static final String TOKEN = "X-Amz-Security-Token";
    private static final String SIGNATURE = "X-Amz-Signature";

    private final KeyLookup keys;

    public SigV4(KeyLookup keys) {
        this.keys = Objects.requireNonNull(keys);
    }

    /**
     * A request whose signature is right.
     *
     * @param request the request to decode: its body checks hashes and chunk signatures while it is read, and no longer
     *     has the aws-chunked coding
     */
    public record Verified(Credential credential, WireRequest request) {}

    /** True where the request states a signature at all; S3 and a few operations take requests without one. */
    public static boolean isSigned(WireRequest request) {
        return Signature.present(request);
    }

    /**
     * Verifies the signature.
     *
     * @param resolution what {@link Router#resolve} returned
     * @throws ServiceException where it is missing, incomplete, wrong, out of date, or of an unknown key
     */
    public Verified verify(Resolution resolution, Instant now) {
        SignatureErrors errors = SignatureErrors.of(resolution.protocol());
        WireRequest request = resolution.request();
        ServiceDescriptor service = resolution.service();
        if (!isSigned(request)) {
            throw errors.missing();
        }
        Signature signature = Signature.read(request, errors);
        if (service != null && !inScope(service, errors, signature.credential())) {
            throw errors.wrongService(service.signingName());
        }
        CanonicalRequest.PathRules rules =
                errors == SignatureErrors.S3 ? CanonicalRequest.PathRules.S3 : CanonicalRequest.PathRules.OTHERS;
        return verify(request, signature, errors, rules, now);
    }

    private static boolean inScope(ServiceDescriptor service, SignatureErrors errors, Credential credential) {
        return credential.service().equals(service.signingName())
                || (errors == SignatureErrors.S3 && credential.service().equals("s3express"));
    }

    /** The request without any check of its signature, for development: only the aws-chunked coding is taken off. */
    public static WireRequest unverified(WireRequest request) {
        return Payload.accept(request, null);
    }

    Verified verify(
            WireRequest request,
            Signature signature,
            SignatureErrors errors,
            CanonicalRequest.PathRules rules,
            Instant now) {
        covers(request, signature, errors);
        current(signature, errors, now);
        Credential credential = signature.credential();
        KeyLookup.Key key = keys.find(credential.accessKeyId());
        if (key == null) {
            throw errors.unknownKey(credential.accessKeyId());
        }
        byte[] signingKey = Hmac.signingKey(key.secretAccessKey(), credential);
        boolean s3 = errors == SignatureErrors.S3;
        String payloadHash = Payload.statedHash(request, signature, s3);
        if (!matches(request, signature, rules, payloadHash, signingKey)) {
            throw errors.mismatch();
        }
        token(key, signature, errors, now);
        return new Verified(credential, s3 ? Payload.accept(request, new ChunkSigner(signature, signingKey)) : request);
    }

    /** The parts that decide what a request does must be signed. */
    private static void covers(WireRequest request, Signature signature, SignatureErrors errors) {
        if (!signature.signedHeaders().contains("host")) {
            throw errors.unsignedHeader("Host");
        }
        request.headers().forEach((name, value) -> {
            String header = name.toLowerCase(Locale.ROOT);
            boolean decisive = errors == SignatureErrors.S3
                    ? header.startsWith("x-amz-") && !header.equals("x-amz-security-token")
                    : header.equals("x-amz-target");
            if (decisive && !signature.signedHeaders().contains(header) && !isDate(header, signature)) {
                throw errors.unsignedHeader(header);
            }
        });
    }

    /** The date and the hash of a presigned URL stand in its query, or nowhere. */
    private static boolean isDate(String header, Signature signature) {
        return header.equals("x-amz-date") || (signature.presigned() && header.equals("x-amz-content-sha256"));
    }

    private static void current(Signature signature, SignatureErrors errors, Instant now) {
        if (!signature.timestamp().startsWith(signature.credential().date())) {
            throw errors.refused(
                    "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '"
                            + signature.credential().date() + "' != '" + signature.timestamp() + "'.");
        }
        Instant signed = signature.time();
        if (signed.isAfter(now.plus(errors.tolerance()))) {
            throw errors.tooNew(signed, now);
        }
        Duration lifetime = signature.expires();
        if (lifetime == null) {
            if (signed.isBefore(now.minus(errors.tolerance()))) {
                throw errors.tooOld(signed, now);
            }
        } else if (signed.plus(lifetime).isBefore(now)) {
            throw errors.expiredUrl(signed.plus(lifetime), now);
        }
    }

    private static boolean matches(
            WireRequest request,
            Signature signature,
            CanonicalRequest.PathRules rules,
            String payloadHash,
            byte[] signingKey) {
        if (matches(request, signature, rules, payloadHash, signingKey, false)) {
            return true;
        }
        // Some clients add the session token to a URL after signing it; the token is compared on its own anyway.
        return signature.presigned()
                && signature.sessionToken() != null
                && matches(request, signature, rules, payloadHash, signingKey, true);
    }

    private static boolean matches(
            WireRequest request,
            Signature signature,
            CanonicalRequest.PathRules rules,
            String payloadHash,
            byte[] signingKey,
            boolean withoutToken) {
        boolean presigned = signature.presigned();
        String canonical = CanonicalRequest.of(
                request,
                rules,
                signature.signedHeaders(),
                name -> !(presigned && name.equals(SIGNATURE)) && !(withoutToken && name.equals(TOKEN)),
                payloadHash);
        String expected = Hmac.signHex(signingKey, signature.stringToSign(canonical));
        return Hmac.same(expected, signature.value());
    }

    private static void token(KeyLookup.Key key, Signature signature, SignatureErrors errors, Instant now) {
        String stated = signature.sessionToken();
        @Nullable String expected = key.sessionToken();
        if (expected == null ? stated != null : stated == null || !Hmac.same(expected, stated)) {
            throw errors.wrongToken();
        }
        Instant end = key.expiresAt();
        if (end != null && !now.isBefore(end)) {
            throw errors.expiredToken();
        }
    }
}
