package belfry.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.Belfry;
import belfry.CannotStart;
import belfry.Options;
import belfry.base.Clock;
import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttribute;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttributeKey;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.sns.SnsClient;

/** A backup made while calls come in, put back elsewhere: whole to one moment, provable, and no mail doubled or lost. */
class BackupTest {
    private static final Instant BEGIN = Instant.parse("2026-03-02T10:00:00Z");
    private static final String NOBODY = "smtp://127.0.0.1:9";
    private static final LookupAttribute CREATED = LookupAttribute.builder()
            .attributeKey(LookupAttributeKey.EVENT_NAME)
            .attributeValue("CreateSecret")
            .build();
    private static final String POLICY = """
            {"Version":"2012-10-17","Statement":[
             {"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:GetBucketAcl",
              "Resource":"arn:aws:s3:::evidence"},
             {"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:PutObject",
              "Resource":"arn:aws:s3:::evidence/AWSLogs/*",
              "Condition":{"StringEquals":{"s3:x-amz-acl":"bucket-owner-full-control"}}}]}""";

    @TempDir
    private Path folder;

    @BeforeEach
    void credentials() {
        System.setProperty("aws.accessKeyId", "ann");
        System.setProperty("aws.secretAccessKey", "unused");
        System.setProperty("aws.region", "us-east-1");
    }

    @AfterEach
    void clear() {
        List.of("aws.accessKeyId", "aws.secretAccessKey", "aws.region").forEach(System::clearProperty);
    }

    private static Belfry serve(Path data, Instant now, Map<String, String> more) {
        Map<String, String> given = new HashMap<>(Map.of("dev", "true", "port", "0", "data-dir", data.toString()));
        given.putAll(more);
        return Belfry.start(Options.read(given, Map.of()), Clock.stoppedAt(now));
    }

    private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkClient> C client(
            Belfry server, B builder) {
        return builder.endpointOverride(server.url())
                .region(Region.US_EAST_1)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    private static String belfry(int exit, String... arguments) {
        StringWriter said = new StringWriter();
        int answer = Main.commandLine()
                .setOut(new PrintWriter(said, true))
                .setErr(new PrintWriter(said, true))
                .execute(arguments);
        assertThat(answer).as(said.toString()).isEqualTo(exit);
        return said.toString();
    }

    private static void watch(Belfry server) {
        try (S3Client s3 = client(server, S3Client.builder().forcePathStyle(true));
                CloudTrailClient trails = client(server, CloudTrailClient.builder())) {
            s3.createBucket(r -> r.bucket("evidence"));
            s3.putBucketPolicy(r -> r.bucket("evidence").policy(POLICY));
            trails.createTrail(r -> r.name("watch").s3BucketName("evidence").enableLogFileValidation(true));
            trails.startLogging(r -> r.name("watch"));
        }
    }

    private static void subscribe(Belfry server, String address) {
        try (SnsClient sns = client(server, SnsClient.builder())) {
            String topic = sns.createTopic(r -> r.name("alerts")).topicArn();
            sns.subscribe(r -> r.topicArn(topic).protocol("email").endpoint(address));
        }
        server.pumps().settle();
    }

    private static JsonNode page(Belfry server, String name) {
        try (OperatorPages pages = new OperatorPages(server.url(), OperatorPages.usualKey())) {
            return pages.get("/_belfry/" + name);
        }
    }

    /** While secrets are made, one after the other. */
    private Path backup(Belfry server, Path data) throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger made = new AtomicInteger();
        Path target = folder.resolve("backups");
        Thread writer = Thread.ofVirtual().start(() -> {
            try (SecretsManagerClient secrets = client(server, SecretsManagerClient.builder())) {
                while (!enough.get()) {
                    secrets.createSecret(r -> r.name("w-" + made.get()).secretString("unique-marker-b4c0"));
                    made.incrementAndGet(); // answered, so the backup must hold it
                }
            }
        });
        while (made.get() < 5) {
            Thread.onSpinWait();
        }
        String said = belfry(0, "backup", target.toString(), "--data-dir", data.toString());
        enough.set(true);
        writer.join();
        assertThat(said).contains("holds all that was answered", "root.key");
        try (Stream<Path> files = Files.list(target)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(all.getFirst())))
                    .isEqualTo("rw-------");
            assertThat(new String(Files.readAllBytes(all.getFirst()), java.nio.charset.StandardCharsets.ISO_8859_1))
                    .doesNotContain("unique-marker-b4c0");
            return all.getFirst();
        }
    }

    @Test
    void aBackupOfARunningServerIsWholeAndGoesOnElsewhere() throws Exception {
        Path data = folder.resolve("data");
        try (Belfry first = serve(data, BEGIN, Map.of())) {
            watch(first);
            subscribe(first, "ann@example.com");
            first.pumps().advanceTo(BEGIN.plus(Duration.ofHours(3)), false);
        }
        Path copy;
        String waiting;
        Instant later = BEGIN.plus(Duration.ofHours(3));
        try (Belfry second = serve(data, later, Map.of("smtp", NOBODY))) {
            subscribe(second, "bob@example.com");
            waiting = page(second, "deliveries?recipient=bob@example.com")
                    .path(0)
                    .path("mailId")
                    .asText();
            copy = backup(second, data);
        }

        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.copy(copy, elsewhere.resolve("belfry.db"));
        assertThatThrownBy(() -> serve(elsewhere, later, Map.of()).close())
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("is missing");
        Files.copy(data.resolve("root.key"), elsewhere.resolve("root.key"));
        try (Belfry restored = serve(elsewhere, later, Map.of())) {
            eachSecretWithItsRecord(restored);
            restored.pumps().advanceTo(later.plus(Duration.ofHours(2)), false);
            String proven = belfry(
                    0,
                    "verify",
                    "s3://evidence",
                    "--endpoint-url",
                    restored.url().toString());
            assertThat(proven).contains("5 of 5 digests");

            List<String> told = new ArrayList<>();
            page(restored, "mail").forEach(mail -> told.add(mail.path("to").asText()));
            assertThat(told).containsExactly("ann@example.com", "bob@example.com");
            assertThat(page(restored, "mail").path(1).path("messageId").asText())
                    .isEqualTo(waiting);
        }
    }

    /** A call's effect and its record are in the copy together, or not at all. */
    private static void eachSecretWithItsRecord(Belfry restored) {
        try (SecretsManagerClient secrets = client(restored, SecretsManagerClient.builder());
                CloudTrailClient trails = client(restored, CloudTrailClient.builder())) {
            List<String> names = secrets.listSecretsPaginator().stream()
                    .flatMap(page -> page.secretList().stream())
                    .map(SecretListEntry::name)
                    .toList();
            List<String> recorded = trails.lookupEventsPaginator(r -> r.lookupAttributes(CREATED)).events().stream()
                    .map(event -> Json.parse(event.cloudTrailEvent())
                            .path("requestParameters")
                            .path("name")
                            .asText())
                    .toList();
            assertThat(names).hasSizeGreaterThanOrEqualTo(5).containsExactlyInAnyOrderElementsOf(recorded);
            assertThat(secrets.getSecretValue(r -> r.secretId("w-0")).secretString())
                    .isEqualTo("unique-marker-b4c0");
        }
    }

    @Test
    void whatCannotBeCopiedIsSaid() throws Exception {
        assertThat(belfry(
                        1,
                        "backup",
                        folder.toString(),
                        "--data-dir",
                        folder.resolve("no").toString()))
                .contains("There is no database");
        Files.writeString(folder.resolve("belfry.db"), "no database at all".repeat(100));
        assertThat(belfry(1, "backup", folder.resolve("b").toString(), "--data-dir", folder.toString()))
                .contains("No backup was made: the database could not be copied: ");
        assertThat(folder.resolve("b")).isEmptyDirectory();
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(belfry(1, "backup", file.toString(), "--data-dir", folder.toString()))
                .contains("cannot be written");
    }
}
