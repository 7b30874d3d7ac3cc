package belfry.access.policy;

import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A policy's text with wildcards and, from version 2012-10-17 on, variables: {@code ${aws:username}},
 * {@code ${aws:PrincipalTag/team, 'none'}}, and {@code ${*}}, {@code ${?}}, {@code ${$}} for the characters themselves.
 * What a variable brings in is text, never a wildcard.
 */
final class Template {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{\\s*([^},\\s]+)\\s*(?:,\\s*'([^']*)'\\s*)?}");

    private final String text;
    private final boolean variables;
    private final @Nullable Glob fixed;

    Template(String text, boolean variables) {
        this.text = text;
        this.variables = variables && VARIABLE.matcher(text).find();
        this.fixed = this.variables ? null : Glob.of(text);
    }

    String text() {
        return text;
    }

    /** The condition keys that its variables stand for. */
    List<String> keys() {
        return variables
                ? VARIABLE.matcher(text)
                        .results()
                        .map(found -> found.group(1))
                        .filter(name -> name.contains(":"))
                        .toList()
                : List.of();
    }

    /** The pattern for this request; empty where a variable has no value, and then nothing matches. */
    Optional<Glob> glob(PolicyRequest request) {
        return fixed != null ? Optional.of(fixed) : resolve(request, true).map(Glob::new);
    }

    /** The text for this request, wildcards taken as plain characters. */
    Optional<String> plain(PolicyRequest request) {
        return variables ? resolve(request, false).map(chars -> new String(chars, 0, chars.length)) : Optional.of(text);
    }

    private Optional<int[]> resolve(PolicyRequest request, boolean wildcards) {
        Matcher matcher = VARIABLE.matcher(text);
        IntStream.Builder elements = IntStream.builder();
        int from = 0;
        while (matcher.find()) {
            literal(text.substring(from, matcher.start()), wildcards, elements);
            Optional<String> value = value(matcher.group(1), matcher.group(2), request);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            literal(value.get(), false, elements);
            from = matcher.end();
        }
        literal(text.substring(from), wildcards, elements);
        return Optional.of(elements.build().toArray());
    }

    private static void literal(String part, boolean wildcards, IntConsumer elements) {
        part.chars()
                .map(c -> !wildcards ? c : c == '*' ? Glob.ANY : c == '?' ? Glob.ONE : c)
                .forEach(elements);
    }

    private static Optional<String> value(String name, @Nullable String otherwise, PolicyRequest request) {
        if (name.equals("*") || name.equals("?") || name.equals("$")) {
            return Optional.of(name);
        }
        List<String> values = request.values(name);
        // A key with several values cannot stand in for one text.
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.ofNullable(otherwise);
    }
}
