package belfry.bench.engine;

import belfry.engine.pattern.FilterPattern;
import belfry.engine.pattern.PatternSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Filters on real records: time per record, to be compared inside one run only. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FilterBenchmark {
    private static final String LITERAL = "ConsoleLogin";

    private byte[][] lines = {};
    private String[] latin = {};
    private final FilterPattern json = FilterPattern.parse("{ $.eventName = \"ConsoleLogin\" }");
    private final FilterPattern absent = FilterPattern.parse("{ $.errorCode NOT EXISTS }");
    private final FilterPattern terms = FilterPattern.parse(LITERAL);
    private final FilterPattern regex = FilterPattern.parse("%Console.*Log[io]n%");
    private List<FilterPattern> hundred = List.of();
    private PatternSet set = PatternSet.of(List.of());

    /** Reads the records and compiles the filters. */
    @Setup
    public void prepare() {
        lines = Records.lines();
        latin = Records.latin();
        hundred = Records.filters().stream().map(FilterPattern::parse).toList();
        set = PatternSet.of(hundred);
    }

    /** The yardstick, what {@code grep -F} does: the JDK's intrinsic search for the literal, on ready strings. */
    @Benchmark
    @OperationsPerInvocation(Records.LINES)
    public int literalSearch() {
        int hits = 0;
        for (String line : latin) {
            hits += line.contains(LITERAL) ? 1 : 0;
        }
        return hits;
    }

    /** One JSON pattern with a value to look for. */
    @Benchmark
    @OperationsPerInvocation(Records.LINES)
    public int oneJsonPattern() {
        return count(json);
    }

    /** One JSON pattern that needs the scan of every line. */
    @Benchmark
    @OperationsPerInvocation(Records.LINES)
    public int oneJsonPatternThatScans() {
        return count(absent);
    }

    /** One term. */
    @Benchmark
    @OperationsPerInvocation(Records.LINES)
    public int oneTerm() {
        return count(terms);
    }

    /** One regex. */
    @Benchmark
    @OperationsPerInvocation(Records.LINES)
    public int oneRegex() {
        return count(regex);
    }

    /** A hundred JSON patterns that share the scan. */
    @Benchmark
    @OperationsPerInvocation(Records.LINES)
    public int hundredInASet() {
        int hits = 0;
        for (byte[] line : lines) {
            hits += set.matching(line).cardinality();
        }
        return hits;
    }

    /** The same hundred, each for itself. */
    @Benchmark
    @OperationsPerInvocation(Records.LINES)
    public int hundredOneByOne() {
        int hits = 0;
        for (FilterPattern pattern : hundred) {
            hits += count(pattern);
        }
        return hits;
    }

    private int count(FilterPattern pattern) {
        int hits = 0;
        for (byte[] line : lines) {
            hits += pattern.matches(line) ? 1 : 0;
        }
        return hits;
    }
}
