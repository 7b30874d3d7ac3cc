package belfry.engine.pattern;

import belfry.engine.pattern.SlowJson.Value;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How much faster compiled patterns are than the oracles they are held against: on the real records, the patterns of the bench's
 * {@code Ratios}; and on random lines, random patterns. Every candidate does one short pass in turn, again and again, and its
 * fastest pass counts. {@code java -cp engine/target/test-classes:engine/target/classes:<Jackson>
 * belfry.engine.pattern.OracleSpeed [rounds]}: it stands here because the oracles are tests and are in no jar.
 */
final class OracleSpeed {
    private static final int RANDOM_PATTERNS = 100;
    private static final int RANDOM_LINES = 100;

    /** The same question asked both ways, of so many pairs of pattern and line. */
    private record Duel(IntSupplier compiled, IntSupplier oracle, int pairs) {}

    private final Map<String, Duel> duels = new LinkedHashMap<>();

    private OracleSpeed() {
        List<String> records = Fixtures.records();
        put("a term", records, "ConsoleLogin", line -> line.contains("ConsoleLogin"));
        Pattern regex = Pattern.compile("Console.*Log[io]n", Pattern.DOTALL);
        put(
                "a regex",
                records,
                "%Console.*Log[io]n%",
                line -> regex.matcher(line).find());
        put(
                "one JSON pattern",
                records,
                "{ $.eventName = \"ConsoleLogin\" }",
                json(fields -> new Value.Text("ConsoleLogin").equals(fields.get("eventName"))));
        put("one that scans", records, "{ $.errorCode NOT EXISTS }", json(fields -> !fields.containsKey("errorCode")));
        duels.put("random JSON patterns, random lines", random(new SplittableRandom(1)));
    }

    private static Predicate<String> json(Predicate<Map<String, Value>> meaning) {
        return line -> SlowJson.read(line)
                .filter(value -> value instanceof Value.Fields(var fields) && meaning.test(fields))
                .isPresent();
    }

    private void put(String name, List<String> lines, String text, Predicate<String> oracle) {
        FilterPattern pattern = FilterPattern.parse(text);
        byte[][] bytes = bytes(lines);
        duels.put(name, new Duel(() -> count(pattern, bytes), () -> count(oracle, lines), lines.size()));
    }

    private static Duel random(SplittableRandom random) {
        List<String> lines = Stream.generate(() -> RandomLines.json(random))
                .limit(RANDOM_LINES)
                .toList();
        byte[][] bytes = bytes(lines);
        List<FilterPattern> compiled = new ArrayList<>();
        List<Predicate<String>> oracles = new ArrayList<>();
        for (int i = 0; i < RANDOM_PATTERNS; i++) {
            SlowJsonPattern slow = SlowJsonPattern.random(random);
            compiled.add(FilterPattern.parse(slow.text()));
            oracles.add(slow::matches);
        }
        return new Duel(
                () -> compiled.stream().mapToInt(each -> count(each, bytes)).sum(),
                () -> oracles.stream().mapToInt(each -> count(each, lines)).sum(),
                RANDOM_PATTERNS * RANDOM_LINES);
    }

    private static byte[][] bytes(List<String> lines) {
        return lines.stream().map(line -> line.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    }

    private static int count(FilterPattern pattern, byte[][] lines) {
        int hits = 0;
        for (byte[] line : lines) {
            hits += pattern.matches(line) ? 1 : 0;
        }
        return hits;
    }

    private static int count(Predicate<String> pattern, List<String> lines) {
        int hits = 0;
        for (String line : lines) {
            hits += pattern.test(line) ? 1 : 0;
        }
        return hits;
    }

    /** Measures and prints. */
    public static void main(String[] arguments) {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2_000;
        new OracleSpeed().print(rounds, System.out);
    }

    private void print(int rounds, PrintStream out) {
        duels.forEach((name, duel) -> {
            if (duel.compiled().getAsInt() != duel.oracle().getAsInt()) {
                throw new AssertionError("they do not agree on " + name);
            }
            long compiled = Long.MAX_VALUE;
            long oracle = Long.MAX_VALUE;
            for (int round = 0; round < rounds; round++) {
                compiled = Math.min(compiled, nanos(duel.compiled()));
                oracle = Math.min(oracle, nanos(duel.oracle()));
            }
            out.printf(
                    Locale.ROOT,
                    "%-36s compiled %8.1f ns, oracle %8.1f ns a line: %5.1f times as long%n",
                    name,
                    (double) compiled / duel.pairs(),
                    (double) oracle / duel.pairs(),
                    (double) oracle / compiled);
        });
    }

    private static long nanos(IntSupplier candidate) {
        long before = System.nanoTime();
        int hits = candidate.getAsInt();
        long took = System.nanoTime() - before;
        return hits < 0 ? Long.MAX_VALUE : took;
    }
}
