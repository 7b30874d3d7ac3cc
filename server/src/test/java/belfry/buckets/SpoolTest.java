package belfry.buckets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.base.Clock;
import belfry.base.Ids;
import belfry.seal.RootKey;
import belfry.store.SqliteStore;
import belfry.store.Store;
import belfry.vault.Keys;
import belfry.wire.Body;
import belfry.wire.ServiceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies on their way into the store, and what is left of those that do not arrive. */
class SpoolTest {
    private static final ContentClaim ANY =
            new ContentClaim(Algorithm.CRC64NVME, new Checksums.Claim(null, null), null);

    @TempDir
    private Path folder;

    private final Clock clock = Clock.stoppedAt(Instant.parse("2026-03-02T10:00:00Z"));
    private final Ids ids = new Ids(new SecureRandom());
    private Blobs blobs;
    private Store store;
    private Spool spool;
    private BlobSweep sweep;

    @BeforeEach
    void open() {
        store = new SqliteStore(folder.resolve("belfry.db"), bell -> {});
        RootKey root = new RootKey(folder.resolve("root.key"), ids);
        blobs = new Blobs(new RootSeal(root, ids), ids, new Keys(root, ids));
        spool = new Spool(store, blobs, clock);
        sweep = new BlobSweep(store, clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private long chunks() {
        return store.read(tx -> tx.count("SELECT COUNT(*) FROM blob_chunk"));
    }

    private void sweep() {
        while (sweep.step()) {
            // As its runner does.
        }
    }

    @Test
    void aSmallBodyNeedsOneTransaction() {
        long before = store.flushes();
        String content =
                spool.take(Body.of(new byte[100]), ANY, 1_000, taken -> store.write(tx -> taken.keep(tx, clock.now())));
        assertThat(store.flushes()).isEqualTo(before + 1);
        List<Piece> pieces = store.read(tx -> blobs.pieces(tx, content));
        assertThat(new ContentBody(store, blobs, pieces).length()).isEqualTo(100);
        assertThat(sweep.nextDue()).isEmpty();
    }

    @Test
    void aBodyOfExactlyWholeChunksHasNoEmptyLastOne() throws IOException {
        byte[] bytes = S3Test.noise(2 * Blobs.CHUNK);
        String content =
                spool.take(Body.of(bytes), ANY, bytes.length, taken -> store.write(tx -> taken.keep(tx, clock.now())));
        assertThat(chunks()).isEqualTo(2);
        List<Piece> pieces = store.read(tx -> blobs.pieces(tx, content));
        try (InputStream in = new ContentBody(store, blobs, pieces).open()) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void theStoreNeverHoldsWhatABodySays() {
        String marker = "marker-5f0c1c7e-of-an-object";
        byte[] bytes = marker.repeat(20_000).getBytes(StandardCharsets.UTF_8);
        String content =
                spool.take(Body.of(bytes), ANY, bytes.length, taken -> store.write(tx -> taken.keep(tx, clock.now())));
        List<byte[]> chunks = store.read(tx -> tx.query("SELECT data FROM blob_chunk", row -> row.bytes(1)));
        assertThat(chunks).hasSizeGreaterThan(2);
        chunks.forEach(chunk ->
                assertThat(new String(chunk, StandardCharsets.ISO_8859_1)).doesNotContain("marker"));
        // Two chunks that change places are noticed.
        store.change(tx -> tx.update("UPDATE blob_chunk SET number = -1 WHERE number = 0"));
        store.change(tx -> tx.update("UPDATE blob_chunk SET number = 0 WHERE number = 1"));
        List<Piece> pieces = store.read(tx -> blobs.pieces(tx, content));
        InputStream in = new ContentBody(store, blobs, pieces).open();
        assertThatThrownBy(in::read).isInstanceOf(IllegalStateException.class).hasMessageContaining("damaged");
    }

    @Test
    void aBodyThatBreaksOffLeavesNothing() {
        InputStream broken =
                new SequenceInputStream(new ByteArrayInputStream(S3Test.noise(3 * Blobs.CHUNK)), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("connection reset");
                    }

                    @Override
                    public int read(byte[] bytes, int offset, int length) throws IOException {
                        return read();
                    }
                });
        assertThatThrownBy(() -> spool.take(Body.of(broken, Body.UNKNOWN), ANY, Long.MAX_VALUE, taken -> "never"))
                .isInstanceOf(UncheckedIOException.class);
        sweep();
        assertThat(chunks()).isZero();
    }

    @Test
    void aBodyThatIsTooLargeLeavesNothing() {
        assertThatThrownBy(() ->
                        spool.take(Body.of(S3Test.noise(3 * Blobs.CHUNK)), ANY, 2L * Blobs.CHUNK, taken -> "never"))
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.code()).isEqualTo("EntityTooLarge"));
        sweep();
        assertThat(chunks()).isZero();
    }

    @Test
    void whatACrashLeftIsSweptWhenItsLeaseHasRunOut() {
        Blobs.Draft draft = blobs.draft();
        store.change(tx -> blobs.write(tx, draft, 0, new byte[10], clock.now()));
        sweep();
        assertThat(chunks()).isEqualTo(1);
        Instant due = clock.now().plus(Blobs.LEASE);
        assertThat(sweep.nextDue()).isEqualTo(Optional.of(due));
        clock.set(due, false);
        sweep();
        assertThat(chunks()).isZero();
        assertThatThrownBy(() -> store.write(tx -> blobs.attach(tx, draft, 10))).isInstanceOf(ServiceException.class);
    }

    @Test
    void bytesStayAsLongAsAnyContentRefersToThem() {
        String first =
                spool.take(Body.of(new byte[10]), ANY, 10, taken -> store.write(tx -> taken.keep(tx, clock.now())));
        String second = store.write(tx -> blobs.attach(tx, blobs.pieces(tx, first)));
        store.change(tx -> blobs.release(tx, first, clock.now()));
        clock.set(clock.now().plus(Blobs.GRACE), false);
        sweep();
        assertThat(chunks()).isEqualTo(1);
        store.change(tx -> blobs.release(tx, second, clock.now()));
        clock.set(clock.now().plus(Blobs.GRACE), false);
        sweep();
        assertThat(chunks()).isZero();
    }
}
