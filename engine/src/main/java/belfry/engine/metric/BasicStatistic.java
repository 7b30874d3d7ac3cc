package belfry.engine.metric;

import java.util.OptionalDouble;

/** The five statistics that every aggregate has. */
public enum BasicStatistic implements Statistic {
    SAMPLE_COUNT("SampleCount"),
    SUM("Sum"),
    AVERAGE("Average"),
    MINIMUM("Minimum"),
    MAXIMUM("Maximum");

    private final String awsName;

    BasicStatistic(String awsName) {
        this.awsName = awsName;
    }

    @Override
    public String awsName() {
        return awsName;
    }

    @Override
    public double minimumSamples() {
        return 0;
    }

    /** This statistic of a set; always known. */
    public double of(StatisticSet set) {
        return switch (this) {
            case SAMPLE_COUNT -> set.sampleCount();
            case SUM -> set.sum();
            case AVERAGE -> set.average();
            case MINIMUM -> set.min();
            case MAXIMUM -> set.max();
        };
    }

    @Override
    public OptionalDouble of(Aggregate samples) {
        return OptionalDouble.of(of(samples.set()));
    }
}
