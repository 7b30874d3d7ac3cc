package belfry.buckets;

import belfry.base.Clock;
import belfry.store.Store;
import belfry.store.Tx;
import belfry.wire.Body;
import belfry.wire.ServiceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes a body in: chunk by chunk into the store, hashing on the way. Of each body at most one chunk lies in memory, and
 * at most {@link #BUFFERS} bodies are in memory at once; the last chunk is left for the transaction that makes the object
 * visible, so a small object needs no other.
 */
final class Spool {
    /** Bodies being taken in at one moment: 64 chunks of 256 KiB, twice while they are sealed. */
    static final int BUFFERS = 64;

    private static final long PATIENCE_SECONDS = 20;

    private final Store store;
    private final Blobs blobs;
    private final Clock clock;
    private final Semaphore buffers = new Semaphore(BUFFERS, true);

    Spool(Store store, Blobs blobs, Clock clock) {
        this.store = store;
        this.blobs = blobs;
        this.clock = clock;
    }

    /** What becomes of a body that has been taken in. */
    @FunctionalInterface
    interface Use<R> {
        R apply(Taken taken);
    }

    /**
     * A body that has been taken in, all but its last chunk.
     *
     * @param md5 in lower-case hexadecimal
     * @param checksum the one to keep
     * @param claimed the one that the client named, for its answer
     */
    record Taken(
            Blobs blobs,
            Blobs.Draft blob,
            long chunks,
            byte @Nullable [] tail,
            long size,
            String md5,
            ObjectChecksum checksum,
            ObjectChecksum claimed) {
        /** Writes the last chunk and makes a content of it all. */
        String keep(Tx tx, Instant now) {
            if (tail != null) {
                blobs.write(tx, blob, chunks, tail, now);
            }
            return blobs.attach(tx, blob, size);
        }
    }

    /**
     * Takes in {@code body} and hands it to {@code use}; what {@code use} does not keep is given up.
     *
     * @param limit bytes at most
     */
    <R> R take(@Nullable Body body, ContentClaim claim, long limit, Use<R> use) {
        acquire();
        Blobs.Draft draft = blobs.draft();
        boolean kept = false;
        long[] written = {0};
        try (InputStream in = (body == null ? Body.empty() : body).open()) {
            Taken taken = read(in, claim, limit, draft, written);
            claim.verify(taken);
            R result = use.apply(taken);
            kept = true;
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            buffers.release();
            if (!kept && written[0] > 0) {
                store.change(tx -> blobs.abandon(tx, draft, clock.now()));
            }
        }
    }

    private Taken read(InputStream in, ContentClaim claim, long limit, Blobs.Draft draft, long[] written)
            throws IOException {
        Digest md5 = Algorithm.MD5.start();
        Digest checksum = claim.algorithm().start();
        Digest claimed =
                claim.claimed() == claim.algorithm() ? null : claim.claimed().start();
        byte[] buffer = new byte[Blobs.CHUNK];
        long size = 0;
        int length = in.readNBytes(buffer, 0, buffer.length);
        while (true) {
            md5.update(buffer, 0, length);
            checksum.update(buffer, 0, length);
            if (claimed != null) {
                claimed.update(buffer, 0, length);
            }
            size += length;
            if (size > limit) {
                throw ServiceException.of(
                                "EntityTooLarge", 400, "Your proposed upload exceeds the maximum allowed size")
                        .with("MaxSizeAllowed", limit)
                        .with("ProposedSize", size);
            }
            byte @Nullable [] sealed =
                    length == 0 ? null : blobs.seal(draft, written[0], Arrays.copyOf(buffer, length));
            length = length < buffer.length ? 0 : in.readNBytes(buffer, 0, buffer.length);
            if (length == 0) {
                ObjectChecksum kept = ObjectChecksum.full(claim.algorithm(), checksum.finish());
                return new Taken(
                        blobs,
                        draft,
                        written[0],
                        sealed,
                        size,
                        HexFormat.of().formatHex(md5.finish()),
                        kept,
                        claimed == null ? kept : ObjectChecksum.full(claim.claimed(), claimed.finish()));
            }
            byte[] full = Objects.requireNonNull(sealed);
            long number = written[0]++;
            store.change(tx -> blobs.write(tx, draft, number, full, clock.now()));
        }
    }

    private void acquire() {
        try {
            if (!buffers.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw ServiceException.of("SlowDown", 503, "Please reduce your request rate.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ServiceException.of("SlowDown", 503, "Please reduce your request rate.");
        }
    }
}
