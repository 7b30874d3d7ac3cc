package belfry.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The root access key as a file that the AWS tools read ({@code AWS_SHARED_CREDENTIALS_FILE}), for its owner only. */
public final class ProfileFile {
    private ProfileFile() {}

    /**
     * Writes the profiles {@code default} and {@code belfry}; an older file is replaced whole.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    public static void write(Path file, AccessKeys.Made key, String region) {
        String keys = "aws_access_key_id = " + key.keyId() + "\naws_secret_access_key = " + key.secret() + "\nregion = "
                + region + "\n";
        try {
            Path draft = file.resolveSibling(file.getFileName() + ".tmp");
            Files.deleteIfExists(draft);
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.writeString(draft, "[default]\n" + keys + "\n[belfry]\n" + keys, StandardCharsets.US_ASCII);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("the access key could not be written to " + file, e);
        }
    }
}
