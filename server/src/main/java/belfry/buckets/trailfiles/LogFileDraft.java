package belfry.buckets.trailfiles;

import belfry.base.Ids;
import belfry.base.Sha256;
import belfry.store.Cursors;
import belfry.store.Tx;
import belfry.trail.Category;
import belfry.trail.LogFileNames;
import belfry.trail.Trail;
import belfry.trail.TrailEvent;
import belfry.trail.TrailEvents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/**
 * What one delivery of a trail takes up: the records between two places of the cursor, those that the trail selected.
 *
 * @param from the cursor's place before
 * @param to its place after
 * @param records by what will be a file
 * @param more whether records were left for another delivery
 */
record LogFileDraft(Trail trail, long from, long to, Map<Folder, List<TrailEvent>> records, boolean more) {
    private static final int RECORDS_MAX = 5_000;
    private static final long ORDER_MAX = 100_000_000;

    /**
     * Where a file lies.
     *
     * @param kind {@code CloudTrail}, or {@code CloudTrail-Insight}
     */
    record Folder(String kind, String region) implements Comparable<Folder> {
        private static final Comparator<Folder> ORDER =
                Comparator.comparing(Folder::region).thenComparing(Folder::kind);

        static Folder of(TrailEvent event) {
            return new Folder(
                    event.category() == Category.INSIGHT ? "CloudTrail-Insight" : "CloudTrail", event.region());
        }

        @Override
        public int compareTo(Folder other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * A finished file.
     *
     * @param hash SHA-256 of what was compressed, in hexadecimal
     * @param newest time of its records
     * @param oldest time of its records
     */
    record LogFile(String region, String key, byte[] gzip, String hash, Instant newest, Instant oldest) {}

    static String cursor(Trail trail) {
        return "buckets.trail." + trail.id();
    }

    static LogFileDraft read(Tx tx, Trail trail) {
        long from = Math.max(Cursors.position(tx, cursor(trail)), trail.firstSeq());
        List<TrailEvent> events = TrailEvents.after(tx, from, RECORDS_MAX);
        Map<Folder, List<TrailEvent>> records = new TreeMap<>();
        for (TrailEvent event : events) {
            if (event.selectedBy(trail)) {
                records.computeIfAbsent(Folder.of(event), folder -> new ArrayList<>())
                        .add(event);
            }
        }
        long to = events.isEmpty() ? from : events.getLast().seq();
        return new LogFileDraft(trail, from, to, records, events.size() == RECORDS_MAX);
    }

    /** Whether something is still to be delivered. */
    boolean waits() {
        return !records.isEmpty() || more;
    }

    /** One file per region, and one for its insights, named for {@code slot}. */
    List<LogFile> files(Instant slot, Ids ids) {
        List<LogFile> files = new ArrayList<>();
        // Several files of one slot, as after a bucket refused for long, list in the order of their records.
        String order = "%08d".formatted(Math.floorMod(from, ORDER_MAX));
        records.forEach((folder, list) -> files.add(file(
                folder.region(),
                LogFileNames.logFile(trail, folder.kind(), folder.region(), slot, order + ids.alphanumeric(8)),
                list)));
        return files;
    }

    private static LogFile file(String region, String key, List<TrailEvent> events) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        MessageDigest hash = Sha256.digest();
        try (OutputStream out = new DigestOutputStream(new GZIPOutputStream(bytes), hash)) {
            String separator = "{\"Records\":[";
            for (TrailEvent event : events) {
                out.write(separator.getBytes(StandardCharsets.UTF_8));
                out.write(event.json().getBytes(StandardCharsets.UTF_8));
                separator = ",";
            }
            out.write("]}".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("memory has no I/O errors", e);
        }
        return new LogFile(
                region,
                key,
                bytes.toByteArray(),
                HexFormat.of().formatHex(hash.digest()),
                events.stream().map(TrailEvent::at).max(Instant::compareTo).orElseThrow(),
                events.stream().map(TrailEvent::at).min(Instant::compareTo).orElseThrow());
    }
}
