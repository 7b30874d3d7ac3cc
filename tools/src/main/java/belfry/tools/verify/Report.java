package belfry.tools.verify;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What was found. Filled by many threads at once. */
final class Report {
    /** One trail in one region. */
    static final class Line {
        private int digests;
        private int provenDigests;
        private long logs;
        private long provenLogs;
        private @Nullable Instant from;
        private @Nullable Instant to;
    }

    private final Map<String, Line> lines = new TreeMap<>();
    private final List<Fault> faults = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private int unproven;

    synchronized void fault(Fault.Kind kind, Location where, String what) {
        faults.add(new Fault(kind, where, what));
    }

    synchronized void note(String text) {
        notes.add(text);
    }

    private Line line(String name) {
        return lines.computeIfAbsent(name, it -> new Line());
    }

    synchronized void digest(String line, Digest digest, boolean proven) {
        Line at = line(line);
        at.digests++;
        if (proven) {
            at.provenDigests++;
            at.from = at.from == null || digest.start().isBefore(at.from) ? digest.start() : at.from;
            at.to = at.to == null || digest.end().isAfter(at.to) ? digest.end() : at.to;
        }
    }

    /** A digest that could not even be read. */
    synchronized void lostDigest(String line) {
        line(line).digests++;
    }

    /** A digest whose signature nobody knows: neither proven nor faulty. */
    synchronized void unprovenDigest() {
        unproven++;
    }

    synchronized void log(String line, boolean proven) {
        Line at = line(line);
        at.logs++;
        at.provenLogs += proven ? 1 : 0;
    }

    synchronized List<Fault> faults() {
        return faults.stream()
                .sorted(Comparator.comparing((Fault fault) -> fault.where().toString())
                        .thenComparing(Fault::kind))
                .toList();
    }

    synchronized List<String> notes() {
        return List.copyOf(notes);
    }

    /** Whether something was proven and nothing was found wrong. */
    synchronized boolean proven() {
        return faults.isEmpty() && lines.values().stream().anyMatch(line -> line.provenDigests > 0);
    }

    void print(PrintWriter out) {
        faults().forEach(out::println);
        notes().forEach(note -> out.println("note   " + note));
        lines.forEach((name, line) -> out.println(String.format(
                Locale.ROOT,
                "%s: %,d of %,d digests and %,d of %,d log files proven%s",
                name,
                line.provenDigests,
                line.digests,
                line.provenLogs,
                line.logs,
                line.from == null ? "" : ", " + line.from + " to " + line.to)));
        if (!faults.isEmpty()) {
            out.println("NOT PROVEN: " + faults.size() + (faults.size() == 1 ? " fault." : " faults."));
        } else if (proven()) {
            out.println(
                    unproven == 0
                            ? "PROVEN: every file is as it was delivered."
                            : "PROVEN, but for " + unproven + (unproven == 1 ? " digest" : " digests")
                                    + " whose signature is not in the copy.");
        }
        out.flush();
    }
}
