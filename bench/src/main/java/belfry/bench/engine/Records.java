package belfry.bench.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Real CloudTrail records, over and over until they no longer fit the near caches, and real filter patterns. */
final class Records {
    static final int LINES = 2000;

    private Records() {}

    static byte[][] lines() {
        List<String> records = read("cloudtrail-records.jsonl");
        byte[][] lines = new byte[LINES][];
        for (int i = 0; i < LINES; i++) {
            lines[i] = records.get(i % records.size()).getBytes(StandardCharsets.UTF_8);
        }
        return lines;
    }

    /** The same lines as ready Latin-1 strings, for the JDK's own search. */
    static String[] latin() {
        byte[][] lines = lines();
        String[] latin = new String[lines.length];
        for (int i = 0; i < lines.length; i++) {
            latin[i] = new String(lines[i], StandardCharsets.ISO_8859_1);
        }
        return latin;
    }

    static List<String> filters() {
        return read("filters.txt");
    }

    private static List<String> read(String name) {
        try (InputStream in = Records.class.getResourceAsStream("/belfry/bench/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
