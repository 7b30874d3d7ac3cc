package belfry.tools;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code belfry serve} as a process of its own, which can be killed. */
final class ServerProcess implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("Belfry is listening on (http://\\S+)");

    private final Process process;
    private final URI url;
    private final List<String> said = new CopyOnWriteArrayList<>();

    private ServerProcess(Process process) throws IOException {
        this.process = process;
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            said.add(line);
            Matcher listening = LISTENING.matcher(line);
            if (listening.find()) {
                this.url = URI.create(listening.group(1));
                Thread.ofVirtual().start(() -> out.lines().forEach(said::add));
                return;
            }
        }
        throw new IOException("the server did not start: " + said);
    }

    static ServerProcess start(Path dataDir, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "belfry.tools.Main",
                "serve",
                "--port",
                "0",
                "--data-dir",
                dataDir.toString()));
        command.addAll(List.of(options));
        return new ServerProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    URI url() {
        return url;
    }

    /** What it has printed so far. */
    List<String> said() {
        return said;
    }

    /** As {@code kill -9} does: no hook runs, nothing is flushed. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** As {@code kill -STOP} does: it does nothing more, until it is killed. */
    void stop() {
        try {
            Process stop = new ProcessBuilder("kill", "-STOP", String.valueOf(process.pid())).start();
            if (stop.onExit().join().exitValue() != 0) {
                throw new IllegalStateException("the server could not be stopped");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
