package belfry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start that cannot succeed says in a sentence why and what to do, and leaves nothing running. */
class StartTest {
    @TempDir
    private Path folder;

    private Options secured(Map<String, String> more) {
        Map<String, String> given = new HashMap<>(Map.of("port", "0", "data-dir", folder.toString()));
        given.putAll(more);
        return Options.read(given, Map.of());
    }

    private Options secured() {
        return secured(Map.of());
    }

    private void startedOnce() {
        Belfry.start(secured()).close();
    }

    private AbstractThrowableAssert<?, ? extends Throwable> start(Options options) {
        return assertThatThrownBy(() -> Belfry.start(options).close());
    }

    @Test
    void aPortInUseIsNamedAndTheFolderIsFreeAgain() {
        try (Belfry other = Belfry.start(Options.development())) {
            String port = String.valueOf(other.url().getPort());
            start(secured(Map.of("port", port)))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("Nothing can listen on 127.0.0.1:" + port)
                    .hasMessageContaining("--port");
        }
        startedOnce();
    }

    @Test
    void anAddressThatIsNotThisMachinesIsNamed() {
        start(secured(Map.of("host", "192.0.2.1")))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("192.0.2.1:0")
                .hasMessageContaining("--host");
    }

    @Test
    void aMissingRootKeyIsNotMadeAnew() throws IOException {
        startedOnce();
        Path key = folder.resolve("root.key");
        Files.move(key, folder.resolve("away"));
        start(secured()).isInstanceOf(CannotStart.class).hasMessageContaining("is missing");
        assertThat(key).doesNotExist();

        Files.move(folder.resolve("away"), key);
        startedOnce();
    }

    @Test
    void anotherDatabasesRootKeyIsRefused() throws IOException {
        startedOnce();
        Path elsewhere = folder.resolve("elsewhere");
        Belfry.start(secured(Map.of("data-dir", elsewhere.toString()))).close();
        Files.delete(folder.resolve("root.key"));
        Files.copy(elsewhere.resolve("root.key"), folder.resolve("root.key"));
        start(secured()).isInstanceOf(CannotStart.class).hasMessageContaining("is not the one that this database");
    }

    @Test
    void aDamagedDatabaseIsNamed() throws IOException {
        startedOnce();
        Files.writeString(folder.resolve("belfry.db"), "this is no database, whatever its name says".repeat(200));
        start(secured())
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("belfry.db cannot be used")
                .hasMessageContaining("backup")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aFolderThatIsAFileIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        start(secured(Map.of("data-dir", file.toString())))
                .isInstanceOf(Options.Wrong.class)
                .hasMessageContaining("is a file");
    }

    @Test
    void theDatabaseIsForItsOwnerOnlyWhateverTheFolderAllows() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (Belfry belfry = Belfry.start(secured())) {
            assertThat(belfry.url().getPort()).isPositive();
            for (String file : new String[] {"belfry.db", "belfry.db-wal", "belfry.db-shm"}) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))))
                        .as(file)
                        .isEqualTo("rw-------");
            }
        }
    }
}
