package belfry.engine.metric.math;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads an expression by climbing the operators' levels. */
final class MathParser {
    private static final int MAX_DEPTH = 100;
    /** A search may hold this, quotes and all, though it stands in such quotes itself. */
    private static final String LOCAL = "'LOCAL'";

    private final String text;
    private int at;
    private int depth;

    MathParser(String text) {
        this.text = text;
    }

    MathNode parse() {
        MathNode node = level(0);
        skipBlanks();
        if (at < text.length()) {
            throw error("Expected an operator");
        }
        return node;
    }

    private MathNode level(int level) {
        if (level == MathOperator.POWER.level()) {
            return unary();
        }
        MathNode left = level(level + 1);
        for (MathOperator operator = take(level); operator != null; operator = take(level)) {
            left = new MathNode.Binary(operator, left, level(level + 1));
        }
        return left;
    }

    private @Nullable MathOperator take(int level) {
        skipBlanks();
        for (MathOperator operator : MathOperator.values()) {
            for (String sign : operator.signs()) {
                boolean word = Character.isLetter(sign.charAt(0));
                boolean here = text.startsWith(sign, at) && !(word && isNameCharacter(at + sign.length()));
                if (here && operator.level() == level) {
                    at += sign.length();
                    return operator;
                }
            }
        }
        return null;
    }

    private MathNode unary() {
        // Whatever nests comes through here: parentheses, arguments, signs, and powers of powers.
        if (++depth > MAX_DEPTH) {
            throw error("The expression is nested too deeply");
        }
        MathNode node = take('-') ? new MathNode.Negated(unary()) : power();
        depth--;
        return node;
    }

    /** A power binds to the right, and tighter than a sign before it. */
    private MathNode power() {
        MathNode base = primary();
        MathOperator operator = take(MathOperator.POWER.level());
        return operator == null ? base : new MathNode.Binary(operator, base, unary());
    }

    private MathNode primary() {
        skipBlanks();
        if (take('(')) {
            MathNode inside = level(0);
            expect(')');
            return inside;
        }
        if (take('[')) {
            return new MathNode.Many(list(']'));
        }
        if (take('"')) {
            return quoted('"');
        }
        if (take('\'')) {
            return quoted('\'');
        }
        if (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            return number();
        }
        return nameOrCall();
    }

    private MathNode nameOrCall() {
        int from = at;
        while (isNameCharacter(at)) {
            at++;
        }
        String name = text.substring(from, at);
        if (name.isEmpty()) {
            throw error("Expected a number, an id or a function");
        }
        return take('(') ? new MathNode.Call(name, list(')'), from) : new MathNode.Name(name, from);
    }

    private List<MathNode> list(char close) {
        List<MathNode> parts = new ArrayList<>();
        if (take(close)) {
            return parts;
        }
        do {
            parts.add(level(0));
        } while (take(','));
        expect(close);
        return List.copyOf(parts);
    }

    private MathNode quoted(char close) {
        int end = text.indexOf(close, at);
        while (close == '\'' && text.startsWith(LOCAL, end)) {
            end = text.indexOf(close, end + LOCAL.length());
        }
        if (end < 0) {
            throw error("The quote is not closed");
        }
        MathNode node = new MathNode.Text(text.substring(at, end));
        at = end + 1;
        return node;
    }

    private MathNode number() {
        int from = at;
        while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            at += at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+') ? 1 : 0;
            while (at < text.length() && isDigit(text.charAt(at))) {
                at++;
            }
        }
        try {
            return new MathNode.Literal(Double.parseDouble(text.substring(from, at)));
        } catch (NumberFormatException _) {
            throw MathException.at(from, "Not a number");
        }
    }

    private boolean isNameCharacter(int index) {
        return index < text.length() && (Character.isLetterOrDigit(text.charAt(index)) || text.charAt(index) == '_');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
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

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private MathException error(String message) {
        return MathException.at(at, message);
    }
}
