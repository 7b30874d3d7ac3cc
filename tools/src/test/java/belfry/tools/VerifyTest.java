package belfry.tools;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.tools.WatchedDay.Stored;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** A day of signed log files, proven by AWS's own validator and by ours; then every kind of tampering found by both. */
class VerifyTest {
    private static WatchedDay day;

    @TempDir
    private Path folder;

    @BeforeAll
    static void watch() {
        day = WatchedDay.of(Duration.ofMinutes(30));
        // What the SDK asks for credentials first.
        System.setProperty("aws.accessKeyId", "ann");
        System.setProperty("aws.secretAccessKey", "unused");
        System.setProperty("aws.region", "us-east-1");
    }

    @AfterAll
    static void stop() {
        day.close();
        List.of("aws.accessKeyId", "aws.secretAccessKey", "aws.region").forEach(System::clearProperty);
    }

    private static Tools.Result validateLogs(String from) throws IOException, InterruptedException {
        return validateLogs(day, from);
    }

    private static Tools.Result validateLogs(WatchedDay of, String from) throws IOException, InterruptedException {
        return Tools.run(
                Path.of("."),
                of.environment(),
                "aws",
                "cloudtrail",
                "validate-logs",
                "--trail-arn",
                WatchedDay.TRAIL,
                "--start-time",
                from,
                "--end-time",
                WatchedDay.END.toString());
    }

    private static Tools.Result verify(String... arguments) {
        StringWriter printed = new StringWriter();
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(printed));
        command.setErr(new PrintWriter(printed));
        List<String> all = new ArrayList<>(List.of("verify"));
        all.addAll(List.of(arguments));
        return new Tools.Result(command.execute(all.toArray(String[]::new)), printed.toString());
    }

    private static Tools.Result verifyBucket(String... more) {
        List<String> all = new ArrayList<>(
                List.of("s3://" + WatchedDay.BUCKET, "--endpoint-url", day.url().toString()));
        all.addAll(List.of(more));
        return verify(all.toArray(String[]::new));
    }

    @Test
    void aDayIsProvenByAws() throws Exception {
        Tools.require("aws");
        Tools.Result result = validateLogs(WatchedDay.BEGIN.toString());
        assertThat(result.exit()).as(result.output()).isZero();
        assertThat(result.output())
                .contains("24/24 digest files valid", "log files valid")
                .doesNotContain("INVALID");
    }

    @Test
    void aDayIsProvenByBelfry() {
        Tools.Result result = verifyBucket();
        assertThat(result.exit()).as(result.output()).isZero();
        assertThat(result.output())
                .contains("24 of 24 digests")
                .contains("2026-03-02T10:00:00Z to 2026-03-03T10:00:00Z")
                .contains("PROVEN: every file is as it was delivered.");
    }

    /** The figures of docs/performance.md, into target/verify-speed.txt; both as processes of their own, start included. */
    @Test
    @EnabledIfSystemProperty(named = "belfry.long", matches = "true")
    void itsSpeedBesideAwss() throws Exception {
        Tools.require("aws");
        List<String> figures = new ArrayList<>();
        try (WatchedDay busy = WatchedDay.of(Duration.ofMinutes(5))) {
            for (int round = 0; round < 3; round++) {
                long began = System.nanoTime();
                assertThat(validateLogs(busy, WatchedDay.BEGIN.toString()).exit())
                        .isZero();
                long aws = System.nanoTime() - began;
                began = System.nanoTime();
                Tools.Result result = Tools.run(
                        Path.of("."),
                        busy.environment(),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "belfry.tools.Main",
                        "verify",
                        "s3://" + WatchedDay.BUCKET);
                long belfry = System.nanoTime() - began;
                assertThat(result.exit()).as(result.output()).isZero();
                figures.add(aws / 1_000_000 + " : " + belfry / 1_000_000 + " ms");
            }
            figures.add(busy.logs().size() + " log files");
        }
        Files.write(Path.of("target", "verify-speed.txt"), figures);
    }

    @Test
    void aCopyOnDiskIsProvenWithSavedProof() throws IOException {
        Path copy = folder.resolve("copy");
        Stream.concat(day.digests().stream(), day.logs().stream()).forEach(key -> save(copy, day.get(key)));
        Path proof = folder.resolve("proof.json");
        assertThat(verifyBucket("--save-proof", proof.toString()).exit()).isZero();
        Tools.Result result = verify(copy.toString(), "--proof", proof.toString());
        assertThat(result.exit()).as(result.output()).isZero();
        assertThat(result.output()).contains("PROVEN: every file");
        // A part of the copy is a copy of a part.
        result = verify(copy.resolve("AWSLogs").toString(), "--proof", proof.toString());
        assertThat(result.exit()).as(result.output()).isZero();
        Path log = copy.resolve(day.logs().getFirst());
        Files.write(log, changed(Files.readAllBytes(log)));
        result = verify(copy.toString(), "--proof", proof.toString());
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.output())
                .contains("FAULT  log file changed: s3://evidence/" + day.logs().getFirst());
    }

    private static void save(Path copy, Stored object) {
        Path file = copy.resolve(object.key());
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, object.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void nothingToProveIsNoProof() {
        Tools.Result result = verifyBucket("--to", "2020-01-01T00:00:00Z");
        assertThat(result.exit()).isEqualTo(2);
        assertThat(verify(folder.toString()).exit()).isEqualTo(2);
    }

    /**
     * A kind of tampering.
     *
     * @param aws what the AWS CLI says of it
     * @param belfry what {@code belfry verify} says of it
     */
    record Tampering(String name, Crime crime, String aws, String belfry) {
        @Override
        public String toString() {
            return name;
        }
    }

    interface Crime {
        void commit(String log, String otherLog, String digest, String otherDigest) throws Exception;
    }

    static Stream<Tampering> tamperings() {
        return Stream.of(
                new Tampering(
                        "one byte of a log file changed",
                        (log, otherLog, digest, otherDigest) -> {
                            Stored file = day.get(log);
                            day.put(new Stored(log, changed(file.bytes()), file.metadata()));
                        },
                        "INVALID: hash value doesn't match",
                        "FAULT  log file changed: "),
                new Tampering(
                        "two log files swapped",
                        (log, otherLog, digest, otherDigest) -> {
                            Stored one = day.get(log);
                            Stored other = day.get(otherLog);
                            day.put(new Stored(log, other.bytes(), other.metadata()));
                            day.put(new Stored(otherLog, one.bytes(), one.metadata()));
                        },
                        "INVALID: hash value doesn't match",
                        "FAULT  log file swapped: "),
                new Tampering(
                        "a log file deleted",
                        (log, otherLog, digest, otherDigest) -> day.delete(log),
                        "INVALID: not found",
                        "FAULT  log file missing: "),
                new Tampering(
                        "a log file cut short",
                        (log, otherLog, digest, otherDigest) ->
                                day.put(new Stored(log, new byte[] {1, 2, 3}, Map.of())),
                        "INVALID: invalid format",
                        "FAULT  log file unreadable: "),
                new Tampering(
                        "a digest deleted",
                        (log, otherLog, digest, otherDigest) -> day.delete(digest),
                        "INVALID: not found",
                        "FAULT  digest missing: "),
                new Tampering(
                        "a digest changed and signed by another",
                        (log, otherLog, digest, otherDigest) -> day.put(resigned(day.get(digest))),
                        "INVALID: signature verification failed",
                        "FAULT  digest changed or re-signed: "),
                new Tampering(
                        "a digest from another place",
                        (log, otherLog, digest, otherDigest) -> {
                            Stored other = day.get(otherDigest);
                            day.put(new Stored(digest, other.bytes(), other.metadata()));
                        },
                        "INVALID: has been moved from its original location",
                        "FAULT  digest from another place: "),
                new Tampering(
                        "a digest without its signature",
                        (log, otherLog, digest, otherDigest) ->
                                day.put(new Stored(digest, day.get(digest).bytes(), Map.of())),
                        "INVALID: signature verification failed",
                        "FAULT  digest without signature: "));
    }

    @ParameterizedTest
    @MethodSource("tamperings")
    void tamperingIsFoundAndNamed(Tampering tampering) throws Exception {
        Tools.require("aws");
        // Late in the day, so that AWS's validator need not read all of it each time.
        List<String> logs = day.logs();
        List<String> digests = day.digests();
        String log = logs.get(logs.size() - 4);
        String otherLog = logs.get(logs.size() - 5);
        String digest = digests.get(digests.size() - 2);
        String otherDigest = digests.get(digests.size() - 3);
        List<Stored> before =
                Stream.of(log, otherLog, digest, otherDigest).map(day::get).toList();
        try {
            tampering.crime().commit(log, otherLog, digest, otherDigest);
            String object = tampering.name().contains("digest") ? digest : log;
            Tools.Result aws = validateLogs("2026-03-03T07:00:00Z");
            assertThat(aws.exit()).as(aws.output()).isEqualTo(1);
            assertThat(aws.output()).contains("s3://evidence/" + object + "\t" + tampering.aws());
            Tools.Result belfry = verifyBucket();
            assertThat(belfry.exit()).as(belfry.output()).isEqualTo(1);
            assertThat(belfry.output())
                    .contains(tampering.belfry() + "s3://evidence/" + object)
                    .contains("NOT PROVEN");
        } finally {
            before.forEach(day::put);
        }
        assertThat(verifyBucket().exit()).isZero();
    }

    /** The same text but for one letter of it. */
    private static byte[] changed(byte[] gzip) {
        byte[] text = gunzip(gzip);
        text[text.length / 2] ^= 1;
        return gzip(text);
    }

    /** What a thief does who can write to the bucket: takes a file out of the list and signs with a key of his own. */
    private static Stored resigned(Stored digest) throws GeneralSecurityException {
        String text = new String(gunzip(digest.bytes()), StandardCharsets.UTF_8)
                .replaceFirst("\"logFiles\":\\[\\{[^}]*}", "\"logFiles\":[")
                .replace("[,", "[");
        String end = text.replaceAll(".*\"digestEndTime\":\"([^\"]*)\".*", "$1");
        String previous = text.replaceAll(".*\"previousDigestSignature\":\"([^\"]*)\".*", "$1");
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(generator.generateKeyPair().getPrivate());
        signature.update(
                (end + "\nevidence/" + digest.key() + "\n" + HexFormat.of().formatHex(hash) + "\n" + previous)
                        .getBytes(StandardCharsets.UTF_8));
        return new Stored(
                digest.key(),
                gzip(text.getBytes(StandardCharsets.UTF_8)),
                Map.of(
                        "signature",
                        HexFormat.of().formatHex(signature.sign()),
                        "signature-algorithm",
                        "SHA256withRSA"));
    }

    private static byte[] gunzip(byte[] bytes) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] gzip(byte[] text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
