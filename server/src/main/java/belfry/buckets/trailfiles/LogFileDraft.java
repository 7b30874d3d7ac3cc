package belfry.buckets.trailfiles;

import belfry.base.Ids;
import belfry.store.Cursors;
import belfry.store.Tx;
import belfry.trail.LogFileNames;
import belfry.trail.Trail;
import belfry.trail.TrailEvent;
import belfry.trail.TrailEvents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/**
 * What one delivery of a trail takes up: the records between two places of the cursor, those that the trail selected.
 *
 * @param from the cursor's place before
 * @param to its place after
 * @param records by region
 * @param more whether records were left for another delivery
 */
record LogFileDraft(Trail trail, long from, long to, Map<String, List<String>> records, boolean more) {
    private static final int RECORDS_MAX = 5_000;

    /** A finished file. */
    record LogFile(String key, byte[] gzip) {}

    static String cursor(Trail trail) {
        return "buckets.trail." + trail.id();
    }

    static LogFileDraft read(Tx tx, Trail trail) {
        long from = Math.max(Cursors.position(tx, cursor(trail)), trail.firstSeq());
        List<TrailEvent> events = TrailEvents.after(tx, from, RECORDS_MAX);
        Map<String, List<String>> records = new TreeMap<>();
        for (TrailEvent event : events) {
            if (event.selectedBy(trail)) {
                records.computeIfAbsent(event.region(), region -> new ArrayList<>())
                        .add(event.json());
            }
        }
        long to = events.isEmpty() ? from : events.getLast().seq();
        return new LogFileDraft(trail, from, to, records, events.size() == RECORDS_MAX);
    }

    /** One file per region, named for {@code slot}. */
    List<LogFile> files(Instant slot, Ids ids) {
        List<LogFile> files = new ArrayList<>();
        records.forEach((region, list) ->
                files.add(new LogFile(LogFileNames.logFile(trail, region, slot, ids.alphanumeric(16)), gzip(list))));
        return files;
    }

    private static byte[] gzip(List<String> records) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            String separator = "{\"Records\":[";
            for (String record : records) {
                out.write(separator.getBytes(StandardCharsets.UTF_8));
                out.write(record.getBytes(StandardCharsets.UTF_8));
                separator = ",";
            }
            out.write("]}".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("memory has no I/O errors", e);
        }
        return bytes.toByteArray();
    }
}
