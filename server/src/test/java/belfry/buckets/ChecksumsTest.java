package belfry.buckets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksumsTest {
    /** The check values of the CRC catalogue, and the well-known digests. */
    @ParameterizedTest
    @CsvSource({
        "CRC32, cbf43926",
        "CRC32C, e3069283",
        "CRC64NVME, ae8b14860a799888",
        "SHA1, f7c3bc1d808e04732adf679965ccc34ca7ae3441",
        "SHA256, 15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225",
        "MD5, 25f9e794323b453885f5181f1b624d0b",
    })
    void ofTheDigitsOneToNine(Algorithm algorithm, String hex) {
        byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
        assertThat(HexFormat.of().formatHex(whole(algorithm, digits))).isEqualTo(hex);
    }

    private static byte[] whole(Algorithm algorithm, byte[] bytes) {
        Digest digest = algorithm.start();
        digest.update(bytes, 0, bytes.length);
        return digest.finish();
    }

    @Property
    void eightBytesAStepAreAsGoodAsOne(@ForAll byte[] bytes, @ForAll @IntRange(max = 9) int offset) {
        int from = Math.min(offset, bytes.length);
        Crc64Nvme fast = new Crc64Nvme();
        fast.update(bytes, from, bytes.length - from);
        Crc64Nvme slow = new Crc64Nvme();
        for (int i = from; i < bytes.length; i++) {
            slow.update(bytes[i]);
        }
        assertThat(fast.getValue()).isEqualTo(slow.getValue());
    }

    @Property
    void thePartsTellTheWhole(@ForAll @Size(min = 1, max = 5) List<byte[]> parts) {
        for (Algorithm algorithm : List.of(Algorithm.CRC32, Algorithm.CRC32C, Algorithm.CRC64NVME)) {
            byte[] all = new byte[0];
            List<ObjectChecksum> checksums = new ArrayList<>();
            List<Long> sizes = new ArrayList<>();
            for (byte[] part : parts) {
                int before = all.length;
                all = Arrays.copyOf(all, before + part.length);
                System.arraycopy(part, 0, all, before, part.length);
                checksums.add(ObjectChecksum.full(algorithm, whole(algorithm, part)));
                sizes.add((long) part.length);
            }
            assertThat(ObjectChecksum.ofParts(algorithm, false, checksums, sizes))
                    .isEqualTo(ObjectChecksum.full(algorithm, whole(algorithm, all)));
        }
    }

    @Test
    void aCompositeOneSaysOfHowManyParts() {
        var part = ObjectChecksum.full(Algorithm.SHA256, new byte[32]);
        var whole = ObjectChecksum.ofParts(Algorithm.SHA256, true, List.of(part, part), List.of(1L, 1L));
        assertThat(whole.value()).endsWith("-2");
        assertThat(whole.bytes()).isEqualTo(whole(Algorithm.SHA256, new byte[64]));
        assertThat(ObjectChecksum.read(whole.write())).isEqualTo(whole);
    }
}
