package belfry.access.authorize;

import belfry.gateway.Call;
import belfry.gateway.Guarded;
import belfry.store.Tx;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the resources that a {@link Need} speaks of: several where the request names several. */
final class NamedResources {
    private static final Pattern KIND = Pattern.compile("([a-z-]+)\\(([A-Za-z.|]*)\\)");
    private static final Pattern HOLE = Pattern.compile("\\{([A-Za-z.]+)(?:\\|([^}]*))?}");

    private final Map<String, ResourceFinder> finders;

    NamedResources(Map<String, ResourceFinder> finders) {
        this.finders = Map.copyOf(finders);
    }

    /** Whether the resource may have a policy of its own, which even the account's root must be asked about. */
    static boolean mayHavePolicy(Need need) {
        return need.resource().endsWith(")");
    }

    List<Guarded> of(Need need, Tx tx, Call call, Members members) {
        if (need.resource().equals("*")) {
            return List.of(Guarded.nothing());
        }
        Matcher kind = KIND.matcher(need.resource());
        if (!kind.matches()) {
            return texts(need.resource(), call, members).stream()
                    .map(Guarded::of)
                    .toList();
        }
        ResourceFinder finder = Objects.requireNonNull(finders.get(kind.group(1)), need.resource());
        // Of several names for the same thing, all that are given are asked for: whichever the operation goes by.
        List<String> typed = Arrays.stream(kind.group(2).split("\\|"))
                .flatMap(path -> members.texts(path).stream())
                .toList();
        if (typed.isEmpty()) {
            return List.of(finder.find(tx, call, Optional.empty(), members));
        }
        return typed.stream()
                .distinct()
                .map(name -> finder.find(tx, call, Optional.of(name), members))
                .toList();
    }

    /**
     * The template with its holes filled: one text for each value of the last hole that has several. Where a name is
     * wanted and an ARN given, that is the resource. A hole that nothing fills is a star, which only a star matches.
     */
    private static List<String> texts(String template, Call call, Members members) {
        List<String> texts = List.of("");
        Matcher hole = HOLE.matcher(template);
        int from = 0;
        while (hole.find()) {
            String before = template.substring(from, hole.start());
            List<String> values = values(hole.group(1), hole.group(2), call, members);
            List<String> longer = new ArrayList<>();
            for (String text : texts) {
                values.forEach(value -> longer.add(value.startsWith("arn:") ? value : text + before + value));
            }
            texts = longer;
            from = hole.end();
        }
        String rest = template.substring(from);
        return texts.stream().map(text -> text + rest).distinct().toList();
    }

    private static List<String> values(String name, @Nullable String otherwise, Call call, Members members) {
        return switch (name) {
            case "region" -> List.of(call.region());
            case "account" -> List.of(call.account());
            default -> {
                List<String> given = members.texts(name);
                yield given.isEmpty() ? List.of(otherwise == null ? "*" : otherwise) : given;
            }
        };
    }
}
