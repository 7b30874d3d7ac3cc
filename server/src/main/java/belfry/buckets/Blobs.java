package belfry.buckets;

import belfry.base.Ids;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.vault.Keys;
import belfry.wire.ServiceException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bytes: blobs of chunks, and contents that are lists of ranges of blobs. A blob is written under a lease, chunk by
 * chunk in short transactions, and is nobody's until a content refers to it; what is left behind, by a crash or because
 * its last content went, is swept once its lease has run out.
 */
final class Blobs {
    /** Also the unit of encryption. Small enough that one write holds up no other writer for long. */
    static final int CHUNK = 256 * 1024;

    /** How long a half-written blob waits for its next chunk. */
    static final Duration LEASE = Duration.ofHours(1);

    /** How long the bytes of a deleted object stay for those who are reading them. */
    static final Duration GRACE = Duration.ofMinutes(15);

    /** Pieces of a part are numbered from its number times this. */
    static final long PART = 1_000_000;

    private final ContentSeal seal;
    private final Ids ids;
    private final KmsLocks locks;

    Blobs(ContentSeal seal, Ids ids, Keys keys) {
        this.seal = seal;
        this.ids = ids;
        this.locks = new KmsLocks(keys, seal);
    }

    /**
     * A blob in the making.
     *
     * @param key its data key, sealed by the root key, to write with
     * @param kept its data key as it is kept: the same, or under SSE-KMS KMS's ciphertext
     */
    record Draft(
            String id, byte[] key, byte[] kept, @Nullable KmsSeal kms) {}

    /** A draft needs no transaction; it becomes a row with its first chunk. */
    Draft draft() {
        String id = ids.hex(32);
        byte[] key = seal.newKey(id);
        return new Draft(id, key, key, null);
    }

    /** A draft under SSE-KMS. */
    Draft draft(Tx tx, KmsSeal kms, Instant now) {
        return locks.draft(tx, ids.hex(32), kms, now);
    }

    /** Pieces that can be read, in the caller's name; see {@link KmsLocks#unlock}. */
    List<Piece> unlock(Tx tx, List<Piece> pieces, Call call) {
        return locks.unlock(tx, pieces, call);
    }

    /** Encrypts a chunk; heavy, so done before the transaction. */
    byte[] seal(Draft blob, long number, byte[] chunk) {
        return seal.seal(blob.key(), blob.id(), number, chunk);
    }

    /** Writes a chunk and renews the lease. */
    void write(Tx tx, Draft blob, long number, byte[] sealed, Instant now) {
        tx.update(
                "INSERT INTO blob (id, key, kms, expires) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (id) DO UPDATE SET expires = excluded.expires",
                blob.id(),
                blob.kept(),
                blob.kms() == null ? null : blob.kms().write(),
                now.plus(LEASE));
        tx.update("INSERT INTO blob_chunk (blob, number, data) VALUES (?, ?, ?)", blob.id(), number, sealed);
    }

    /** Makes a content out of a whole blob; from now on it is in use. */
    String attach(Tx tx, Draft blob, long size) {
        String content = ids.hex(32);
        if (size > 0) {
            addPiece(tx, content, PART, new Piece(blob.id(), blob.kept(), blob.kms(), 0, size));
        }
        return content;
    }

    /** Makes a content out of ranges of blobs that are in use. */
    String attach(Tx tx, List<Piece> pieces) {
        String content = ids.hex(32);
        long number = PART;
        for (Piece piece : pieces) {
            addPiece(tx, content, number++, piece);
        }
        return content;
    }

    /** Puts the contents of an upload's parts together, without moving a byte. */
    String join(Tx tx, String upload) {
        String content = ids.hex(32);
        tx.update(
                "INSERT INTO piece (content, number, blob, start, length)"
                        + " SELECT ?, t.number * " + PART + " + p.number % " + PART + ", p.blob, p.start, p.length"
                        + " FROM upload_part t JOIN piece p ON p.content = t.content WHERE t.upload = ?",
                content,
                upload);
        return content;
    }

    private static void addPiece(Tx tx, String content, long number, Piece piece) {
        if (tx.update("UPDATE blob SET expires = NULL WHERE id = ?", piece.blob()) != 1) {
            // Its lease ran out and it was swept: the client took longer than an hour over a chunk.
            throw ServiceException.of(
                    "RequestTimeout",
                    400,
                    "Your socket connection to the server was not read from or written to within the timeout period.");
        }
        tx.update(
                "INSERT INTO piece (content, number, blob, start, length) VALUES (?, ?, ?, ?, ?)",
                content,
                number,
                piece.blob(),
                piece.start(),
                piece.length());
    }

    /** The content's pieces in their order. */
    List<Piece> pieces(Tx tx, String content) {
        return tx.query(
                "SELECT p.blob, b.key, b.kms, p.start, p.length FROM piece p JOIN blob b ON b.id = p.blob"
                        + " WHERE p.content = ? ORDER BY p.number",
                row -> new Piece(
                        row.text(1), row.bytes(2), KmsSeal.read(row.textOrNull(3)), row.number(4), row.number(5)),
                content);
    }

    /** The sizes of a multipart content's parts, in their order, with their numbers. */
    List<PartSize> parts(Tx tx, String content) {
        return tx.query(
                "SELECT number / " + PART + ", SUM(length) FROM piece WHERE content = ?" + " GROUP BY number / " + PART
                        + " ORDER BY 1",
                row -> new PartSize(Math.toIntExact(row.number(1)), row.number(2)),
                content);
    }

    /** One part of a multipart content. */
    record PartSize(int number, long size) {}

    /** One chunk's bytes. */
    byte[] chunk(Tx tx, Piece piece, long number) {
        byte[] sealed = tx.first(
                        "SELECT data FROM blob_chunk WHERE blob = ? AND number = ?",
                        row -> row.bytes(1),
                        piece.blob(),
                        number)
                .orElseThrow(() -> new IllegalStateException("the object was deleted while it was read"));
        return sealed;
    }

    byte[] open(Piece piece, long number, byte[] sealed) {
        return seal.open(piece.key(), piece.blob(), number, sealed);
    }

    /** Gives a content up. Blobs that nothing refers to any more stay for those who are reading them, then are swept. */
    void release(Tx tx, String content, Instant now) {
        List<String> blobs = tx.query("SELECT DISTINCT blob FROM piece WHERE content = ?", row -> row.text(1), content);
        tx.update("DELETE FROM piece WHERE content = ?", content);
        for (String blob : blobs) {
            tx.update(
                    "UPDATE blob SET expires = ? WHERE id = ? AND NOT EXISTS (SELECT 1 FROM piece WHERE blob = ?)",
                    now.plus(GRACE),
                    blob,
                    blob);
        }
        tx.ring(BlobSweep.RELEASED);
    }

    /** Gives a draft up at once. */
    void abandon(Tx tx, Draft blob, Instant now) {
        tx.update("UPDATE blob SET expires = ? WHERE id = ? AND expires IS NOT NULL", now, blob.id());
        tx.ring(BlobSweep.RELEASED);
    }

    /** When the next blob may be swept. */
    static Optional<Instant> nextExpiry(Tx tx) {
        return tx.first(
                "SELECT expires FROM blob WHERE expires IS NOT NULL ORDER BY expires LIMIT 1", row -> row.instant(1));
    }
}
