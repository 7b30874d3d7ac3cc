package belfry.buckets;

import belfry.store.Store;
import belfry.wire.Body;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An object on its way out: a chunk at a time from the store, never more in memory. Blobs do not change, so it is one. */
final class ContentBody implements Body {
    private final Store store;
    private final Blobs blobs;
    private final List<Piece> pieces;

    ContentBody(Store store, Blobs blobs, List<Piece> pieces) {
        this.store = store;
        this.blobs = blobs;
        this.pieces = List.copyOf(pieces);
    }

    @Override
    public long length() {
        return pieces.stream().mapToLong(Piece::length).sum();
    }

    @Override
    public InputStream open() {
        return new Reader();
    }

    private final class Reader extends InputStream {
        private final Iterator<Piece> rest = pieces.iterator();
        private @Nullable Piece piece;
        private long done;
        private byte[] chunk = new byte[0];
        private int at;
        private int end;

        @Override
        public int read() {
            return advance() ? chunk[at++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            if (!advance()) {
                return -1;
            }
            int count = Math.min(length, end - at);
            System.arraycopy(chunk, at, bytes, offset, count);
            at += count;
            return count;
        }

        /** Sees to it that there is a byte at {@code at}; false at the end. */
        private boolean advance() {
            while (at == end) {
                if (piece == null || done == piece.length()) {
                    if (!rest.hasNext()) {
                        return false;
                    }
                    piece = rest.next();
                    done = 0;
                } else {
                    load(piece);
                }
            }
            return true;
        }

        private void load(Piece from) {
            long position = from.start() + done;
            long number = position / Blobs.CHUNK;
            byte[] sealed = store.read(tx -> blobs.chunk(tx, from, number));
            chunk = blobs.open(from, number, sealed);
            at = (int) (position % Blobs.CHUNK);
            end = (int) Math.min(chunk.length, at + from.length() - done);
            done += end - at;
        }
    }
}
