package belfry.buckets;

import belfry.wire.ServiceException;
import belfry.wire.Struct;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What a client says about the content it sends: Content-MD5 and a checksum. It is kept only if it is true. */
record ContentClaim(
        Algorithm algorithm,
        Checksums.Claim checksum,
        @Nullable String md5) {
    /**
     * Reads what a request says.
     *
     * @param md5 the Content-MD5 header, or null
     * @param otherwise the algorithm to compute where the client names none
     * @throws ServiceException {@code InvalidDigest} if it cannot be an MD5
     */
    static ContentClaim of(Struct request, @Nullable String md5, Algorithm otherwise) {
        Checksums.Claim claim = Checksums.claim(request);
        Algorithm algorithm = claim.algorithm() == null ? otherwise : claim.algorithm();
        return new ContentClaim(algorithm, claim, md5 == null ? null : hex(md5));
    }

    /** The same claim, where another checksum is kept than the one that the client names. */
    ContentClaim keeping(Algorithm other) {
        return new ContentClaim(other, checksum, md5);
    }

    /** The checksum that the client names, which may be another than the one to keep. */
    Algorithm claimed() {
        return checksum.algorithm() == null ? algorithm : checksum.algorithm();
    }

    private static String hex(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            if (bytes.length == Algorithm.MD5.bytes()) {
                return HexFormat.of().formatHex(bytes);
            }
        } catch (IllegalArgumentException e) {
            // Not Base64: answered below like a wrong length.
        }
        throw ServiceException.of("InvalidDigest", 400, "The Content-MD5 you specified was invalid.")
                .with("Content-MD5", base64);
    }

    void verify(Spool.Taken taken) {
        if (md5 != null && !md5.equals(taken.md5())) {
            throw ServiceException.of(
                    "BadDigest", 400, "The Content-MD5 you specified did not match what we received.");
        }
        checksum.verify(taken.claimed());
    }
}
