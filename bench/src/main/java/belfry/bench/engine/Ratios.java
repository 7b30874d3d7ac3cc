package belfry.bench.engine;

import belfry.engine.pattern.FilterPattern;
import belfry.engine.pattern.PatternSet;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntSupplier;

/**
 * The engine's ratios in one run, without JMH's forks: every candidate does one short pass over the records in turn, again and
 * again, and its fastest pass counts, which other work on the machine disturbs least. {@code java -cp … belfry.bench.engine.Ratios
 * [rounds]}.
 */
public final class Ratios {
    private static final String LITERAL = "ConsoleLogin";
    private static final int GREP_COPIES = 40;
    private static final String YARDSTICK = "literal (String.contains)";

    private final byte[][] lines = Records.lines();
    private final Map<String, IntSupplier> candidates = new LinkedHashMap<>();

    private Ratios() {
        String[] latin = Records.latin();
        List<FilterPattern> hundred =
                Records.filters().stream().map(FilterPattern::parse).toList();
        PatternSet set = PatternSet.of(hundred);
        candidates.put(YARDSTICK, () -> {
            int hits = 0;
            for (String line : latin) {
                hits += line.contains(LITERAL) ? 1 : 0;
            }
            return hits;
        });
        pattern("term", LITERAL);
        pattern("regex", "%Console.*Log[io]n%");
        pattern("one JSON pattern", "{ $.eventName = \"ConsoleLogin\" }");
        pattern("one that scans", "{ $.errorCode NOT EXISTS }");
        candidates.put("100 as a set", () -> {
            int hits = 0;
            for (byte[] line : lines) {
                hits += set.matching(line).cardinality();
            }
            return hits;
        });
        candidates.put("100 one by one", () -> {
            int hits = 0;
            for (FilterPattern pattern : hundred) {
                hits += count(pattern);
            }
            return hits;
        });
    }

    private void pattern(String name, String text) {
        FilterPattern pattern = FilterPattern.parse(text);
        candidates.put(name, () -> count(pattern));
    }

    private int count(FilterPattern pattern) {
        int hits = 0;
        for (byte[] line : lines) {
            hits += pattern.matches(line) ? 1 : 0;
        }
        return hits;
    }

    /** Measures and prints. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 400;
        Ratios ratios = new Ratios();
        Map<String, Long> best = ratios.fastest(rounds);
        double grep = ratios.grepNanosPerLine(Math.max(5, rounds / 20));
        ratios.print(best, grep, System.out);
    }

    private Map<String, Long> fastest(int rounds) {
        Map<String, Long> best = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            candidates.forEach((name, candidate) -> {
                long before = System.nanoTime();
                int hits = candidate.getAsInt();
                long took = System.nanoTime() - before;
                if (hits >= 0) {
                    best.merge(name, took, Math::min);
                }
            });
        }
        return best;
    }

    /** The real {@code grep -F}, on the same lines often enough that its start does not count. */
    private double grepNanosPerLine(int rounds) throws IOException, InterruptedException {
        Path file = Files.createTempFile("records", ".jsonl");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                for (int i = 0; i < GREP_COPIES; i++) {
                    for (byte[] line : lines) {
                        out.write(line);
                        out.write('\n');
                    }
                }
            }
            long best = Long.MAX_VALUE;
            for (int i = 0; i < rounds; i++) {
                long before = System.nanoTime();
                ProcessBuilder command = new ProcessBuilder("grep", "-cF", LITERAL, file.toString());
                command.environment().put("LC_ALL", "C");
                Process grep = command.start();
                grep.getInputStream().readAllBytes();
                grep.waitFor();
                best = Math.min(best, System.nanoTime() - before);
            }
            return (double) best / lines.length / GREP_COPIES;
        } finally {
            Files.delete(file);
        }
    }

    private void print(Map<String, Long> best, double grep, PrintStream out) {
        double literal = (double) Objects.requireNonNull(best.get(YARDSTICK)) / lines.length;
        best.forEach((name, nanos) -> {
            double line = (double) nanos / lines.length;
            out.printf(
                    Locale.ROOT,
                    "%-28s %8.0f ns/line  %6.2f x literal  %6.2f x grep -F%n",
                    name,
                    line,
                    line / literal,
                    line / grep);
        });
        out.printf(Locale.ROOT, "%-28s %8.0f ns/line%n", "grep -F, the process", grep);
    }
}
