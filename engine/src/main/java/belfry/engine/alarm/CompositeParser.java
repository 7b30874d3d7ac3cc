package belfry.engine.alarm;

import belfry.engine.alarm.CompositeRule.Node;
import java.util.ArrayList;
import java.util.List;

/** Reads a composite rule by the grammar of alarms.md §11: OR binds loosest, then AND, then NOT. */
final class CompositeParser {
    private final String text;
    private int at;
    private int depth;

    CompositeParser(String text) {
        this.text = text;
    }

    Node parse() {
        Node rule = or();
        skipBlanks();
        if (at < text.length()) {
            throw error("Expected AND or OR");
        }
        return rule;
    }

    private Node or() {
        List<Node> parts = new ArrayList<>();
        do {
            parts.add(and());
        } while (takeWord("OR"));
        return parts.size() == 1 ? parts.getFirst() : new Node.Or(List.copyOf(parts));
    }

    private Node and() {
        List<Node> parts = new ArrayList<>();
        do {
            parts.add(not());
        } while (takeWord("AND"));
        return parts.size() == 1 ? parts.getFirst() : new Node.And(List.copyOf(parts));
    }

    private Node not() {
        if (++depth > CompositeRule.MAX_DEPTH) {
            throw error("The rule is nested too deeply");
        }
        Node node = takeWord("NOT") ? new Node.Not(not()) : primary();
        depth--;
        return node;
    }

    private Node primary() {
        if (take('(')) {
            Node inside = or();
            expect(')');
            return inside;
        }
        if (takeWord("TRUE")) {
            return new Node.Constant(true);
        }
        if (takeWord("FALSE")) {
            return new Node.Constant(false);
        }
        if (takeWord("AT_LEAST")) {
            return atLeast();
        }
        AlarmState state = state();
        expect('(');
        String child = reference();
        expect(')');
        return new Node.InState(state, child);
    }

    private Node atLeast() {
        expect('(');
        skipBlanks();
        int from = at;
        int number = integer();
        boolean percent = take('%');
        expect(',');
        boolean negated = takeWord("NOT");
        AlarmState state = state();
        expect(',');
        expect('(');
        List<String> children = new ArrayList<>();
        do {
            children.add(reference());
        } while (take(','));
        expect(')');
        expect(')');
        int count = percent ? (int) Math.ceil(children.size() * number / 100.0) : number;
        if (number < 1 || count > children.size()) {
            throw new RuleException(from, "AT_LEAST takes 1 to the number of its alarms, or 1% to 100%");
        }
        return new Node.AtLeast(count, negated, state, List.copyOf(children));
    }

    private int integer() {
        int from = at;
        while (at < text.length() && Character.digit(text.charAt(at), 10) >= 0 && at - from < 4) {
            at++;
        }
        if (from == at) {
            throw error("Expected a number");
        }
        return Integer.parseInt(text.substring(from, at));
    }

    private AlarmState state() {
        for (AlarmState state : AlarmState.values()) {
            if (takeWord(state.name())) {
                return state;
            }
        }
        throw error("Expected a state, TRUE, FALSE, AT_LEAST, NOT or a parenthesis");
    }

    private String reference() {
        skipBlanks();
        String name = at < text.length() && text.charAt(at) == '"' ? quoted() : bare();
        if (name.isEmpty()) {
            throw error("Expected an alarm's name or ARN");
        }
        return name;
    }

    private String quoted() {
        StringBuilder name = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return name.toString();
            }
            boolean escape = c == '\\' && at + 1 < text.length() && "\"\\".indexOf(text.charAt(at + 1)) >= 0;
            name.append(escape ? text.charAt(++at) : c);
        }
        throw error("The quote is not closed");
    }

    private String bare() {
        int from = at;
        while (at < text.length() && !isBlank(text.charAt(at)) && "(),\"".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(from, at);
    }

    private boolean take(char expected) {
        skipBlanks();
        boolean here = at < text.length() && text.charAt(at) == expected;
        at += here ? 1 : 0;
        return here;
    }

    private void expect(char expected) {
        if (!take(expected)) {
            throw error("Expected " + expected);
        }
    }

    private boolean takeWord(String word) {
        skipBlanks();
        int stop = at + word.length();
        boolean here = text.startsWith(word, at)
                && (stop == text.length()
                        || !(Character.isLetterOrDigit(text.charAt(stop)) || text.charAt(stop) == '_'));
        at = here ? stop : at;
        return here;
    }

    private void skipBlanks() {
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private RuleException error(String detail) {
        return new RuleException(at, detail);
    }
}
