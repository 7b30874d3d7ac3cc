package belfry.engine.pattern;

import java.util.ArrayList;
import java.util.List;

/** A JSON selector such as {@code $.a.b[0]} (filter-patterns.md §4.3), as its text and its steps from the root. */
record Selector(String text, List<Step> steps) {

    /** One step down. */
    sealed interface Step {
        /** A property by name. */
        record Name(String name) implements Step {}

        /** An array's element, from zero. */
        record Index(int index) implements Step {}

        /** Every element of an array. */
        record AnyElement() implements Step {}

        /** Every property of an object. */
        record AnyField() implements Step {}
    }

    Selector {
        steps = List.copyOf(steps);
    }

    boolean hasWildcard() {
        return steps.stream().anyMatch(step -> switch (step) {
            case Step.AnyElement _, Step.AnyField _ -> true;
            case Step.Name _, Step.Index _ -> false;
        });
    }

    /** The names a selector starts with; what follows is walked inside the value found there. */
    List<String> leadingNames() {
        List<String> names = new ArrayList<>();
        for (Step step : steps) {
            if (!(step instanceof Step.Name(String name))) {
                break;
            }
            names.add(name);
        }
        return names;
    }

    static Selector parse(String text) {
        Cursor in = new Cursor(text, 0, text.length());
        Selector selector = read(in, text);
        if (!in.done()) {
            throw PatternException.syntax(in.at(), "Not a selector");
        }
        return selector;
    }

    /** Reads a selector that begins at the cursor; {@code source} is the cursor's whole text. */
    static Selector read(Cursor in, String source) {
        int from = in.at();
        in.expect("$");
        List<Step> steps = new ArrayList<>();
        while (in.peek() == '.' || in.peek() == '[') {
            steps.add(step(in));
        }
        if (steps.isEmpty()) {
            throw PatternException.syntax(in.at(), "A selector goes on with a property");
        }
        Selector selector = new Selector(source.substring(from, in.at()), steps);
        if (steps.stream()
                        .filter(s -> s instanceof Step.AnyElement || s instanceof Step.AnyField)
                        .count()
                > 1) {
            throw PatternException.quota(from, "A selector has at most one wildcard");
        }
        return selector;
    }

    private static Step step(Cursor in) {
        if (in.take(".*")) {
            return new Step.AnyField();
        }
        if (in.take("[*]")) {
            return new Step.AnyElement();
        }
        boolean dot = in.take(".");
        if (in.take("['")) {
            String name = in.takeUntil('\'');
            in.expect("]");
            return new Step.Name(name);
        }
        if (!dot) {
            in.expect("[");
            return index(in);
        }
        String name = in.takeName();
        if (name.isEmpty()) {
            throw PatternException.syntax(in.at(), "Expected a property's name");
        }
        return new Step.Name(name);
    }

    private static Step index(Cursor in) {
        int from = in.at();
        String digits = in.takeUntil(']');
        boolean number =
                !digits.isEmpty() && digits.length() <= 9 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!number) {
            throw PatternException.syntax(from, "Expected an index from 0 to 999999999");
        }
        return new Step.Index(Integer.parseInt(digits));
    }
}
