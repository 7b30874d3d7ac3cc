package belfry.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.base.Ids;
import belfry.store.SqliteStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootKeyTest {
    private static final byte[] VALUE = "marker-root-71c4".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private final Ids ids = new Ids(new SecureRandom());
    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("root.key");
    }

    private RootKey key() {
        return new RootKey(file, ids);
    }

    @Test
    void theFileIsForItsOwnerOnlyAndNothingElseIsLeftBehind() throws IOException {
        key();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.toList()).containsExactly(file);
        }
    }

    @Test
    void theSameFileOpensWhatItSealed() throws BrokenSealException {
        byte[] sealed = key().seal("p", VALUE);
        assertThat(key().open("p", sealed)).isEqualTo(VALUE);
    }

    @Test
    void whatWasSealedForOnePurposeDoesNotOpenForAnother() {
        byte[] sealed = key().seal("kms/one/1", VALUE);
        assertThatThrownBy(() -> key().open("kms/one/2", sealed)).isInstanceOf(BrokenSealException.class);
    }

    @Test
    void anotherKeyOpensNothing() {
        byte[] sealed = key().seal("p", VALUE);
        RootKey other = new RootKey(folder.resolve("other.key"), ids);
        assertThatThrownBy(() -> other.open("p", sealed)).isInstanceOf(BrokenSealException.class);
    }

    @Test
    void aFileThatOthersMayReadIsRefused() throws IOException {
        key();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(this::key).isInstanceOf(IllegalStateException.class).hasMessageContaining("chmod 600");
    }

    @Test
    void aDamagedFileIsRefusedAndLeftAsItIs() throws IOException {
        key();
        String whole = Files.readString(file);
        for (String damaged : List.of("", "nonsense", whole.substring(0, whole.length() - 10), "x" + whole)) {
            Files.writeString(file, damaged);
            assertThatThrownBy(this::key)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("damaged")
                    .hasMessageNotContaining(whole.substring(20, 40));
            assertThat(Files.readString(file)).isEqualTo(damaged);
        }
    }

    @Test
    void aDatabaseNoticesThatItsKeyWasLost() throws IOException {
        try (SqliteStore store = new SqliteStore(folder.resolve("test.db"), bell -> {})) {
            key().bind(store);
            key().bind(store);
            Files.delete(file);
            RootKey made = key();
            assertThatThrownBy(() -> made.bind(store)).hasMessageContaining("not the one that this database");
        }
    }
}
