package belfry.tools.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A copy of a bucket on disk, as {@code aws s3 sync} makes it, or of what lies below a prefix. Which bucket and prefix it
 * is a copy of, its first readable digest says; a digest that says otherwise does not belong here.
 */
final class FolderArchive implements Archive {
    private final Path folder;
    private final String bucket;
    private final String above;

    /**
     * @param bucket that this is a copy of
     * @param above what stands before the folder's names in the bucket's keys; empty or ending with a slash
     */
    FolderArchive(Path folder, String bucket, String above) {
        this.folder = folder;
        this.bucket = bucket;
        this.above = above;
    }

    /** Finds out what the folder is a copy of; empty where it holds no digest. */
    static Optional<FolderArchive> of(Path folder) throws IOException {
        FolderArchive plain = new FolderArchive(folder, "", "");
        for (String name : plain.names()) {
            if (!name.contains("_CloudTrail-Digest_")) {
                continue;
            }
            try (Content content = new Content(Files.newInputStream(folder.resolve(name)), Map.of())) {
                Digest digest =
                        Digest.read(new Location("", name), content.bytes().readAllBytes(), Map.of());
                String key = digest.says().key();
                if (key.endsWith(name)) {
                    String above = key.substring(0, key.length() - name.length());
                    return Optional.of(new FolderArchive(folder, digest.says().bucket(), above));
                }
            } catch (Digest.Unreadable e) {
                // Reported when its turn comes; another one may say it.
            }
        }
        return Optional.empty();
    }

    private Iterable<String> names() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void list(Consumer<Location> each) throws IOException {
        names().forEach(name -> each.accept(new Location(bucket, above + name)));
    }

    @Override
    public Optional<Content> open(Location where) throws IOException {
        if (!covers(where)) {
            return Optional.empty();
        }
        Path file = folder.resolve(where.key().substring(above.length())).normalize();
        // A digest is not believed before it is proven: its names must not lead out of the folder.
        if (!file.startsWith(folder.normalize()) || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        return Optional.of(new Content(Files.newInputStream(file), Map.of()));
    }

    @Override
    public boolean covers(Location where) {
        return where.bucket().equals(bucket) && where.key().startsWith(above);
    }

    @Override
    public boolean hasMetadata() {
        return false;
    }

    @Override
    public void close() {
        // Holds nothing open.
    }
}
