package belfry.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.base.Ids;
import java.security.SecureRandom;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class AeadProperties {
    private final Ids ids = new Ids(new SecureRandom());
    private final byte[] key = ids.bytes(Aead.KEY_BYTES);

    @Property(tries = 200)
    void whatIsSealedOpensAgain(@ForAll byte[] plaintext, @ForAll byte[] context) throws BrokenSealException {
        byte[] sealed = Aead.seal(key, plaintext, context, ids);
        assertThat(Aead.open(key, sealed, context)).isEqualTo(plaintext);
    }

    @Property(tries = 500)
    void anyFlippedBitIsDetected(
            @ForAll @Size(max = 64) byte[] plaintext,
            @ForAll byte[] context,
            @ForAll @IntRange(max = 100_000) int where) {
        byte[] sealed = Aead.seal(key, plaintext, context, ids);
        int bit = where % (sealed.length * Byte.SIZE);
        sealed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        assertThatThrownBy(() -> Aead.open(key, sealed, context)).isInstanceOf(BrokenSealException.class);
    }

    @Property(tries = 100)
    void aCutEndIsDetected(@ForAll @Size(max = 64) byte[] plaintext, @ForAll @IntRange(min = 1, max = 100) int cut) {
        byte[] sealed = Aead.seal(key, plaintext, new byte[0], ids);
        byte[] shorter = Arrays.copyOf(sealed, Math.max(0, sealed.length - cut));
        assertThatThrownBy(() -> Aead.open(key, shorter, new byte[0])).isInstanceOf(BrokenSealException.class);
    }
}
