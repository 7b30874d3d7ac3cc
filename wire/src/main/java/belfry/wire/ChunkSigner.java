package belfry.wire;

import java.util.HexFormat;

/** The chain of signatures of an aws-chunked body: each covers the one before it. */
final class ChunkSigner {
    private final String prefix;
    private final byte[] signingKey;
    private String previous;

    ChunkSigner(Signature seed, byte[] signingKey) {
        this.prefix = seed.timestamp() + "\n" + seed.credential().scope() + "\n";
        this.signingKey = signingKey;
        this.previous = seed.value();
    }

    void chunk(byte[] sha256, String stated) {
        String hash = HexFormat.of().formatHex(sha256);
        check("AWS4-HMAC-SHA256-PAYLOAD\n" + prefix + previous + "\n" + Hmac.EMPTY_SHA256 + "\n" + hash, stated);
    }

    /** @param trailer the trailing headers, each as {@code name:value\n} */
    void trailer(String trailer, String stated) {
        check("AWS4-HMAC-SHA256-TRAILER\n" + prefix + previous + "\n" + Hmac.sha256Hex(trailer), stated);
    }

    private void check(String stringToSign, String stated) {
        String expected = Hmac.signHex(signingKey, stringToSign);
        if (!Hmac.same(expected, stated)) {
            throw SignatureErrors.S3.mismatch();
        }
        previous = expected;
    }
}
