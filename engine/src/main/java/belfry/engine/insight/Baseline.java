package belfry.engine.insight;

/**
 * What came before: the per-minute counts of one series, summed up.
 *
 * @param minutes how many minutes were looked at, those without any call included
 * @param sum of their counts
 * @param squares the sum of their counts' squares
 */
public record Baseline(long minutes, double sum, double squares) {
    public Baseline {
        if (minutes < 1 || sum < 0 || squares < 0) {
            throw new IllegalArgumentException("a baseline has minutes, and no negative sums");
        }
    }

    /** Calls a minute. */
    public double average() {
        return sum / minutes;
    }

    /**
     * The chance that a usual minute has {@code count} calls or more.
     *
     * <p>The counts are taken as negative binomial: Poisson, where neither the spread of the past nor its shortness says
     * otherwise. Half a call is added to the past, so that what was never seen has a rate that shrinks with the time
     * watched, and the uncertainty of the average itself (a half-hour says less than a week) widens the variance.
     */
    public double chance(long count) {
        double mean = (sum + 0.5) / minutes;
        double own = mean * (1 + 1.0 / minutes);
        double seen = Math.max(0, squares / minutes - average() * average());
        return NegativeBinomial.of(mean, Math.max(own, seen)).atLeast(count);
    }
}
