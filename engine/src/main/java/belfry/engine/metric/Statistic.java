package belfry.engine.metric;

import java.util.OptionalDouble;

/** A statistic over samples: one of the five, or an extended one such as {@code p99} (alarms.md §3, Statistics). */
public sealed interface Statistic permits BasicStatistic, ExtendedStatistic {

    /** The statistic of these samples; empty when they do not tell it (an extended one without a distribution). */
    OptionalDouble of(Aggregate samples);

    /** As AWS writes it: {@code Sum}, {@code p99.9}, {@code TM(10%:90%)}. */
    String awsName();

    /** With fewer samples an alarm's percentile counts as low-sample; 0 for what is no percentile. */
    double minimumSamples();

    /**
     * Reads a statistic's name.
     *
     * @throws IllegalArgumentException if CloudWatch has none of that name
     */
    static Statistic parse(String name) {
        for (BasicStatistic basic : BasicStatistic.values()) {
            if (basic.awsName().equals(name)) {
                return basic;
            }
        }
        return ExtendedStatistic.parse(name);
    }
}
