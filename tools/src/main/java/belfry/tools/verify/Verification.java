package belfry.tools.verify;

import belfry.tools.verify.Fault.Kind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** The whole of it: finds digests, proves them, then proves the log files that they list. */
final class Verification {
    /** A key is listed for the time in which it signs, which may be some time after a digest's end. */
    private static final Duration LATE = Duration.ofHours(2);

    private static final int NAMED = 5;

    private final Archive archive;
    private final KeySource keys;
    private final Proof proof;
    private final Progress progress;
    private final int threads;
    private final @Nullable Instant from;
    private final @Nullable Instant to;
    private final Report report = new Report();

    /**
     * @param proof keys and signatures known already; those found are added
     * @param from only digests that end at or after it; null for all
     * @param to only digests that end at or before it; null for all
     */
    Verification(
            Archive archive,
            KeySource keys,
            Proof proof,
            Progress progress,
            int threads,
            @Nullable Instant from,
            @Nullable Instant to) {
        this.archive = archive;
        this.keys = keys;
        this.proof = proof;
        this.progress = progress;
        this.threads = threads;
        this.from = from;
        this.to = to;
    }

    Report run() throws IOException {
        List<Location> names = new ArrayList<>();
        archive.list(where -> DigestName.parse(where.key()).filter(this::asked).ifPresent(name -> names.add(where)));
        Listed listed = new Listed();
        try (Tasks tasks = new Tasks(threads)) {
            Map<String, List<Digest>> lines = read(names, tasks);
            loadKeys(lines);
            Map<String, List<Digest>> proven = new TreeMap<>();
            for (Map.Entry<String, List<Digest>> line : lines.entrySet()) {
                Chains chains = new Chains(archive, proof, report, from);
                proven.put(line.getKey(), chains.check(line.getKey(), line.getValue()));
            }
            readLogs(proven, listed, tasks);
        }
        if (from == null && to == null && !names.isEmpty()) {
            noteUnlisted(listed);
        }
        progress.clear();
        return report;
    }

    private boolean asked(DigestName name) {
        return (from == null || !name.end().isBefore(from))
                && (to == null || !name.end().isAfter(to));
    }

    /** Reads the digests, by trail and region. */
    private Map<String, List<Digest>> read(List<Location> names, Tasks tasks) throws IOException {
        progress.begin("reading digests", names.size());
        Map<String, ConcurrentLinkedQueue<Digest>> lines = new ConcurrentHashMap<>();
        for (Location where : names) {
            tasks.start(() -> {
                String line = DigestName.parse(where.key()).orElseThrow().line();
                try (Archive.Content content = archive.open(where).orElseThrow(() -> gone(where))) {
                    Digest digest = Digest.read(where, content.bytes().readAllBytes(), content.metadata());
                    lines.computeIfAbsent(line, it -> new ConcurrentLinkedQueue<>())
                            .add(digest);
                } catch (Digest.Unreadable e) {
                    report.fault(Kind.DIGEST_UNREADABLE, where, String.valueOf(e.getMessage()));
                    report.lostDigest(line);
                }
                progress.step();
            });
        }
        tasks.finish();
        Map<String, List<Digest>> read = new TreeMap<>();
        lines.forEach((line, digests) -> read.put(line, List.copyOf(digests)));
        return read;
    }

    private static IOException gone(Location where) {
        return new IOException(where + " went while it was to be read");
    }

    private void loadKeys(Map<String, List<Digest>> lines) throws IOException {
        Map<String, Instant[]> regions = new TreeMap<>();
        for (List<Digest> digests : lines.values()) {
            for (Digest digest : digests) {
                if (digest.signature() != null) {
                    proof.sign(digest.where().toString(), digest.signature());
                }
                String region =
                        DigestName.parse(digest.where().key()).orElseThrow().region();
                Instant[] span = regions.computeIfAbsent(region, it -> new Instant[] {digest.start(), digest.end()});
                span[0] = digest.start().isBefore(span[0]) ? digest.start() : span[0];
                span[1] = digest.end().isAfter(span[1]) ? digest.end() : span[1];
            }
        }
        for (Map.Entry<String, Instant[]> region : regions.entrySet()) {
            Instant[] span = region.getValue();
            keys.load(region.getKey(), span[0], span[1].plus(LATE), proof);
        }
    }

    private void readLogs(Map<String, List<Digest>> proven, Listed listed, Tasks tasks) throws IOException {
        long count = proven.values().stream()
                .flatMap(List::stream)
                .mapToLong(Digest::count)
                .sum();
        progress.begin("reading logs", count);
        LogFiles logs = new LogFiles(archive, report, progress, listed);
        for (Map.Entry<String, List<Digest>> line : proven.entrySet()) {
            for (Digest digest : line.getValue()) {
                logs.check(line.getKey(), digest, tasks);
            }
        }
        tasks.finish();
        logs.reportChanged();
    }

    /** Not a fault by itself: another trail without validation may have written it, or the next digest will list it. */
    private void noteUnlisted(Listed listed) throws IOException {
        List<Location> unlisted = new ArrayList<>();
        archive.list(where -> {
            if (DigestName.isLog(where.key()) && !listed.contains(where)) {
                unlisted.add(where);
            }
        });
        unlisted.stream().limit(NAMED).forEach(where -> report.note("no proven digest lists this log file: " + where));
        if (unlisted.size() > NAMED) {
            report.note("nor " + (unlisted.size() - NAMED) + " more");
        }
    }
}
