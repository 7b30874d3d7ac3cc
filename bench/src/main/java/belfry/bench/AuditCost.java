package belfry.bench;

import belfry.Belfry;
import belfry.Machine;
import belfry.Options;
import belfry.base.Clock;
import belfry.gateway.Exchange;
import belfry.gateway.OnBehalf;
import belfry.gateway.Recorder;
import belfry.store.Connector;
import belfry.store.Tx;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the audit costs: GetSecretValue per second with its two records (the read, and KMS's Decrypt) on disk before the
 * answer, against the same server that records nothing. Both run in this process, each round loads first one and then the
 * other, and the ratio is taken round by round. No trail is made: the records stay in event history.
 */
public final class AuditCost {
    private static final Duration EACH = Duration.ofSeconds(2);

    private AuditCost() {}

    /** Records nothing and waits for no disk. */
    private static final class Off implements Recorder {
        @Override
        public void record(Tx tx, Exchange exchange) {}

        @Override
        public boolean wants(String service, String operation) {
            return false;
        }

        @Override
        public boolean wants(String service, String operation, List<OnBehalf> inner) {
            return false;
        }
    }

    /** One server under load. */
    private record Side(Belfry belfry, byte[] read, AtomicLong calls) {
        static Side of(Belfry belfry) throws IOException {
            int port = belfry.url().getPort();
            try (Wire wire = new Wire(port)) {
                var unused = wire.send(Wire.call(
                                port,
                                "secretsmanager",
                                "secretsmanager.CreateSecret",
                                "{\"Name\":\"bench\",\"SecretString\":\"unimportant\","
                                        + "\"ClientRequestToken\":\"11111111-2222-3333-4444-555555555555\"}"))
                        .orFail();
            }
            byte[] read =
                    Wire.call(port, "secretsmanager", "secretsmanager.GetSecretValue", "{\"SecretId\":\"bench\"}");
            return new Side(belfry, read, new AtomicLong());
        }

        /** Calls per second; a warm-up as long as the round goes before it. */
        double load(int connections) {
            return Load.run(belfry.url().getPort(), connections, 1, EACH, n -> {
                        calls.incrementAndGet();
                        return read;
                    })
                    .median();
        }

        /** Flushes to disk per call from a reading of both. */
        double flushes(long flushesBefore, long callsBefore) {
            return (double) (belfry.store().flushes() - flushesBefore) / (calls.get() - callsBefore);
        }
    }

    /** @param args the number of rounds (5) */
    public static void main(String[] args) throws IOException {
        int rounds = args.length == 0 ? 5 : Integer.parseInt(args[0]);
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Machine off = new Machine(Clock.system(), Connector.DIRECT, () -> {}, recorder -> new Off());
        try (Belfry with = Belfry.start(Options.development());
                Belfry without = Belfry.start(Options.development(), off)) {
            Side recording = Side.of(with);
            Side silent = Side.of(without);
            for (int connections : new int[] {1, 16}) {
                measure(recording, silent, connections, rounds, out);
            }
        }
    }

    private static void measure(Side recording, Side silent, int connections, int rounds, PrintStream out) {
        double[] ratios = new double[rounds];
        double[] rates = new double[rounds];
        long[] before = {
            recording.belfry().store().flushes(),
            recording.calls().get(),
            silent.belfry().store().flushes(),
            silent.calls().get()
        };
        for (int i = 0; i < rounds; i++) {
            rates[i] = recording.load(connections);
            ratios[i] = rates[i] / silent.load(connections);
        }
        Arrays.sort(ratios);
        Arrays.sort(rates);
        out.printf(
                Locale.ROOT,
                "%d connections: recording : not recording %.2f (%.2f to %.2f); flushes per call %.3f : %.3f;"
                        + " %.0f calls/s recording%n",
                connections,
                ratios[rounds / 2],
                ratios[0],
                ratios[rounds - 1],
                recording.flushes(before[0], before[1]),
                silent.flushes(before[2], before[3]),
                rates[rounds / 2]);
    }
}
