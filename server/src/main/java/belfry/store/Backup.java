package belfry.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;

/**
 * Copies a database as it stands at one moment, also while a server writes to it. The copy is one file, checked and flushed
 * before it takes its name, and its owner's alone.
 */
public final class Backup {
    private static final int BUSY_MILLIS_MAX = 10_000;

    private Backup() {}

    /**
     * Makes the copy.
     *
     * @param database an existing database
     * @param folder an existing folder, without a file {@code name}
     * @return the copy
     * @throws StoreException if the database cannot be read, or the copy is not whole
     * @throws IOException if the copy cannot be written
     */
    public static Path copy(Path database, Path folder, String name) throws IOException {
        Path target = folder.resolve(name);
        Path draft = folder.resolve(name + ".tmp");
        Files.deleteIfExists(draft);
        try {
            // SQLite fills an empty file, and leaves its rights as they are.
            if (draft.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            vacuum(database, draft);
            check(draft);
            flush(draft, StandardOpenOption.WRITE);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            flush(folder, StandardOpenOption.READ);
            return target;
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** One read transaction: writers go on, and the copy holds nothing of what they commit meanwhile. */
    private static void vacuum(Path database, Path draft) {
        try (Connection connection = open(database);
                PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
            vacuum.setString(1, draft.toString());
            vacuum.execute();
        } catch (SQLException e) {
            throw new StoreException("the database could not be copied: " + e.getMessage(), e);
        }
    }

    private static void check(Path copy) {
        try (Connection connection = open(copy);
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("PRAGMA integrity_check(1)")) {
            if (!answer.next() || !answer.getString(1).equals("ok")) {
                throw new StoreException("the copy is not whole", new SQLException(answer.getString(1)));
            }
        } catch (SQLException e) {
            throw new StoreException("the copy could not be read: " + e.getMessage(), e);
        }
    }

    private static Connection open(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_MILLIS_MAX);
        return config.createConnection("jdbc:sqlite:" + file);
    }

    private static void flush(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }
}
