package belfry.buckets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PieceTest {
    /** Every byte of a list of pieces by its blob and place: slow, and plainly right. */
    private static List<String> bytes(List<Piece> pieces) {
        List<String> bytes = new ArrayList<>();
        for (Piece piece : pieces) {
            for (long at = piece.start(); at < piece.start() + piece.length(); at++) {
                bytes.add(piece.blob() + "@" + at);
            }
        }
        return bytes;
    }

    @Property
    void aRangeHoldsJustItsBytes(
            @ForAll @Size(max = 5) List<@IntRange(max = 6) Integer> lengths,
            @ForAll @IntRange(max = 12) int from,
            @ForAll @IntRange(max = 12) int length) {
        List<Piece> pieces = new ArrayList<>();
        for (int i = 0; i < lengths.size(); i++) {
            pieces.add(new Piece("blob" + i, new byte[0], null, i * 10L, lengths.get(i)));
        }
        List<String> all = bytes(pieces);
        int begin = Math.min(from, all.size());
        int end = Math.min(all.size(), from + length);
        assertThat(bytes(Piece.range(pieces, from, length))).isEqualTo(all.subList(begin, end));
    }
}
