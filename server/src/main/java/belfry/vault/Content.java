package belfry.vault;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** What a secret's version holds, in the open: for the length of one request. */
record Content(Version.Kind kind, byte[] bytes) {
    private static final int MAX_BYTES = 65_536;

    /** What the caller gave; null where it gave nothing. */
    static @Nullable Content given(@Nullable String text, byte @Nullable [] binary) {
        if (text != null && binary != null) {
            throw SecretErrors.invalidParameter(
                    "You can't specify both a binary secret value and a string secret value in the same secret.");
        }
        if (binary != null) {
            return new Content(Version.Kind.BINARY, binary);
        }
        if (text == null) {
            return null;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_BYTES) {
            throw SecretErrors.invalidParameter("SecretString is longer than " + MAX_BYTES + " bytes.");
        }
        return new Content(Version.Kind.TEXT, bytes);
    }

    @Nullable
    String text() {
        return kind == Version.Kind.TEXT ? new String(bytes, StandardCharsets.UTF_8) : null;
    }

    byte @Nullable [] binary() {
        return kind == Version.Kind.BINARY ? bytes : null;
    }

    boolean same(Content other) {
        return kind == other.kind && MessageDigest.isEqual(bytes, other.bytes);
    }

    /** Never the content. */
    @Override
    public String toString() {
        return "Content[" + kind + "]";
    }
}
