package belfry.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A server started as a process of its own: Belfry or a peer. */
final class Peer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String name;
    private final Process process;
    private final int port;
    private final Duration firstReply;

    private Peer(String name, Process process, int port, Duration firstReply) {
        this.name = name;
        this.process = process;
        this.port = port;
        this.firstReply = firstReply;
    }

    /**
     * Starts a server and waits for its first answer to a call.
     *
     * @param command where {@code PORT} stands for the port
     */
    static Peer start(String name, List<String> command, Map<String, String> environment) throws IOException {
        int port = freePort();
        List<String> actual = command.stream()
                .map(word -> word.replace("PORT", String.valueOf(port)))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(actual);
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        long began = System.nanoTime();
        Process process = builder.start();
        byte[] probe = Wire.call(port, "secretsmanager", "secretsmanager.ListSecrets", "{}");
        while (true) {
            try (Wire wire = new Wire(port)) {
                wire.send(probe).orFail();
                return new Peer(name, process, port, Duration.ofNanos(System.nanoTime() - began));
            } catch (IOException e) {
                if (System.nanoTime() - began > PATIENCE.toNanos() || !process.isAlive()) {
                    process.destroyForcibly();
                    throw new IOException(name + " did not start", e);
                }
                LockSupport.parkNanos(2_000_000);
            }
        }
    }

    String name() {
        return name;
    }

    int port() {
        return port;
    }

    Duration firstReply() {
        return firstReply;
    }

    /** Resident memory of the process and its children, in MB (from /proc, so on Linux only). */
    long residentMegabytes() {
        List<ProcessHandle> family = new ArrayList<>();
        family.add(process.toHandle());
        process.descendants().forEach(family::add);
        return family.stream().mapToLong(Peer::residentKilobytes).sum() / 1024;
    }

    private static long residentKilobytes(ProcessHandle process) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException e) {
            return 0;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
