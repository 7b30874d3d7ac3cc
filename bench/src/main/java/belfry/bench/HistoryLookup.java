package belfry.bench;

import belfry.api.cloudtrail.Event;
import belfry.api.cloudtrail.LookupAttribute;
import belfry.api.cloudtrail.LookupEventsRequest;
import belfry.base.Clock;
import belfry.base.Ids;
import belfry.store.SqliteStore;
import belfry.store.Store;
import belfry.trail.Checks;
import belfry.trail.CloudTrail;
import belfry.trail.TrailRecorder;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * LookupEvents by each attribute over a long event history, against the same lookups in the same history without its
 * indexes, which SQLite answers with a scan; and what keeping the indexes costs per record. The real recorder writes both.
 */
public final class HistoryLookup {
    private static final Instant BEGIN = Instant.parse("2026-03-02T10:00:00Z");
    private static final Duration SPAN = Duration.ofDays(80);
    private static final int BATCH = 1_000;
    private static final int LOOKUPS = 21;
    private static final int SCANS = 3;
    private static final List<String> INDEXES = List.of(
            "trail_event_at",
            "trail_event_name",
            "trail_event_source",
            "trail_event_user",
            "trail_event_key",
            "trail_event_write",
            "trail_event_id",
            "trail_event_resource_name",
            "trail_event_resource_type");
    /** LookupEvents never asks them. */
    private static final Checks NONE = new Checks(
            (tx, account, bucket, prefix, trail, key) -> Checks.Answer.MISSING,
            (tx, account, group) -> Checks.Answer.MISSING,
            (tx, role, stream, trail) -> Checks.Answer.MISSING,
            (tx, topic, trail) -> Checks.Answer.MISSING,
            (tx, account, region, key, bucket, trail) -> new Checks.KeyAnswer(Checks.Answer.MISSING, key));

    private final Clock clock = Clock.stoppedAt(BEGIN);
    private final CloudTrail trail = new CloudTrail(NONE, false);
    private final int records;

    private HistoryLookup(int records) {
        this.records = records;
    }

    /** @param args how many records (1,000,000), and a folder with room for some 4 KB for each (the temporary one) */
    public static void main(String[] args) throws IOException {
        int records = args.length == 0 ? 1_000_000 : Integer.parseInt(args[0]);
        Path parent = Path.of(args.length < 2 ? System.getProperty("java.io.tmpdir") : args[1]);
        Path folder = Files.createTempDirectory(parent, "history");
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Path indexed = folder.resolve("indexed.db");
        Path bare = folder.resolve("bare.db");
        try (SqliteStore with = new SqliteStore(indexed, bell -> {});
                SqliteStore without = new SqliteStore(bare, bell -> {})) {
            without.change(tx -> INDEXES.forEach(name -> tx.update("DROP INDEX " + name)));
            new HistoryLookup(records).measure(with, without, out);
        }
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                out.printf(Locale.ROOT, "%s: %d bytes per record%n", file.getFileName(), Files.size(file) / records);
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private void measure(Store with, Store without, PrintStream out) {
        long[] nanos = fill(with, without);
        out.printf(
                Locale.ROOT,
                "%d records; writing one: %.2f times that without indexes (%.0f us)%n",
                records,
                (double) nanos[0] / nanos[1],
                nanos[0] / 1e3 / records);
        for (Map.Entry<String, LookupEventsRequest> lookup : lookups(with).entrySet()) {
            double fast = median(with, lookup.getValue(), LOOKUPS);
            double slow = median(without, lookup.getValue(), SCANS);
            out.printf(
                    Locale.ROOT,
                    "%s: scan : index %.0f (index %.2f ms, scan %.0f ms)%n",
                    lookup.getKey(),
                    slow / fast,
                    fast,
                    slow);
        }
    }

    /** Fills both in turns, so that what else the machine does falls on both; returns the nanoseconds of each. */
    private long[] fill(Store with, Store without) {
        long[] nanos = new long[2];
        for (int from = 0; from < records; from += BATCH) {
            nanos[0] += fill(with, from);
            nanos[1] += fill(without, from);
        }
        return nanos;
    }

    private long fill(Store store, int from) {
        TrailRecorder recorder = new TrailRecorder(store, clock, new Ids(new Random(from)));
        long began = System.nanoTime();
        store.change(tx -> {
            // A read leaves two records: its own, and KMS's Decrypt.
            for (int i = from; i < Math.min(records, from + BATCH); i += 2) {
                clock.set(BEGIN.plus(SPAN.multipliedBy(i).dividedBy(records)), false);
                recorder.record(tx, new Visitor(i, clock.now()).read());
            }
        });
        return System.nanoTime() - began;
    }

    private double median(Store store, LookupEventsRequest request, int times) {
        double[] millis = new double[times];
        for (int i = -1; i < times; i++) {
            long began = System.nanoTime();
            int found = found(store, request).size();
            if (found == 0) {
                throw new IllegalStateException("found nothing: " + request.lookupAttributes());
            }
            millis[Math.max(i, 0)] = (System.nanoTime() - began) / 1e6;
        }
        Arrays.sort(millis);
        return millis[times / 2];
    }

    private List<Event> found(Store store, LookupEventsRequest request) {
        return trail.lookupEvents(request, new Visitor(0, clock.now()).in(store))
                .events();
    }

    private Map<String, LookupEventsRequest> lookups(Store store) {
        String id = found(store, new LookupEventsRequest()).getLast().eventId();
        Map<String, LookupEventsRequest> lookups = new LinkedHashMap<>();
        lookups.put("the newest 50", new LookupEventsRequest());
        lookups.put("EventId", by("EventId", id));
        lookups.put("EventName, of every second record", by("EventName", "GetSecretValue"));
        lookups.put("EventSource, of every second record", by("EventSource", "kms.amazonaws.com"));
        lookups.put("ReadOnly=true, of all records", by("ReadOnly", "true"));
        lookups.put("Username, of one record in 10,000", by("Username", Visitor.RARE));
        lookups.put("AccessKeyId, of one record in 200", by("AccessKeyId", Visitor.key(7)));
        lookups.put("ResourceName, of one record in 100", by("ResourceName", Visitor.secret(3)));
        lookups.put("ResourceType, of every second record", by("ResourceType", "AWS::KMS::Key"));
        return lookups;
    }

    private static LookupEventsRequest by(String key, String value) {
        return new LookupEventsRequest()
                .lookupAttributes(
                        List.of(new LookupAttribute().attributeKey(key).attributeValue(value)));
    }
}
