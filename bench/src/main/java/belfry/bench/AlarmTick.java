package belfry.bench;

import belfry.Belfry;
import belfry.Options;
import belfry.base.Clock;
import belfry.store.Store;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One minute of many alarms in a running server: each on a metric of its own that got a sample, evaluated at the minute's end
 * and left where it is. Prints, for the numbers of alarms given (100 and 10000), CPU per alarm of the minute's end, what an
 * alarm and its metric take on the heap, and what an alarm, a metric and a minute of a metric take in the store.
 */
public final class AlarmTick {
    private static final int WARM_UP = 5;
    private static final int TICKS = Integer.getInteger("belfry.ticks", 10);
    private static final int BATCH = 500;
    private static final Instant START = Instant.parse("2026-03-02T10:00:00Z");

    private AlarmTick() {}

    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        int[] counts = args.length == 0
                ? new int[] {100, 10_000}
                : Arrays.stream(args).mapToInt(Integer::parseInt).toArray();
        for (int alarms : counts) {
            measure(alarms, out);
        }
    }

    private static void measure(int alarms, PrintStream out) throws IOException {
        Clock clock = Clock.stoppedAt(START);
        try (Belfry belfry = Belfry.start(Options.development(), clock);
                Wire wire = new Wire(belfry.url().getPort(), 60_000)) {
            int port = belfry.url().getPort();
            long heap = heap();
            for (int i = 0; i < alarms; i++) {
                wire.send(call(port, "PutMetricAlarm", alarm(i))).orFail();
            }
            belfry.pumps().settle();
            List<Rows> rows = new ArrayList<>(List.of(Rows.of(belfry.store())));
            double[] micros = new double[WARM_UP + TICKS];
            for (int tick = 0; tick < micros.length; tick++) {
                for (int from = 0; from < alarms; from += BATCH) {
                    wire.send(call(port, "PutMetricData", data(from, Math.min(alarms, from + BATCH))))
                            .orFail();
                }
                belfry.pumps().settle();
                rows.add(Rows.of(belfry.store()));
                long before = cpu();
                belfry.pumps().advanceTo(clock.now().plus(Duration.ofMinutes(1)), false);
                micros[tick] = (cpu() - before) / 1e3 / alarms;
            }
            double[] ticks = Arrays.copyOfRange(micros, WARM_UP, micros.length);
            Arrays.sort(ticks);
            out.printf(
                    Locale.ROOT,
                    "%d alarms: %.1f us CPU per alarm and tick (median of %d, %.1f to %.1f); %.2f KB heap for each with its"
                            + " metric%n",
                    alarms,
                    ticks[TICKS / 2],
                    TICKS,
                    ticks[0],
                    ticks[TICKS - 1],
                    (heap() - heap) / 1024.0 / alarms);
            out.printf(
                    Locale.ROOT,
                    "  in the store: %d bytes an alarm with its history and decision; %d a metric; %d a minute of a metric%n",
                    rows.get(1).alarms() / alarms,
                    rows.get(1).metrics() / alarms,
                    (rows.getLast().minutes() - rows.get(1).minutes()) / alarms / (rows.size() - 2));
        }
    }

    /** Bytes on disk of the pages of some tables and their indexes. */
    private record Rows(long alarms, long metrics, long minutes) {
        static Rows of(Store store) {
            return new Rows(
                    bytes(store, "alarm", "alarm_metric", "alarm_history", "alarm_decision"),
                    bytes(store, "metric"),
                    bytes(store, "datapoint"));
        }

        private static long bytes(Store store, String... tables) {
            return Arrays.stream(tables)
                    .mapToLong(table -> store.read(tx -> tx.count(
                            "SELECT SUM(pgsize) FROM dbstat WHERE name IN"
                                    + " (SELECT name FROM sqlite_master WHERE tbl_name = ?)",
                            table)))
                    .sum();
        }
    }

    /** Of all threads: nothing else runs. */
    private static long cpu() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getAllThreadIds())
                .map(threads::getThreadCpuTime)
                .filter(nanos -> nanos > 0)
                .sum();
    }

    /** What is left after a collection. */
    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static byte[] call(int port, String operation, String body) {
        return Wire.call(port, "monitoring", "GraniteServiceVersion20100801." + operation, body);
    }

    private static String alarm(int i) {
        return "{\"AlarmName\":\"alarm-" + i + "\",\"Namespace\":\"Bench\",\"MetricName\":\"m" + i
                + "\",\"Statistic\":\"Sum\",\"Period\":60,\"EvaluationPeriods\":3,\"DatapointsToAlarm\":2,"
                + "\"Threshold\":5,\"ComparisonOperator\":\"GreaterThanThreshold\","
                + "\"TreatMissingData\":\"notBreaching\"}";
    }

    private static String data(int from, int to) {
        StringBuilder body = new StringBuilder("{\"Namespace\":\"Bench\",\"MetricData\":[");
        for (int i = from; i < to; i++) {
            body.append(i == from ? "" : ",")
                    .append("{\"MetricName\":\"m")
                    .append(i)
                    .append("\",\"Value\":1}");
        }
        return body.append("]}").toString();
    }
}
