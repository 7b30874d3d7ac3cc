package belfry.engine.metric.anomaly;

import java.util.Arrays;

/** The middle of numbers. */
final class Medians {
    private Medians() {}

    /** Of at least one number; of an even count the mean of the two in the middle. */
    static double median(double[] numbers) {
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : sorted[middle - 1] / 2 + sorted[middle] / 2;
    }
}
