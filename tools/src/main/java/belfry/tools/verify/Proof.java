package belfry.tools.verify;

import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Public keys by fingerprint, and signatures of digests by place: what a copy on disk lacks. Its file is what
 * {@code aws cloudtrail list-public-keys} prints, with {@code DigestSignatures} added.
 */
final class Proof {
    private final Map<String, byte[]> keys = new TreeMap<>();
    private final Map<String, String> signatures = new TreeMap<>();

    static Proof read(Path file) throws IOException {
        Proof proof = new Proof();
        JsonNode json;
        try {
            json = Json.parse(Files.readString(file));
            for (JsonNode key : json.path("PublicKeyList")) {
                proof.add(
                        key.path("Fingerprint").asText(),
                        Base64.getDecoder().decode(key.path("Value").asText()));
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is not what aws cloudtrail list-public-keys prints: " + e.getMessage(), e);
        }
        json.path("DigestSignatures")
                .properties()
                .forEach(entry -> proof.sign(entry.getKey(), entry.getValue().asText()));
        return proof;
    }

    void write(Path file) throws IOException {
        ObjectNode json = Json.object();
        ArrayNode list = json.putArray("PublicKeyList");
        keys.forEach((fingerprint, value) -> list.addObject()
                .put("Value", Base64.getEncoder().encodeToString(value))
                .put("Fingerprint", fingerprint));
        ObjectNode signed = json.putObject("DigestSignatures");
        signatures.forEach(signed::put);
        Files.writeString(file, Json.pretty(json) + "\n");
    }

    /** @param publicKey PKCS#1 DER */
    void add(String fingerprint, byte[] publicKey) {
        keys.put(fingerprint, publicKey);
    }

    void sign(String where, String signature) {
        signatures.put(where, signature);
    }

    Optional<byte[]> key(String fingerprint) {
        return Optional.ofNullable(keys.get(fingerprint));
    }

    Optional<String> signature(Location where) {
        return Optional.ofNullable(signatures.get(where.toString()));
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }
}
