package belfry.tools.verify;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Where a trail's files lie: a bucket, or a copy of one on disk. Used by many threads at once. */
interface Archive extends AutoCloseable {
    /**
     * An object's content as it lies there.
     *
     * @param metadata user metadata; empty where the archive keeps none
     */
    record Content(InputStream bytes, Map<String, String> metadata) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            bytes.close();
        }
    }

    /** Names every file, in the order of its key. */
    void list(Consumer<Location> each) throws IOException;

    /** Opens a file; empty where there is none. */
    Optional<Content> open(Location where) throws IOException;

    /** Whether the archive would hold a file of that name. */
    boolean covers(Location where);

    /** Whether a file's metadata, and so a digest's own signature, can be read here. */
    boolean hasMetadata();

    @Override
    void close();
}
