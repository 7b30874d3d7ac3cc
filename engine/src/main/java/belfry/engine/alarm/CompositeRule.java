package belfry.engine.alarm;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The rule of a composite alarm (alarms.md §11), such as {@code ALARM("a") AND NOT (OK(b) OR AT_LEAST(2, ALARM, (c, d, e)))}.
 * Children are named by alarm name or ARN, as written.
 */
public final class CompositeRule {
    /** Characters of a rule. */
    public static final int MAX_LENGTH = 10_240;
    /** Different children of a rule. */
    public static final int MAX_CHILDREN = 100;
    /** Parentheses and NOTs open at once. Ours: AWS names none. */
    public static final int MAX_DEPTH = 200;

    /** A part of a rule. */
    sealed interface Node {
        record Or(List<Node> parts) implements Node {}

        record And(List<Node> parts) implements Node {}

        record Not(Node part) implements Node {}

        record Constant(boolean value) implements Node {}

        record InState(AlarmState state, String child) implements Node {}

        /** At least {@code count} of the children are in the state, or, negated, are not. */
        record AtLeast(int count, boolean negated, AlarmState state, List<String> children) implements Node {}
    }

    private final String text;
    private final Node root;
    private final Set<String> children = new LinkedHashSet<>();

    private CompositeRule(String text, Node root) {
        this.text = text;
        this.root = root;
        collect(root);
    }

    /**
     * Reads a rule.
     *
     * @throws RuleException if it is none, or over a limit
     */
    public static CompositeRule parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new RuleException(MAX_LENGTH, "A rule has at most " + MAX_LENGTH + " characters");
        }
        CompositeRule rule = new CompositeRule(text, new CompositeParser(text).parse());
        if (rule.children.size() > MAX_CHILDREN) {
            throw new RuleException(text.length(), "A rule has at most " + MAX_CHILDREN + " children");
        }
        return rule;
    }

    private void collect(Node node) {
        switch (node) {
            case Node.Or or -> or.parts().forEach(this::collect);
            case Node.And and -> and.parts().forEach(this::collect);
            case Node.Not not -> collect(not.part());
            case Node.Constant _ -> {}
            case Node.InState one -> children.add(one.child());
            case Node.AtLeast some -> children.addAll(some.children());
        }
    }

    /** The rule as written. */
    public String text() {
        return text;
    }

    /** The names or ARNs of the alarms it looks at, in the order they are written. */
    public Set<String> children() {
        return Collections.unmodifiableSet(children);
    }

    /** ALARM if the rule is true in these states, otherwise OK. */
    public AlarmState evaluate(Function<String, AlarmState> states) {
        return holds(root, states) ? AlarmState.ALARM : AlarmState.OK;
    }

    private static boolean holds(Node node, Function<String, AlarmState> states) {
        return switch (node) {
            case Node.Or or -> or.parts().stream().anyMatch(part -> holds(part, states));
            case Node.And and -> and.parts().stream().allMatch(part -> holds(part, states));
            case Node.Not not -> !holds(not.part(), states);
            case Node.Constant constant -> constant.value();
            case Node.InState one -> states.apply(one.child()) == one.state();
            case Node.AtLeast some ->
                some.children().stream()
                                .filter(child -> (states.apply(child) == some.state()) != some.negated())
                                .count()
                        >= some.count();
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
