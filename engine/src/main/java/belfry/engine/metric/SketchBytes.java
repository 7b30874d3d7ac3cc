package belfry.engine.metric;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A sketch as bytes for a store: a version, whether it is negative, the number of buckets, then for each the distance from the
 * one before and its count. Whole numbers take seven bits a byte, counts that are not whole eight bytes.
 */
final class SketchBytes {
    private static final byte VERSION = 1;
    private static final int MAX_ENTRY = 5 + 10;
    private static final double MAX_WHOLE = 1L << 52;

    private SketchBytes() {}

    static byte[] write(Sketch sketch) {
        ByteBuffer out = ByteBuffer.allocate(8 + sketch.size() * MAX_ENTRY);
        out.put(VERSION).put((byte) (sketch.negative() ? 1 : 0));
        putNumber(out, sketch.size());
        long before = Sketch.ZERO;
        for (int i = 0; i < sketch.size(); i++) {
            putNumber(out, sketch.bucket(i) - before);
            before = sketch.bucket(i);
            double count = sketch.count(i);
            boolean whole = count == Math.rint(count) && count < MAX_WHOLE;
            putNumber(out, whole ? (long) count : 0);
            if (!whole) {
                out.putDouble(count);
            }
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    static Sketch read(byte[] bytes) {
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            if (in.get() != VERSION) {
                throw new IllegalArgumentException("A sketch of another version");
            }
            boolean negative = in.get() == 1;
            int size = (int) Math.min(number(in), bytes.length);
            int[] buckets = new int[size];
            double[] counts = new double[size];
            long before = Sketch.ZERO;
            for (int i = 0; i < size; i++) {
                before += number(in);
                buckets[i] = Math.toIntExact(before);
                long whole = number(in);
                counts[i] = whole > 0 ? whole : in.getDouble();
            }
            return new Sketch(buckets, counts, negative);
        } catch (BufferUnderflowException | ArithmeticException e) {
            throw new IllegalArgumentException("Not a sketch", e);
        }
    }

    private static void putNumber(ByteBuffer out, long number) {
        long rest = number;
        while (rest >= 0x80) {
            out.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    private static long number(ByteBuffer in) {
        long number = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte b = in.get();
            number |= (b & 0x7fL) << shift;
            if (b >= 0) {
                return number;
            }
        }
        throw new IllegalArgumentException("Not a sketch");
    }
}
