package belfry.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.base.Ids;
import belfry.seal.RootKey;
import belfry.store.SqliteStore;
import belfry.wire.ServiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** The envelope: a data key opens with its own context and unchanged, or not at all. */
class KeysProperties {
    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
    private static final Place PLACE = new Place("111122223333", "us-east-1");

    private static @Nullable Path folder;
    private static @Nullable SqliteStore store;
    private static @Nullable Keys keys;
    private static @Nullable String keyId;

    @BeforeContainer
    static void open() throws IOException {
        Path made = Files.createTempDirectory("belfry-keys-");
        Ids ids = new Ids(new SecureRandom());
        Keys opened = new Keys(new RootKey(made.resolve("root.key"), ids), ids);
        SqliteStore database = new SqliteStore(made.resolve("test.db"), bell -> {});
        keyId = database.write(
                tx -> opened.create(tx, PLACE, "", "{}", "{}", NOW).keyId());
        folder = made;
        store = database;
        keys = opened;
    }

    @AfterContainer
    static void close() throws IOException {
        Objects.requireNonNull(store).close();
        try (Stream<Path> files = Files.walk(Objects.requireNonNull(folder))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static DataKey make(int bytes, Map<String, String> context) {
        return Objects.requireNonNull(store)
                .read(tx -> Objects.requireNonNull(keys)
                        .generateDataKey(tx, PLACE, Objects.requireNonNull(keyId), bytes, context, NOW));
    }

    private static byte[] open(byte[] blob, Map<String, String> context) {
        return Objects.requireNonNull(store)
                .read(tx -> Objects.requireNonNull(keys)
                        .decrypt(tx, PLACE, blob, context)
                        .plaintext());
    }

    @Property(tries = 100)
    void aDataKeyOpensWithItsContext(
            @ForAll @IntRange(min = 1, max = 1024) int bytes, @ForAll @Size(max = 4) Map<String, String> context) {
        DataKey made = make(bytes, context);
        assertThat(made.plaintext()).hasSize(bytes);
        assertThat(open(made.ciphertext(), context)).isEqualTo(made.plaintext());
    }

    @Property(tries = 300)
    void anyFlippedBitIsDetected(@ForAll @IntRange(max = 100_000) int where) {
        byte[] blob = make(32, Map.of("a", "b")).ciphertext();
        int bit = where % (blob.length * Byte.SIZE);
        blob[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        assertThatThrownBy(() -> open(blob, Map.of("a", "b"))).isInstanceOf(ServiceException.class);
    }

    @Property(tries = 200)
    void anotherContextIsRefused(
            @ForAll @Size(max = 3) Map<String, String> context, @ForAll @Size(max = 3) Map<String, String> other) {
        Assume.that(!other.equals(context));
        byte[] blob = make(32, context).ciphertext();
        assertThatThrownBy(() -> open(blob, other))
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.code()).isEqualTo("InvalidCiphertextException"));
    }

    @Property(tries = 50)
    void contextsThatReadTheSameInARowAreStillDifferent(@ForAll @Size(min = 2, max = 8) List<Character> text) {
        String whole = String.join("", text.stream().map(String::valueOf).toList());
        byte[] blob = make(32, Map.of(whole, "")).ciphertext();
        Map<String, String> shifted = Map.of(whole.substring(0, 1), whole.substring(1));
        assertThatThrownBy(() -> open(blob, shifted)).isInstanceOf(ServiceException.class);
    }
}
