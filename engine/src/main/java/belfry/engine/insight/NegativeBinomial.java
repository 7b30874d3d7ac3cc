package belfry.engine.insight;

/**
 * Counts whose variance is greater than their mean.
 *
 * @param shape how even they are; Poisson is the limit of an endless one
 * @param mean of the counts
 */
record NegativeBinomial(double shape, double mean) {
    /** Terms smaller than this part of the sum no longer change it. */
    private static final double NEGLIGIBLE = 1e-12;

    NegativeBinomial {
        if (!(shape > 0) || !(mean > 0)) {
            throw new IllegalArgumentException("shape and mean are positive");
        }
    }

    /** Of {@code mean} and {@code variance}, which must be the greater. */
    static NegativeBinomial of(double mean, double variance) {
        return new NegativeBinomial(mean * mean / (variance - mean), mean);
    }

    /** The chance of {@code count} or more. Terms follow from each other; sums are kept as logarithms until the end. */
    double atLeast(long count) {
        if (count <= 0) {
            return 1;
        }
        if (count <= mean) {
            return 1 - below(count);
        }
        double log = -shape * Math.log1p(mean / shape);
        for (long k = 0; k < count; k++) {
            log += Math.log(ratio(k));
        }
        double sum = 1;
        double term = 1;
        for (long k = count; term > sum * NEGLIGIBLE; k++) {
            term *= ratio(k);
            sum += term;
        }
        return Math.min(1, Math.exp(log) * sum);
    }

    private double below(long count) {
        double log = -shape * Math.log1p(mean / shape);
        double sum = 0;
        for (long k = 0; k < count; k++) {
            sum += Math.exp(log);
            log += Math.log(ratio(k));
        }
        return Math.min(1, sum);
    }

    /** The chance of {@code k + 1} as a part of that of {@code k}. */
    private double ratio(long k) {
        return (k + shape) / (k + 1) * (mean / (shape + mean));
    }
}
