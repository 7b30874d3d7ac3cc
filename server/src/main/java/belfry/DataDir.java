package belfry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder that holds a server's state, for its owner only; one server at a time. */
final class DataDir implements AutoCloseable {
    private static final String DATABASE = "belfry.db";

    private final Path path;
    private final boolean temporary;
    private final FileChannel channel;
    private final FileLock lock;

    private DataDir(Path path, boolean temporary, FileChannel channel, FileLock lock) {
        this.path = path;
        this.temporary = temporary;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Opens the folder, making it where it is missing; without one, a temporary folder that is deleted on closing.
     *
     * @throws Options.Wrong when it cannot be used, or another server uses it
     */
    static DataDir open(Optional<Path> wanted) {
        try {
            Path path = wanted.isPresent() ? made(wanted.get()) : Files.createTempDirectory("belfry-");
            keepToOwner(path.resolve(DATABASE));
            FileChannel channel =
                    FileChannel.open(path.resolve("belfry.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new Options.Wrong(List.of("Another Belfry already uses the folder " + path + " (--data-dir)."));
            }
            return new DataDir(path, wanted.isEmpty(), channel, lock);
        } catch (IOException e) {
            throw new Options.Wrong(List.of("The folder for the data (--data-dir) cannot be used: " + reason(e) + "."));
        }
    }

    /** The database is made empty beforehand, for its owner only; SQLite gives its other files the same rights. */
    private static void keepToOwner(Path file) throws IOException {
        if (Files.notExists(file) && posix(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Java's message is often the path alone; its type says what is wrong with it. */
    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> "no right to write " + denied.getFile();
            case FileAlreadyExistsException there -> there.getFile() + " is a file";
            case NotDirectoryException file -> file.getFile() + " is a file";
            case FileSystemException other when other.getReason() != null -> other.getFile() + ": " + other.getReason();
            case FileSystemException other -> other.getFile() + " cannot be made";
            default -> String.valueOf(e.getMessage());
        };
    }

    private static Path made(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            Files.createDirectories(path);
            if (posix(path)) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
            }
        }
        return path;
    }

    private static @org.jspecify.annotations.Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    Path path() {
        return path;
    }

    Path database() {
        return path.resolve(DATABASE);
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
            if (temporary) {
                deleteAll();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void deleteAll() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
