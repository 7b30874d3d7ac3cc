package belfry.engine.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The test data beside this class. */
final class Fixtures {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Fixtures() {}

    static List<String> patterns() {
        return text("filter-patterns.txt")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    static List<JsonNode> docExamples() {
        return rows("filter-doc-examples.json");
    }

    /** Real CloudTrail records, one a line. */
    static List<String> records() {
        return text("cloudtrail-records.jsonl").lines().toList();
    }

    private static List<JsonNode> rows(String name) {
        try {
            List<JsonNode> rows = new ArrayList<>();
            JSON.readTree(text(name)).forEach(rows::add);
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String name) {
        try (InputStream in = Objects.requireNonNull(Fixtures.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
