package belfry.buckets.trailfiles;

import belfry.base.Json;
import belfry.base.Sha256;
import belfry.buckets.trailfiles.WaitingFiles.Waiting;
import belfry.trail.LogFileNames;
import belfry.trail.Signer;
import belfry.trail.Trail;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A signed digest, ready to be put (semantics: cloudtrail.md §5.1).
 *
 * @param link what the next digest says of this one
 */
record DigestFile(DigestChain.Link link, byte[] gzip) {
    private static final String ALGORITHM = "SHA256withRSA";

    /**
     * Writes and signs.
     *
     * @param end of the time covered, to the second
     */
    static DigestFile of(Trail trail, DigestChain chain, Instant end, List<Waiting> files, Signer signer) {
        String key = LogFileNames.digest(trail, chain.region(), end);
        ObjectNode json = Json.object();
        json.put("awsAccountId", trail.account());
        json.put("digestStartTime", chain.start().toString());
        json.put("digestEndTime", end.toString());
        json.put("digestS3Bucket", trail.bucket());
        json.put("digestS3Object", key);
        json.put("digestPublicKeyFingerprint", signer.fingerprint());
        json.put("digestSignatureAlgorithm", ALGORITHM);
        json.put("newestEventTime", text(newest(files)));
        json.put("oldestEventTime", text(oldest(files)));
        previous(json, chain.last());
        ArrayNode list = json.putArray("logFiles");
        files.forEach(file -> entry(list.addObject(), file));
        byte[] text = Json.write(json).getBytes(StandardCharsets.UTF_8);
        String hash = Sha256.hex(text);
        DigestChain.Link last = chain.last();
        String signature = signer.sign(end + "\n" + trail.bucket() + "/" + key + "\n" + hash + "\n"
                + (last == null ? "null" : last.signature()));
        return new DigestFile(new DigestChain.Link(trail.bucket(), key, hash, signature), gzip(text));
    }

    /** The object's user metadata: the signature does not stand in the file. */
    Map<String, String> metadata() {
        return Map.of("signature", link.signature(), "signature-algorithm", ALGORITHM);
    }

    private static void previous(ObjectNode json, DigestChain.@Nullable Link last) {
        json.put("previousDigestS3Bucket", last == null ? null : last.bucket());
        json.put("previousDigestS3Object", last == null ? null : last.key());
        json.put("previousDigestHashValue", last == null ? null : last.hash());
        json.put("previousDigestHashAlgorithm", last == null ? null : "SHA-256");
        json.put("previousDigestSignature", last == null ? null : last.signature());
    }

    private static void entry(ObjectNode json, Waiting file) {
        json.put("s3Bucket", file.bucket());
        json.put("s3Object", file.key());
        json.put("hashValue", file.hash());
        json.put("hashAlgorithm", "SHA-256");
        json.put("newestEventTime", file.newest().toString());
        json.put("oldestEventTime", file.oldest().toString());
    }

    private static @Nullable Instant newest(List<Waiting> files) {
        return files.stream().map(Waiting::newest).max(Instant::compareTo).orElse(null);
    }

    private static @Nullable Instant oldest(List<Waiting> files) {
        return files.stream().map(Waiting::oldest).min(Instant::compareTo).orElse(null);
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }

    private static byte[] gzip(byte[] text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException("memory has no I/O errors", e);
        }
        return bytes.toByteArray();
    }
}
