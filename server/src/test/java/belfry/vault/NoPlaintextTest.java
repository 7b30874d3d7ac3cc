package belfry.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.Options;
import belfry.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** After a day's work with secrets, no file of the server and no line of its log holds one of them. */
class NoPlaintextTest {
    private static final String MARKER = "marker-plaintext-e07f51b9";
    private static final String OTHER = "marker-plaintext-55aa0c3d";

    @TempDir
    private Path folder;

    @Test
    void secretsReachNeitherDiskNorLog() throws IOException {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        Handler handler = new StreamHandler(log, new SimpleFormatter()) {
            @Override
            public synchronized void publish(LogRecord line) {
                super.publish(line);
                flush();
            }
        };
        handler.setLevel(Level.ALL);
        Logger ours = Logger.getLogger("belfry");
        Level before = ours.getLevel();
        ours.setLevel(Level.ALL);
        ours.addHandler(handler);
        try (TestServer server = TestServer.start(options())) {
            byte[] dataKey = useSecrets(server);
            // The server still runs, so what only the write-ahead log holds is looked at too.
            for (byte[] hidden : hidden(dataKey)) {
                assertThat(filesHolding(hidden)).isEmpty();
                assertThat(contains(log.toByteArray(), hidden)).isFalse();
            }
            // The search does find what is there.
            assertThat(filesHolding("findable-name".getBytes(StandardCharsets.UTF_8)))
                    .isNotEmpty();
        } finally {
            ours.removeHandler(handler);
            ours.setLevel(before);
        }
    }

    private Options options() {
        return Options.read(Map.of("dev", "true", "port", "0", "data-dir", folder.toString()), Map.of());
    }

    private static byte[] useSecrets(TestServer server) {
        SecretsManagerClient secrets = server.client(SecretsManagerClient.builder());
        KmsClient kms = server.client(KmsClient.builder());
        secrets.createSecret(r -> r.name("findable-name").secretString(MARKER));
        secrets.putSecretValue(r -> r.secretId("findable-name").secretBinary(SdkBytes.fromUtf8String(OTHER)));
        secrets.updateSecret(r -> r.secretId("findable-name").secretString(MARKER + OTHER));
        secrets.getSecretValue(r -> r.secretId("findable-name"));
        secrets.batchGetSecretValue(r -> r.secretIdList("findable-name"));
        assertThatThrownBy(() -> secrets.createSecret(r -> r.name("bad name").secretString(MARKER)))
                .hasMessageNotContaining(MARKER);
        String key = kms.createKey().keyMetadata().keyId();
        SdkBytes blob = kms.encrypt(r -> r.keyId(key).plaintext(SdkBytes.fromUtf8String(MARKER)))
                .ciphertextBlob();
        kms.decrypt(r -> r.ciphertextBlob(blob));
        assertThatThrownBy(() -> kms.decrypt(r -> r.ciphertextBlob(blob).encryptionContext(Map.of("a", "b"))))
                .hasMessageNotContaining(MARKER);
        server.settle();
        return kms.generateDataKey(r -> r.keyId(key).keySpec(DataKeySpec.AES_256))
                .plaintext()
                .asByteArray();
    }

    private static List<byte[]> hidden(byte[] dataKey) {
        return Stream.of(MARKER.getBytes(StandardCharsets.UTF_8), OTHER.getBytes(StandardCharsets.UTF_8), dataKey)
                .flatMap(bytes -> Stream.of(
                        bytes,
                        Base64.getEncoder().withoutPadding().encode(bytes),
                        HexFormat.of().formatHex(bytes).getBytes(StandardCharsets.US_ASCII)))
                .toList();
    }

    private List<Path> filesHolding(byte[] wanted) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> contains(bytes(file), wanted))
                    .toList();
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean contains(byte[] where, byte[] wanted) {
        String text = new String(where, StandardCharsets.ISO_8859_1);
        return text.contains(new String(wanted, StandardCharsets.ISO_8859_1));
    }
}
