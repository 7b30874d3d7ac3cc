package belfry.buckets;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A range of a blob's bytes. A content is a list of pieces.
 *
 * @param key the blob's data key, sealed
 * @param kms what it is sealed with; null for the root key
 */
record Piece(String blob, byte[] key, @Nullable KmsSeal kms, long start, long length) {
    Piece {
        if (start < 0 || length < 0) {
            throw new IllegalArgumentException("a piece lies inside its blob");
        }
    }

    /** The part of {@code pieces} from byte {@code from} on, {@code length} bytes long. */
    static List<Piece> range(List<Piece> pieces, long from, long length) {
        List<Piece> part = new ArrayList<>();
        long at = 0;
        for (Piece piece : pieces) {
            long begin = Math.max(from, at);
            long end = Math.min(from + length, at + piece.length());
            if (begin < end) {
                part.add(new Piece(piece.blob(), piece.key(), piece.kms(), piece.start() + begin - at, end - begin));
            }
            at += piece.length();
        }
        return part;
    }
}
