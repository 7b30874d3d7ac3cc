package belfry.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Belfry against moto as whole processes, in one run on one machine: start, GetSecretValue, PutLogEvents, memory; and the
 * time from a read's answer to the mail server's acceptance, which has no peer. Prints ratios and how noisy the run was.
 * Belfry records each read durably before it answers; moto records nothing and keeps nothing.
 */
public final class Compare {
    private static final int STARTS = 5;
    private static final int ROUNDS = 5;
    private static final Duration ROUND = Duration.ofSeconds(2);
    private static final int MAILS = 200;
    private static final int BATCH = 1_000;

    private final PrintWriter out;
    private final List<String> belfry;
    private final List<String> moto;

    private Compare(PrintWriter out, String launcher, String motoServer) {
        this.out = out;
        this.belfry = List.of(launcher, "serve", "--dev", "--port", "PORT");
        this.moto = List.of(motoServer, "-p", "PORT");
    }

    /** Arguments: the path of {@code ./belfry}, and of {@code moto_server}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (PrintWriter out = new PrintWriter(
                new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8)) {
            new Compare(out, arguments[0], arguments.length > 1 ? arguments[1] : "moto_server").run();
        }
    }

    /** What was measured of one server. */
    private record Figures(
            double[] firstReplyMillis,
            Load.Rate oneConnection,
            Load.Rate sixteenConnections,
            Load.Rate logBatches,
            double idleMegabytes,
            double loadedMegabytes) {}

    private void run() throws IOException, InterruptedException {
        Figures ours = measure("belfry", belfry);
        Figures theirs = measure("moto", moto);
        out.println();
        out.printf("%-44s %12s %12s %10s  %s%n", "", "belfry", "moto", "ratio", "noise (±, belfry / moto)");
        row(
                "start to first reply (ms, median of " + STARTS + ")",
                median(ours.firstReplyMillis),
                median(theirs.firstReplyMillis),
                spread(ours.firstReplyMillis),
                spread(theirs.firstReplyMillis));
        row("GetSecretValue/s, 1 connection", ours.oneConnection, theirs.oneConnection, 1);
        row("GetSecretValue/s, 16 connections", ours.sixteenConnections, theirs.sixteenConnections, 1);
        row("PutLogEvents events/s, batches of " + BATCH, ours.logBatches, theirs.logBatches, BATCH);
        row("resident memory idle (MB)", ours.idleMegabytes, theirs.idleMegabytes, 0, 0);
        row("resident memory after load (MB)", ours.loadedMegabytes, theirs.loadedMegabytes, 0, 0);
        mailDelay();
    }

    private Figures measure(String name, List<String> command) throws IOException {
        out.println("measuring " + name + " …");
        double[] starts = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
            try (Peer peer = Peer.start(name, command, Map.of())) {
                starts[i] = peer.firstReply().toNanos() / 1e6;
            }
        }
        try (Peer peer = Peer.start(name, command, Map.of())) {
            long idle = peer.residentMegabytes();
            prepare(peer.port());
            byte[] read = Wire.call(
                    peer.port(), "secretsmanager", "secretsmanager.GetSecretValue", "{\"SecretId\":\"bench\"}");
            Load.Rate one = Load.run(peer.port(), 1, ROUNDS, ROUND, n -> read);
            Load.Rate sixteen = Load.run(peer.port(), 16, ROUNDS, ROUND, n -> read);
            byte[] batch = batch(peer.port());
            if (Load.STALLS.get() > 0) {
                out.println(
                        "  " + name + ": " + Load.STALLS.getAndSet(0) + " connections stalled and were opened anew");
            }
            Load.Rate logs = Load.run(peer.port(), 1, ROUNDS, ROUND, n -> batch);
            return new Figures(starts, one, sixteen, logs, idle, peer.residentMegabytes());
        }
    }

    private static void prepare(int port) throws IOException {
        call(
                port,
                "secretsmanager",
                "secretsmanager.CreateSecret",
                "{\"Name\":\"bench\",\"SecretString\":\"unimportant\","
                        + "\"ClientRequestToken\":\"11111111-2222-3333-4444-555555555555\"}");
        call(port, "logs", "Logs_20140328.CreateLogGroup", "{\"logGroupName\":\"bench\"}");
        call(port, "logs", "Logs_20140328.CreateLogStream", "{\"logGroupName\":\"bench\",\"logStreamName\":\"s\"}");
    }

    private static byte[] batch(int port) {
        StringBuilder body = new StringBuilder("{\"logGroupName\":\"bench\",\"logStreamName\":\"s\",\"logEvents\":[");
        long now = java.time.InstantSource.system().millis();
        for (int i = 0; i < BATCH; i++) {
            body.append(i == 0 ? "" : ",")
                    .append("{\"timestamp\":")
                    .append(now)
                    .append(",\"message\":\"")
                    .append(line(i))
                    .append("\"}");
        }
        return Wire.call(
                port, "logs", "Logs_20140328.PutLogEvents", body.append("]}").toString());
    }

    /** A line of about 500 bytes that compresses as logs do. */
    private static String line(int i) {
        return ("request=%08x user=user%03d path=/api/v1/orders/%06d status=%d duration_ms=%d agent=Mozilla/5.0 (X11; Linux"
                        + " x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36 ")
                .formatted(
                        i * 2_654_435_761L & 0xFFFFFFFFL, i % 500, i * 37 % 1_000_000, i % 17 == 0 ? 500 : 200, i % 211)
                .repeat(3)
                .substring(0, 500);
    }

    private static String call(int port, String service, String target, String body) throws IOException {
        try (Wire wire = new Wire(port)) {
            return wire.send(Wire.call(port, service, target, body)).orFail().text();
        }
    }

    private void mailDelay() throws IOException, InterruptedException {
        out.println();
        out.println("measuring the way from a read to a mail …");
        List<String> command = new ArrayList<>(belfry);
        try (SmtpSink sink = new SmtpSink()) {
            command.addAll(List.of("--smtp", "smtp://127.0.0.1:" + sink.port()));
            try (Peer peer = Peer.start("belfry", command, Map.of())) {
                double[] delays = new MailChain(peer.port(), sink).delays(MAILS);
                Arrays.sort(delays);
                out.printf(
                        Locale.ROOT,
                        "read's answer to the mail server's acceptance, %d mails: median %.1f ms, p99 %.1f ms, most %.1f ms%n",
                        delays.length,
                        delays[delays.length / 2],
                        delays[delays.length * 99 / 100],
                        delays[delays.length - 1]);
                out.println("moto: no mail is ever sent (it carries no record to a log group)");
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void row(String what, Load.Rate ours, Load.Rate theirs, int factor) {
        row(what, ours.median() * factor, theirs.median() * factor, ours.noise(), theirs.noise());
    }

    private void row(String what, double ours, double theirs, double ourNoise, double theirNoise) {
        String noise = ourNoise == 0 && theirNoise == 0
                ? ""
                : String.format(Locale.ROOT, "%.0f %% / %.0f %%", ourNoise * 100, theirNoise * 100);
        out.printf(Locale.ROOT, "%-44s %,12.0f %,12.0f %9.2fx  %s%n", what, ours, theirs, ours / theirs, noise);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double spread(double[] values) {
        double least = Arrays.stream(values).min().orElse(0);
        double most = Arrays.stream(values).max().orElse(0);
        return (most - least) / 2 / median(values);
    }
}
