package belfry.engine.alarm;

import belfry.engine.metric.Datapoint;
import belfry.engine.metric.Statistic;
import belfry.engine.metric.math.Growth;
import java.util.Collection;
import java.util.Map;

/** Where an alarm's values come from. */
public interface PointSource {
    /** The values of the window's periods that have any, by their start. */
    Map<Long, AlarmPoint> points(Window window);

    /** Which way a period's value can still move while samples come. */
    Growth.Direction growth();

    /**
     * A metric's statistic.
     *
     * @param datapoints the metric's, at least those of the windows that will be asked for
     * @param nonNegative whether no sample of the metric can ever be negative; early firing on Sum needs it
     */
    static PointSource of(AlarmRule rule, Collection<Datapoint> datapoints, boolean nonNegative) {
        Statistic statistic = rule.statistic();
        if (statistic == null) {
            throw new IllegalArgumentException("The points of metric math are computed by its expression");
        }
        return new PointSource() {
            @Override
            public Map<Long, AlarmPoint> points(Window window) {
                return window.points(rule, datapoints);
            }

            @Override
            public Growth.Direction growth() {
                return Growth.of(statistic, nonNegative).direction();
            }
        };
    }
}
