package belfry.buckets.trailfiles;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.TestServer;
import belfry.base.Json;
import belfry.trail.TrailBuckets;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.PublicKey;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

class DigestsTest {
    private static final String BUCKET = "proof-bucket";
    private static final String FOLDER = "AWSLogs/" + TestServer.ACCOUNT + "/CloudTrail-Digest/us-east-1/";

    private TestServer server;
    private CloudTrailClient trails;
    private S3Client s3;

    /** A digest as it lies in the bucket. */
    private record Digest(String key, byte[] text, JsonNode json, Map<String, String> metadata) {
        String get(String field) {
            return json.get(field).asText();
        }

        /** Whether nothing came before it. */
        boolean starting() {
            return json.get("previousDigestSignature").isNull();
        }

        List<String> files() {
            List<String> names = new ArrayList<>();
            json.get("logFiles").forEach(file -> names.add(file.get("s3Object").asText()));
            return names;
        }
    }

    @BeforeEach
    void start() {
        server = TestServer.start();
        trails = server.client(CloudTrailClient.builder());
        s3 = server.s3();
        TrailBuckets.create(s3, BUCKET);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void watch() {
        trails.createTrail(in -> in.name("watch")
                .s3BucketName(BUCKET)
                .enableLogFileValidation(true)
                .isMultiRegionTrail(true));
        trails.startLogging(in -> in.name("watch"));
        server.settle();
    }

    private List<Digest> digests(String folder) {
        List<Digest> digests = new ArrayList<>();
        for (S3Object object :
                s3.listObjectsV2(in -> in.bucket(BUCKET).prefix(folder)).contents()) {
            var got = s3.getObjectAsBytes(in -> in.bucket(BUCKET).key(object.key()));
            byte[] text = gunzip(got.asByteArray());
            JsonNode json = Json.parse(new String(text, StandardCharsets.UTF_8));
            digests.add(new Digest(object.key(), text, json, got.response().metadata()));
        }
        return digests;
    }

    private static byte[] gunzip(byte[] file) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(file))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(byte[] bytes) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    /** Checks signature and place as AWS's documentation describes it. */
    private void verify(Digest digest) throws GeneralSecurityException {
        Instant end = Instant.parse(digest.get("digestEndTime"));
        List<PublicKey> keys =
                trails.listPublicKeys(in -> in.startTime(end).endTime(end)).publicKeyList();
        PublicKey key = keys.stream()
                .filter(it -> it.fingerprint().equals(digest.get("digestPublicKeyFingerprint")))
                .findFirst()
                .orElseThrow();
        assertThat(digest.get("digestS3Bucket")).isEqualTo(BUCKET);
        assertThat(digest.get("digestS3Object")).isEqualTo(digest.key());
        assertThat(digest.metadata()).containsEntry("signature-algorithm", "SHA256withRSA");
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(publicKey(key.value().asByteArray()));
        String previous = digest.get("previousDigestSignature");
        signature.update((digest.get("digestEndTime") + "\n" + BUCKET + "/" + digest.key() + "\n"
                        + sha256(digest.text()) + "\n" + previous)
                .getBytes(StandardCharsets.UTF_8));
        assertThat(signature.verify(HexFormat.of().parseHex(digest.metadata().get("signature"))))
                .isTrue();
    }

    /** PKCS#1: 30 82 len 02 82 len modulus 02 03 exponent. */
    private static java.security.PublicKey publicKey(byte[] der) throws GeneralSecurityException {
        assertThat(der).hasSize(270).startsWith(0x30, 0x82, 0x01, 0x0A, 0x02, 0x82, 0x01, 0x01);
        BigInteger modulus = new BigInteger(1, Arrays.copyOfRange(der, 8, 8 + 257));
        BigInteger exponent = new BigInteger(1, Arrays.copyOfRange(der, 267, 270));
        return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
    }

    @Test
    void aDayMakes24DigestsInOneChain() throws Exception {
        watch();
        server.advance(Duration.ofDays(1));
        List<Digest> digests = digests(FOLDER);
        assertThat(digests).hasSize(24);
        assertThat(digests.getFirst().key())
                .isEqualTo(FOLDER + "2026/03/02/" + TestServer.ACCOUNT
                        + "_CloudTrail-Digest_us-east-1_watch_us-east-1_20260302T110000Z.json.gz");
        assertThat(digests.getFirst().starting()).isTrue();
        Digest before = null;
        for (Digest digest : digests) {
            verify(digest);
            if (before != null) {
                assertThat(digest.get("digestStartTime")).isEqualTo(before.get("digestEndTime"));
                assertThat(digest.get("previousDigestS3Bucket")).isEqualTo(BUCKET);
                assertThat(digest.get("previousDigestS3Object")).isEqualTo(before.key());
                assertThat(digest.get("previousDigestHashValue")).isEqualTo(sha256(before.text()));
                assertThat(digest.get("previousDigestSignature"))
                        .isEqualTo(before.metadata().get("signature"));
            }
            before = digest;
        }
        Digest first = digests.getFirst();
        assertThat(first.files()).hasSize(1);
        assertThat(digests.get(5).files()).isEmpty();
        assertThat(digests.get(5).json().get("newestEventTime").isNull()).isTrue();
        JsonNode file = first.json().get("logFiles").get(0);
        byte[] log = gunzip(s3.getObjectAsBytes(
                        in -> in.bucket(BUCKET).key(file.get("s3Object").asText()))
                .asByteArray());
        assertThat(file.get("hashValue").asText()).isEqualTo(sha256(log));
        assertThat(file.get("newestEventTime").asText()).isEqualTo(TestServer.START.toString());
        var status = trails.getTrailStatus(in -> in.name("watch"));
        assertThat(status.latestDigestDeliveryTime()).isEqualTo(TestServer.START.plus(Duration.ofDays(1)));
        assertThat(status.latestDigestDeliveryError()).isNull();
    }

    @Test
    void stoppingWritesALastDigestAndStartingBeginsAnew() throws Exception {
        watch();
        server.advance(Duration.ofMinutes(90));
        trails.stopLogging(in -> in.name("watch"));
        server.settle();
        List<Digest> digests = digests(FOLDER);
        assertThat(digests).hasSize(2);
        Digest last = digests.getLast();
        verify(last);
        assertThat(last.get("digestEndTime")).isEqualTo("2026-03-02T11:30:00Z");
        assertThat(last.files()).singleElement().asString().contains("_CloudTrail_us-east-1_20260302T1130Z_");
        server.advance(Duration.ofHours(5));
        assertThat(digests(FOLDER)).hasSize(2);
        trails.startLogging(in -> in.name("watch"));
        server.settle();
        server.advance(Duration.ofHours(1));
        digests = digests(FOLDER);
        assertThat(digests).hasSize(3);
        assertThat(digests.getLast().starting()).isTrue();
        assertThat(digests.getLast().get("digestStartTime")).isEqualTo("2026-03-02T16:30:00Z");
        trails.deleteTrail(in -> in.name("watch"));
        server.settle();
        assertThat(digests(FOLDER)).hasSize(4);
    }

    @Test
    void validationCanBeSwitchedOnAndOff() {
        trails.createTrail(in -> in.name("watch").s3BucketName(BUCKET));
        trails.startLogging(in -> in.name("watch"));
        server.advance(Duration.ofHours(2));
        assertThat(digests(FOLDER)).isEmpty();
        var changed = trails.updateTrail(in -> in.name("watch").enableLogFileValidation(true));
        assertThat(changed.logFileValidationEnabled()).isTrue();
        assertThat(trails.getTrail(in -> in.name("watch")).trail().logFileValidationEnabled())
                .isTrue();
        server.advance(Duration.ofHours(1));
        assertThat(digests(FOLDER)).hasSize(1);
        trails.updateTrail(in -> in.name("watch").enableLogFileValidation(false));
        server.settle();
        assertThat(digests(FOLDER)).hasSize(2);
        server.advance(Duration.ofHours(3));
        assertThat(digests(FOLDER)).hasSize(2);
    }

    @Test
    void whatABucketRefusesIsHeldAndComesInOrder() throws Exception {
        watch();
        server.advance(Duration.ofHours(1));
        s3.deleteBucketPolicy(in -> in.bucket(BUCKET));
        server.advance(Duration.ofHours(2));
        assertThat(digests(FOLDER)).hasSize(1);
        assertThat(trails.getTrailStatus(in -> in.name("watch")).latestDigestDeliveryError())
                .isEqualTo("AccessDenied");
        TrailBuckets.allow(s3, BUCKET);
        server.advance(Duration.ofHours(1));
        List<Digest> digests = digests(FOLDER);
        assertThat(digests).hasSize(4);
        for (Digest digest : digests) {
            verify(digest);
        }
        assertThat(digests.get(3).get("previousDigestS3Object"))
                .isEqualTo(digests.get(2).key());
        assertThat(digests.get(3).files()).isNotEmpty();
        assertThat(trails.getTrailStatus(in -> in.name("watch")).latestDigestDeliveryError())
                .isNull();
    }

    @Test
    void aRegionGetsItsOwnChainAndKeyOnceSomethingHappensThere() {
        watch();
        SecretsManagerClient secrets = SecretsManagerClient.builder()
                .endpointOverride(server.url())
                .region(Region.EU_WEST_1)
                .credentialsProvider(() -> AwsBasicCredentials.create("alice", "not-a-secret"))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
        try (secrets) {
            secrets.createSecret(in -> in.name("abroad"));
        }
        server.advance(Duration.ofHours(2));
        assertThat(digests(FOLDER)).hasSize(2);
        String there = FOLDER.replace("us-east-1", "eu-west-1");
        List<Digest> digests = digests(there);
        assertThat(digests).hasSize(1);
        assertThat(digests.getFirst().files()).hasSize(1);
        assertThat(digests.getFirst().get("digestPublicKeyFingerprint"))
                .isNotEqualTo(digests(FOLDER).getFirst().get("digestPublicKeyFingerprint"));
    }

    @Test
    void keysRotateAndStayListed() throws Exception {
        watch();
        server.advance(Duration.ofHours(1));
        Digest old = digests(FOLDER).getFirst();
        trails.stopLogging(in -> in.name("watch"));
        server.advance(Duration.ofDays(120));
        trails.startLogging(in -> in.name("watch"));
        server.advance(Duration.ofHours(1));
        Digest young = digests(FOLDER).getLast();
        assertThat(young.get("digestPublicKeyFingerprint")).isNotEqualTo(old.get("digestPublicKeyFingerprint"));
        verify(old);
        verify(young);
        assertThat(trails.listPublicKeys().publicKeyList()).hasSize(1);
        assertThat(trails.listPublicKeys(in ->
                                in.startTime(TestServer.START).endTime(TestServer.START.plus(Duration.ofDays(200))))
                        .publicKeyList())
                .hasSize(2);
    }
}
