package belfry.access;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.base.Ids;
import belfry.gateway.Principal;
import belfry.seal.RootKey;
import belfry.store.SqliteStore;
import belfry.wire.KeyLookup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessKeysTest {
    private static final String ACCOUNT = "111122223333";
    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

    @TempDir
    private Path folder;

    private SqliteStore store;
    private RootKey root;
    private AccessKeys keys;

    @BeforeEach
    void open() {
        Ids ids = new Ids(new SecureRandom());
        store = new SqliteStore(folder.resolve("test.db"), bell -> {});
        root = new RootKey(folder.resolve("root.key"), ids);
        keys = new AccessKeys(store, root, ids);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void theRootKeyIsMadeOnceAndHandedOverBeforeItIsKept() {
        List<String> before = new ArrayList<>();
        AccessKeys.Made made = keys.makeRootKey(ACCOUNT, NOW, key -> before.add(String.valueOf(keys.find(key.keyId()))))
                .orElseThrow();
        assertThat(before).containsExactly("null");
        KeyLookup.Key found = Objects.requireNonNull(keys.find(made.keyId()));
        assertThat(found.secretAccessKey()).isEqualTo(made.secret());
        assertThat(owner(made.keyId())).contains(new Principal.Root(ACCOUNT, made.keyId()));
        assertThat(keys.makeRootKey(ACCOUNT, NOW, key -> {})).isEmpty();
        assertThat(keys.find("AKIAUNKNOWN")).isNull();
        assertThat(owner("AKIAUNKNOWN")).isEmpty();
    }

    @Test
    void anInactiveKeyIsNobodys() {
        AccessKeys.Made made = keys.makeRootKey(ACCOUNT, NOW, key -> {}).orElseThrow();
        store.change(tx -> AccessKeys.setActive(tx, ACCOUNT, null, made.keyId(), false));
        assertThat(keys.find(made.keyId())).isNull();
        assertThat(owner(made.keyId())).isEmpty();
    }

    @Test
    void theSecretHalfLiesInNoFileButTheProfile() throws IOException {
        Path profile = folder.resolve("credentials");
        AccessKeys.Made made = keys.makeRootKey(ACCOUNT, NOW, key -> ProfileFile.write(profile, key, "us-east-1"))
                .orElseThrow();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(profile)))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> holding = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(made.secret())) {
                    holding.add(file);
                }
            }
            assertThat(holding).containsExactly(profile);
        }
    }

    private Optional<Principal> owner(String keyId) {
        return new Credentials(store, keys, new Sessions(root, new Ids(new SecureRandom())))
                .ownerOf(keyId, "sts", "us-east-1", NOW);
    }
}
