package belfry.trail;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.Options;
import belfry.TestServer;
import belfry.base.Clock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Every way in which a secret comes into the server, rightly or wrongly put, with a marker of its own; then a search for
 * the markers through all that the server keeps and says. GetSecretValue's answer is the only place where one may be.
 */
class MarkerSweepTest {
    private static final int SECRET_BYTES_TOO_MANY = 70_000;

    @TempDir
    private Path folder;

    private final List<String> markers = new ArrayList<>();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final HttpClient http = HttpClient.newHttpClient();

    private String marker() {
        String marker = "mark" + HexFormat.of().formatHex(new byte[] {(byte) markers.size(), 0x5c, 0x1d}) + "zq7Kx";
        markers.add(marker);
        return marker;
    }

    @Test
    void noMarkerIsFoundAnywhere() throws IOException {
        Handler handler = listening();
        Logger root = Logger.getLogger("belfry");
        root.addHandler(handler);
        root.setLevel(Level.ALL);
        Map<String, String> options = Map.of("dev", "true", "port", "0", "data-dir", folder.toString());
        try (TestServer server = TestServer.start(Options.read(options, Map.of()), Clock.stoppedAt(TestServer.START))) {
            rightly(server);
            wrongly(server.url());
            server.advance(Duration.ofMinutes(10));
            for (String page : List.of("/_belfry/health", "/_belfry/mail", "/_belfry/metrics")) {
                said.write(server.get(page).body().getBytes(StandardCharsets.UTF_8));
            }
            CloudTrailClient trails = server.client(CloudTrailClient.builder());
            trails.lookupEventsPaginator(in -> {}).events().stream()
                    .forEach(event -> said.writeBytes(event.cloudTrailEvent().getBytes(StandardCharsets.UTF_8)));
            assertThat(said.toString(StandardCharsets.UTF_8))
                    .contains("GetSecretValue")
                    .contains("PutSecretValue");
            assertThat(markers).hasSizeGreaterThan(20);
            search(said.toString(StandardCharsets.ISO_8859_1), "what the server said");
            searchFiles();
        } finally {
            root.removeHandler(handler);
            root.setLevel(null);
            http.close();
        }
    }

    /** Valid calls; only their errors are kept, for answers hold what was asked for. */
    private void rightly(TestServer server) {
        SecretsManagerClient secrets = server.client(SecretsManagerClient.builder());
        KmsClient kms = server.client(KmsClient.builder());
        secrets.createSecret(r -> r.name("findable-name").secretString(marker()));
        secrets.putSecretValue(r -> r.secretId("findable-name").secretString(marker()));
        secrets.putSecretValue(r -> r.secretId("findable-name").secretBinary(SdkBytes.fromUtf8String(marker())));
        secrets.updateSecret(r -> r.secretId("findable-name").secretString(marker()));
        secrets.getSecretValue(r -> r.secretId("findable-name"));
        secrets.batchGetSecretValue(r -> r.secretIdList("findable-name", "nowhere"));
        String key = kms.createKey().keyMetadata().keyId();
        SdkBytes sealed = kms.encrypt(r -> r.keyId(key).plaintext(SdkBytes.fromUtf8String(marker())))
                .ciphertextBlob();
        kms.decrypt(r -> r.ciphertextBlob(sealed));
        kms.reEncrypt(r -> r.ciphertextBlob(sealed).destinationKeyId(key));
        kms.disableKey(r -> r.keyId(key));
        failing(() -> kms.encrypt(r -> r.keyId(key).plaintext(SdkBytes.fromUtf8String(marker()))));
        failing(() -> secrets.createSecret(r -> r.name("findable-name").secretString(marker())));
        failing(() -> secrets.createSecret(r -> r.name("bad name!").secretString(marker())));
        failing(() -> secrets.createSecret(r -> r.name("no-key").kmsKeyId(key).secretString(marker())));
        failing(() -> secrets.putSecretValue(r -> r.secretId("nowhere").secretString(marker())));
        failing(() -> secrets.putSecretValue(r ->
                r.secretId("findable-name").secretString(marker()).secretBinary(SdkBytes.fromUtf8String(marker()))));
        failing(() -> secrets.putSecretValue(
                r -> r.secretId("findable-name").secretString(marker().repeat(SECRET_BYTES_TOO_MANY / 15))));
        failing(() -> kms.encrypt(
                r -> r.keyId(key).plaintext(SdkBytes.fromUtf8String(marker().repeat(SECRET_BYTES_TOO_MANY / 15)))));
    }

    private void failing(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            said.writeBytes(String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8));
            return;
        }
        throw new AssertionError("the call was to fail");
    }

    /** Requests that no SDK makes, in which the secret stands where it should not. */
    private void wrongly(URI server) {
        for (String operation : List.of("CreateSecret", "PutSecretValue", "UpdateSecret", "RotateSecret")) {
            String target = "secretsmanager." + operation;
            json(server, target, "{\"SecretString\":{\"password\":\"" + marker() + "\"}}");
            json(
                    server,
                    target,
                    "{\"Name\":\"x\",\"SecretId\":\"findable-name\",\"SecretString\":[\"" + marker() + "\"]}");
            json(server, target, "{\"SecretString\":\"" + marker());
            json(server, target, "{\"SecretBinary\":\"" + marker() + "!!\"}");
            json(server, target, "{\"SecretString\":\"" + marker() + "\",\"Name\":7}");
            json(server, target, "{\"ClientRequestToken\":\"short\",\"SecretString\":\"" + marker() + "\"}");
        }
        json(
                server,
                "TrentService.Encrypt",
                "{\"KeyId\":\"alias/nothing\",\"Plaintext\":\"" + base64(marker()) + "\"}");
        json(server, "TrentService.Encrypt", "{\"Plaintext\":\"" + marker() + "!!\"}");
        json(server, "TrentService.Sign", "{\"KeyId\":\"k\",\"Message\":\"" + base64(marker()) + "\"}");
        json(server, "TrentService.ImportKeyMaterial", "{\"EncryptedKeyMaterial\":\"" + base64(marker()) + "\"}");
        for (String form : List.of(
                "Action=CreateLoginProfile&Version=2010-05-08&UserName=ann&Password=" + marker(),
                "Action=UpdateLoginProfile&Version=2010-05-08&UserName=ann&Password=" + marker(),
                "Action=ChangePassword&Version=2010-05-08&OldPassword=" + marker() + "&NewPassword=" + marker())) {
            send(server, "iam", "application/x-www-form-urlencoded", form, "");
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private void json(URI server, String target, String body) {
        send(server, target.startsWith("Trent") ? "kms" : "secretsmanager", "application/x-amz-json-1.1", body, target);
    }

    private void send(URI server, String service, String type, String body, String target) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server)
                .header("Content-Type", type)
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=mallory/20260302/us-east-1/" + service
                                + "/aws4_request, SignedHeaders=host, Signature=00")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!target.isEmpty()) {
            request.header("X-Amz-Target", target);
        }
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(target + body).isBetween(400, 499);
            said.writeBytes(answer.body().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void searchFiles() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        boolean found = false;
        for (Path file : files) {
            String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            search(text, file.getFileName().toString());
            found |= text.contains("findable-name");
        }
        assertThat(found).as("the search finds what is there").isTrue();
    }

    /** Plainly, and as base64 shows it wherever it begins in a group of three. */
    private void search(String text, String where) {
        for (String marker : markers) {
            assertThat(text.contains(marker)).as(marker + " in " + where).isFalse();
            for (int shift = 0; shift < 3; shift++) {
                String encoded = base64("x".repeat(shift) + marker);
                String middle = encoded.substring(4, encoded.length() - 4);
                assertThat(text.contains(middle))
                        .as(marker + " in base64 in " + where)
                        .isFalse();
            }
        }
    }

    private Handler listening() {
        Handler handler = new StreamHandler(said, new SimpleFormatter()) {
            @Override
            public synchronized void publish(LogRecord line) {
                super.publish(line);
                flush();
            }
        };
        handler.setLevel(Level.ALL);
        return handler;
    }
}
