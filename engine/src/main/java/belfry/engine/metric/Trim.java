package belfry.engine.metric;

/** Ranks and sums over a sketch; a rank is a mass of samples counted from the smallest, 0 to {@link #total}. */
final class Trim {
    private final Sketch sketch;
    private final StatisticSet set;
    private final double total;

    Trim(Sketch sketch, StatisticSet set) {
        this.sketch = sketch;
        this.set = set;
        this.total = sketch.total();
    }

    double total() {
        return total;
    }

    double rank(double percent) {
        return total * percent / 100;
    }

    /** How many samples are at most the bound. */
    double massUpTo(double bound) {
        if (bound == Double.POSITIVE_INFINITY) {
            return total;
        }
        if (bound < 0) {
            return 0;
        }
        int last = Sketch.bucketOf(bound);
        double mass = 0;
        for (int i = 0; i < sketch.size() && sketch.bucket(i) <= last; i++) {
            mass += sketch.count(i);
        }
        return mass;
    }

    /** The smallest value with at least that many samples up to it. Never outside the known minimum and maximum. */
    double valueAtRank(double rank) {
        if (rank >= total) {
            return set.max();
        }
        double mass = 0;
        for (int i = 0; i < sketch.size(); i++) {
            mass += sketch.count(i);
            if (mass >= rank && mass > 0) {
                return value(i);
            }
        }
        return set.max();
    }

    /** The sum of the samples between two ranks; all of them is the exact sum. */
    double sum(double from, double to) {
        if (from <= 0 && to >= total) {
            return set.sum();
        }
        double sum = 0;
        double mass = 0;
        for (int i = 0; i < sketch.size(); i++) {
            double inside = Math.min(mass + sketch.count(i), to) - Math.max(mass, from);
            sum += inside > 0 ? inside * value(i) : 0;
            mass += sketch.count(i);
        }
        return sum;
    }

    private double value(int i) {
        return Math.clamp(Sketch.valueOf(sketch.bucket(i)), set.min(), set.max());
    }
}
