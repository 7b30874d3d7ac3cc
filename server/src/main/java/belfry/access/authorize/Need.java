package belfry.access.authorize;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One permission of an operation, as an {@link ActionTable} writes it:
 * {@code [Action] resource [if Member | unless Member,Member] [with key=value]}.
 *
 * @param action {@code service:Name}
 * @param resource {@code *}, a template of an ARN, or {@code kind(Member)}
 * @param onlyIf asked only where the request says something there
 * @param unless asked only where it says nothing in any of these
 * @param with condition keys of this permission alone
 */
public record Need(
        String action, String resource, Optional<String> onlyIf, List<String> unless, Map<String, String> with) {
    public Need {
        unless = List.copyOf(unless);
        with = Map.copyOf(with);
    }

    static Need parse(String prefix, String operation, String text) {
        String[] words = text.split("\\s+");
        int at = 0;
        String name = operation;
        if (!isResource(words[0])) {
            name = words[at++];
        }
        if (at >= words.length || !isResource(words[at])) {
            throw new IllegalArgumentException("no resource: " + operation + " " + text);
        }
        String resource = words[at++];
        Map<String, String> rest = new TreeMap<>();
        Map<String, String> with = new TreeMap<>();
        for (; at + 1 < words.length; at += 2) {
            if (words[at].equals("with")) {
                String[] pair = words[at + 1].split("=", 2);
                with.put(pair[0].toLowerCase(Locale.ROOT), pair[1]);
            } else {
                rest.put(words[at], words[at + 1]);
            }
        }
        if (at != words.length) {
            throw new IllegalArgumentException("a word too many: " + operation + " " + text);
        }
        return new Need(
                name.contains(":") ? name : prefix + ":" + name,
                resource,
                Optional.ofNullable(rest.get("if")),
                rest.containsKey("unless") ? List.of(rest.get("unless").split(",")) : List.of(),
                with);
    }

    private static boolean isResource(String word) {
        return word.equals("*") || word.startsWith("arn:") || word.startsWith("{") || word.endsWith(")");
    }

    boolean asked(Members members) {
        return onlyIf.map(members::has).orElse(true) && unless.stream().noneMatch(members::has);
    }
}
