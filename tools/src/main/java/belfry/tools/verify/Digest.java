package belfry.tools.verify;

import belfry.base.Json;
import belfry.base.Sha256;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A digest as it was found. Its list of log files stays compressed until it is their turn: of a year's digests the lists
 * are most.
 *
 * @param where it was found
 * @param says where it says that it lies
 * @param hash SHA-256 of its uncompressed bytes, in hexadecimal
 * @param signature its own, from its metadata; null where there is none
 * @param previous the digest before it; null for the first of a chain
 */
record Digest(
        Location where,
        Location says,
        String hash,
        String endText,
        Instant start,
        Instant end,
        String fingerprint,
        @Nullable String signature,
        @Nullable Previous previous,
        int count,
        byte[] gzip) {
    /** The digest before, as the next one names it. */
    record Previous(Location where, @Nullable String hash, String signature) {}

    /** A log file that a digest lists. */
    record LogFile(Location where, String hash) {}

    /** Neither gzip nor a digest. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        Unreadable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    static Digest read(Location where, byte[] gzip, Map<String, String> metadata) throws Unreadable {
        byte[] text = text(gzip);
        try {
            JsonNode json = Json.parse(new String(text, StandardCharsets.UTF_8));
            String end = required(json, "digestEndTime");
            return new Digest(
                    where,
                    new Location(required(json, "digestS3Bucket"), required(json, "digestS3Object")),
                    Sha256.hex(text),
                    end,
                    Instant.parse(required(json, "digestStartTime")),
                    Instant.parse(end),
                    required(json, "digestPublicKeyFingerprint"),
                    metadata.get("signature"),
                    previous(json),
                    json.path("logFiles").size(),
                    gzip);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new Unreadable("no digest: " + e.getMessage(), e);
        }
    }

    /** The log files it lists. */
    List<LogFile> logFiles() throws Unreadable {
        List<LogFile> files = new ArrayList<>();
        for (JsonNode file :
                Json.parse(new String(text(gzip), StandardCharsets.UTF_8)).path("logFiles")) {
            files.add(new LogFile(
                    new Location(required(file, "s3Bucket"), required(file, "s3Object")), required(file, "hashValue")));
        }
        return files;
    }

    /** What the signature is made over, with {@code null} in words where nothing came before. */
    String signedText() {
        return endText + "\n" + says.bucket() + "/" + says.key() + "\n" + hash + "\n"
                + Optional.ofNullable(previous).map(Previous::signature).orElse("null");
    }

    private static byte[] text(byte[] gzip) throws Unreadable {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new Unreadable("no gzip: " + e.getMessage(), e);
        }
    }

    private static @Nullable Previous previous(JsonNode json) {
        String bucket = optional(json, "previousDigestS3Bucket");
        String key = optional(json, "previousDigestS3Object");
        String signature = optional(json, "previousDigestSignature");
        return bucket == null || key == null || signature == null
                ? null
                : new Previous(new Location(bucket, key), optional(json, "previousDigestHashValue"), signature);
    }

    private static String required(JsonNode json, String name) {
        String text = optional(json, name);
        if (text == null) {
            throw new IllegalArgumentException("it has no " + name);
        }
        return text;
    }

    private static @Nullable String optional(JsonNode json, String name) {
        JsonNode node = json.get(name);
        return node == null || node.isNull() ? null : node.asText();
    }
}
