package belfry.bench.engine;

import belfry.engine.alarm.AlarmEvaluator;
import belfry.engine.alarm.AlarmRule;
import belfry.engine.alarm.AlarmState;
import belfry.engine.alarm.ComparisonOperator;
import belfry.engine.alarm.TreatMissing;
import belfry.engine.metric.Aggregate;
import belfry.engine.metric.BasicStatistic;
import belfry.engine.metric.Datapoint;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A tick of ten thousand alarms, each with five minutes of data or none, reasons and all. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AlarmBenchmark {
    private static final int ALARMS = 10_000;
    private static final Instant NOW = Instant.parse("2025-02-02T12:06:00Z");

    private final AlarmRule rule = new AlarmRule(
            ComparisonOperator.GREATER_THAN_OR_EQUAL,
            1,
            60,
            3,
            2,
            TreatMissing.NOT_BREACHING,
            BasicStatistic.SUM,
            null,
            false);
    private final List<Datapoint> data = List.of(point(1, 0), point(2, 1), point(3, 0), point(4, 2), point(5, 0));

    private static Datapoint point(int minutesAgo, double value) {
        return new Datapoint(NOW.getEpochSecond() - 60L * minutesAgo, "None", Aggregate.of(value));
    }

    /** With data. */
    @Benchmark
    public int tickWithData() {
        return tick(data);
    }

    /** Without. */
    @Benchmark
    public int tickWithoutData() {
        return tick(List.of());
    }

    private int tick(List<Datapoint> datapoints) {
        int alarms = 0;
        for (int i = 0; i < ALARMS; i++) {
            alarms += AlarmEvaluator.decide(rule, datapoints, NOW, AlarmState.OK, true)
                                    .state()
                            == AlarmState.ALARM
                    ? 1
                    : 0;
        }
        return alarms;
    }
}
