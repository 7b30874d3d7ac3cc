package belfry.access.authorize;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which permissions the operations of a service need, and which condition keys its requests bring: read from
 * {@code /belfry/access/actions/<service>.txt}, whose first lines explain how it is written.
 */
public final class ActionTable {
    private final String prefix;
    private final Map<String, List<Need>> needs;
    private final Map<String, String> keys;

    private ActionTable(String prefix, Map<String, List<Need>> needs, Map<String, String> keys) {
        this.prefix = prefix;
        this.needs = Map.copyOf(needs);
        this.keys = Map.copyOf(keys);
    }

    /** The table of a service by its short name; an empty one where the service has none. */
    public static ActionTable of(String service) {
        String resource = "/belfry/access/actions/" + service + ".txt";
        try (InputStream in = ActionTable.class.getResourceAsStream(resource)) {
            if (in == null) {
                return new ActionTable(service, Map.of(), Map.of());
            }
            List<String> lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
            return parse(service, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ActionTable parse(String prefix, List<String> lines) {
        Map<String, List<Need>> needs = new HashMap<>();
        Map<String, String> keys = new LinkedHashMap<>();
        for (String line : lines) {
            String[] words = line.split("\\s+", 2);
            if (words.length < 2) {
                throw new IllegalArgumentException("an operation and what it needs: " + line);
            }
            if (words[0].startsWith("@")) {
                keys.put(words[0].substring(1), words[1]);
            } else if (words[1].equals("-")) {
                needs.put(words[0], List.of());
            } else {
                List<Need> all = Arrays.stream(words[1].split(";"))
                        .map(need -> Need.parse(prefix, words[0], need.strip()))
                        .toList();
                needs.put(words[0], all);
            }
        }
        return new ActionTable(prefix, needs, keys);
    }

    /**
     * What an operation needs, in the order in which it is asked; an empty list where the operation decides by itself;
     * empty where the table does not know it.
     */
    public Optional<List<Need>> needs(String operation) {
        return Optional.ofNullable(needs.get(operation));
    }

    /** What an operation that the table does not know needs: itself, on everything. */
    List<Need> unknown(String operation) {
        return List.of(Need.parse(prefix, operation, "*"));
    }

    /** Condition keys and the members that they are taken from. */
    Map<String, String> keys() {
        return keys;
    }
}
