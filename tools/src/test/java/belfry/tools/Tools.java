package belfry.tools;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the real clients. Where one is absent the test is skipped and says so; in CI its absence is a failure. */
public final class Tools {
    private Tools() {}

    /** Skips the test where {@code tool} is not on the PATH; fails where BELFRY_REQUIRE_TOOLS is set. */
    public static void require(String tool) {
        for (String folder : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(folder, tool))) {
                return;
            }
        }
        absent(tool);
    }

    /** Skips the test, or in CI fails it, where {@code command} does not succeed: what it needs is {@code what}. */
    static void requireRun(String what, String... command) throws IOException, InterruptedException {
        if (run(Path.of("."), Map.of(), command).exit() != 0) {
            absent(what);
        }
    }

    private static void absent(String what) {
        String absent = what + " is not installed";
        if (System.getenv("BELFRY_REQUIRE_TOOLS") != null) {
            fail(absent);
        }
        abort(absent);
    }

    /** What a finished command printed, both streams, and how it ended. */
    public record Result(int exit, String output) {}

    public static Result run(Path folder, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(List.of(command)).directory(folder.toFile());
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(10, TimeUnit.SECONDS);
        return new Result(process.exitValue(), output);
    }
}
