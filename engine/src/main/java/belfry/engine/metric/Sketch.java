package belfry.engine.metric;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The distribution of non-negative samples in logarithmic buckets, mergeable without loss.
 *
 * <p>Bucket <i>i</i> holds the values in (γ^(i-1), γ^i] with γ = (1 + α) / (1 - α), and answers 2γ^i / (γ + 1) for each of
 * them: whatever the samples, each is answered with a relative error of at most α = {@link #RELATIVE_ERROR}. A percentile is
 * then off by at most α of the sample of that rank; a mean of any share of the samples by at most α of itself. Zero and
 * values under 1e-300 are kept as zero. Negative samples have no extended statistics on AWS and none here: one of them makes
 * the sketch {@link #negative()}.
 *
 * <p>A sketch takes at most 12 bytes for each distinct bucket: one percent of accuracy needs 115 buckets for a factor of ten.
 */
public final class Sketch {
    /** The bound α on the relative error of each sample. */
    public static final double RELATIVE_ERROR = 0.01;

    private static final double GAMMA = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
    private static final double LOG_GAMMA = Math.log(GAMMA);
    private static final double TINY = 1e-300;
    /** The bucket of zero lies below all others. */
    static final int ZERO = Integer.MIN_VALUE;

    private final int[] buckets;
    private final double[] counts;
    private final boolean negative;

    Sketch(int[] buckets, double[] counts, boolean negative) {
        this.buckets = buckets;
        this.counts = counts;
        this.negative = negative;
    }

    static Sketch of(double value, double count) {
        if (value < 0) {
            return new Sketch(new int[0], new double[0], true);
        }
        return new Sketch(new int[] {bucketOf(value)}, new double[] {count}, false);
    }

    static int bucketOf(double value) {
        return value < TINY ? ZERO : (int) Math.ceil(Math.log(value) / LOG_GAMMA);
    }

    /** The value answered for all samples of a bucket. */
    static double valueOf(int bucket) {
        return bucket == ZERO ? 0 : 2 * Math.exp(bucket * LOG_GAMMA) / (GAMMA + 1);
    }

    /** Whether a negative sample was seen: then there are no extended statistics. */
    public boolean negative() {
        return negative;
    }

    /** These bytes bring it back by {@link #fromBytes}; a sketch of one value takes about 10. */
    public byte[] toBytes() {
        return SketchBytes.write(this);
    }

    /**
     * Reads {@link #toBytes}.
     *
     * @throws IllegalArgumentException if the bytes are no sketch
     */
    public static Sketch fromBytes(byte[] bytes) {
        return SketchBytes.read(bytes);
    }

    int size() {
        return buckets.length;
    }

    int bucket(int i) {
        return buckets[i];
    }

    double count(int i) {
        return counts[i];
    }

    double total() {
        double total = 0;
        for (double count : counts) {
            total += count;
        }
        return total;
    }

    Sketch merge(Sketch other) {
        if (negative || other.negative) {
            return new Sketch(new int[0], new double[0], true);
        }
        int[] merged = new int[buckets.length + other.buckets.length];
        double[] sums = new double[merged.length];
        int n = 0;
        int i = 0;
        int j = 0;
        while (i < buckets.length || j < other.buckets.length) {
            boolean left = j == other.buckets.length || (i < buckets.length && buckets[i] <= other.buckets[j]);
            boolean right = i == buckets.length || (j < other.buckets.length && other.buckets[j] <= buckets[i]);
            merged[n] = left ? buckets[i] : other.buckets[j];
            sums[n++] = (left ? counts[i] : 0) + (right ? other.counts[j] : 0);
            i += left ? 1 : 0;
            j += right ? 1 : 0;
        }
        return new Sketch(Arrays.copyOf(merged, n), Arrays.copyOf(sums, n), false);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Sketch that
                && negative == that.negative
                && Arrays.equals(buckets, that.buckets)
                && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(buckets) * 31 + Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return "Sketch[" + buckets.length + " buckets]";
    }
}
