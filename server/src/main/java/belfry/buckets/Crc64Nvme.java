package belfry.buckets;

import java.util.zip.Checksum;

/**
 * CRC-64/NVME: reflected, polynomial AD93D23594C93659, all ones before and after. Eight tables take eight bytes a step.
 */
final class Crc64Nvme implements Checksum {
    /** The polynomial with its bits reversed. */
    static final long POLYNOMIAL = 0x9A6C_9329_AC4B_C9B5L;

    private static final int TABLES = 8;
    private static final long[][] TABLE = tables();

    private long state = ~0L;

    @Override
    public void update(int b) {
        state = TABLE[0][(int) (state ^ b) & 0xFF] ^ (state >>> 8);
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        for (; end - at >= TABLES; at += TABLES) {
            long word = state ^ little(bytes, at);
            long next = 0;
            for (int i = 0; i < TABLES; i++) {
                next ^= TABLE[TABLES - 1 - i][(int) (word >>> (8 * i)) & 0xFF];
            }
            state = next;
        }
        for (; at < end; at++) {
            update(bytes[at]);
        }
    }

    @Override
    public long getValue() {
        return ~state;
    }

    @Override
    public void reset() {
        state = ~0L;
    }

    private static long little(byte[] bytes, int at) {
        long word = 0;
        for (int i = Long.BYTES - 1; i >= 0; i--) {
            word = (word << 8) | (bytes[at + i] & 0xFF);
        }
        return word;
    }

    private static long[][] tables() {
        long[][] tables = new long[TABLES][256];
        for (int n = 0; n < 256; n++) {
            long crc = n;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
            }
            tables[0][n] = crc;
        }
        for (int table = 1; table < TABLES; table++) {
            for (int n = 0; n < 256; n++) {
                long before = tables[table - 1][n];
                tables[table][n] = tables[0][(int) before & 0xFF] ^ (before >>> 8);
            }
        }
        return tables;
    }
}
