package belfry.buckets;

import java.nio.ByteBuffer;

/**
 * The CRC of two pieces put together, from the pieces' own: appending n bytes multiplies the first CRC by x^(8n) modulo
 * the polynomial. Bits are reflected, so the highest bit is the coefficient of x^0.
 */
final class CrcCombine {
    private static final long CRC32 = 0xEDB8_8320L;
    private static final long CRC32C = 0x82F6_3B78L;

    private final int width;
    private final long polynomial;

    private CrcCombine(int width, long polynomial) {
        this.width = width;
        this.polynomial = polynomial;
    }

    /** @throws IllegalArgumentException for an algorithm that is no CRC */
    static CrcCombine of(Algorithm algorithm) {
        return switch (algorithm) {
            case CRC32 -> new CrcCombine(32, CRC32);
            case CRC32C -> new CrcCombine(32, CRC32C);
            case CRC64NVME -> new CrcCombine(64, Crc64Nvme.POLYNOMIAL);
            case SHA1, SHA256, SHA512, MD5 -> throw new IllegalArgumentException(algorithm + " cannot be combined");
        };
    }

    /** @param length the second piece's bytes */
    byte[] combine(byte[] first, byte[] second, long length) {
        long combined = multiply(power(length), value(first)) ^ value(second);
        byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(combined).array();
        byte[] result = new byte[width / Byte.SIZE];
        System.arraycopy(bytes, Long.BYTES - result.length, result, 0, result.length);
        return result;
    }

    private static long value(byte[] bytes) {
        long value = 0;
        for (byte b : bytes) {
            value = (value << 8) | (b & 0xFF);
        }
        return value;
    }

    /** x^(8 * bytes) modulo the polynomial, by squaring. */
    private long power(long bytes) {
        long square = 1L << (width - 1 - 8);
        long result = 1L << (width - 1);
        for (long left = bytes; left > 0; left >>>= 1) {
            if ((left & 1) != 0) {
                result = multiply(square, result);
            }
            square = multiply(square, square);
        }
        return result;
    }

    private long multiply(long a, long b) {
        long product = 0;
        long shifted = b;
        for (int bit = width - 1; bit >= 0; bit--) {
            if ((a >>> bit & 1) != 0) {
                product ^= shifted;
            }
            shifted = (shifted & 1) == 0 ? shifted >>> 1 : (shifted >>> 1) ^ polynomial;
        }
        return product;
    }
}
