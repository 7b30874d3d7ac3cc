package belfry.vault;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The encryption context as bytes: exact, case-sensitive, whatever the order (semantics: secretsmanager-kms.md B3). */
final class EncryptionContext {
    private EncryptionContext() {}

    /** Lengths stand before the parts, so that no two contexts share their bytes. */
    static byte[] bytes(@Nullable Map<String, String> context) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (var entry : new TreeMap<>(context == null ? Map.<String, String>of() : context).entrySet()) {
                part(out, entry.getKey());
                part(out, entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static void part(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }
}
