package belfry.engine.metric.math;

import java.util.stream.LongStream;

/** The periods an expression is evaluated on: starts from {@code start} up to {@code end} (epoch seconds, exclusive). */
public record Grid(long start, long end, int period) {
    public Grid {
        if (period < 1 || start > end) {
            throw new IllegalArgumentException("A grid has a period and does not end before it starts");
        }
    }

    LongStream starts() {
        return LongStream.iterate(start, time -> time < end, time -> time + period);
    }
}
