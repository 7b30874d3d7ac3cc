package belfry.seal;

import belfry.base.Ids;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;

/** One line, {@code belfry-root-key-1:} and the key in Base64: easy to back up, hard to take for something else. */
final class RootKeyFile {
    private static final String PREFIX = "belfry-root-key-1:";
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private RootKeyFile() {}

    static byte[] readOrCreate(Path file, Ids ids) {
        try {
            if (Files.notExists(file)) {
                create(file, ids);
            }
            return read(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the root key " + file + " could not be read or made", e);
        }
    }

    private static byte[] read(Path file) throws IOException {
        if (posix(file)) {
            Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
            others.removeAll(EnumSet.of(
                    PosixFilePermission.OWNER_READ,
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.OWNER_EXECUTE));
            if (!others.isEmpty()) {
                throw new UnusableRootKeyException("The root key " + file + " is open to others: chmod 600 it.");
            }
        }
        String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
        try {
            byte[] key = Base64.getDecoder().decode(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : "");
            if (key.length == Aead.KEY_BYTES) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            // Not Base64: damaged, as below. The text may be most of a key, so it is not quoted.
        }
        throw new UnusableRootKeyException(
                "The root key " + file + " is damaged. Put its backup back; it is never made anew by itself.");
    }

    /** Written whole and flushed under another name, then linked: no reader and no crash ever meets half a key. */
    private static void create(Path file, Ids ids) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + "." + ids.hex(8) + ".tmp");
        byte[] key = ids.bytes(Aead.KEY_BYTES);
        byte[] line = (PREFIX + Base64.getEncoder().encodeToString(key) + "\n").getBytes(StandardCharsets.US_ASCII);
        try {
            write(draft, line);
            // A link fails where the name exists: of two servers starting at once, the second takes the first one's
            // key.
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            // The other's key counts; it is read like any other.
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(line, (byte) 0);
            Files.deleteIfExists(draft);
        }
        flushFolder(file);
    }

    private static void write(Path draft, byte[] line) throws IOException {
        FileAttribute<?>[] attributes = posix(draft)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
        Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(draft, options, attributes)) {
            ByteBuffer buffer = ByteBuffer.wrap(line);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    private static void flushFolder(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && posix(file)) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
