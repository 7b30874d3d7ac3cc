package belfry.engine.pattern;

import java.util.ArrayList;
import java.util.List;

/** Reads the inside of {@code { … }} by the grammar of filter-patterns.md §4.2. */
final class JsonParser {
    private final String source;
    private final Cursor in;
    private final Operand.RegexCount regexes = new Operand.RegexCount();
    private int wildcards;

    /** The text from {@code from} to {@code to} is what stands between the braces. */
    JsonParser(String source, int from, int to) {
        this.source = source;
        this.in = new Cursor(source, from, to);
    }

    Expr parse() {
        Expr expr = any();
        if (!in.skipBlanks().done()) {
            throw PatternException.syntax(in.at(), "Expected && or ||");
        }
        return expr;
    }

    int regexCount() {
        return regexes.count();
    }

    private Expr any() {
        List<Expr> parts = new ArrayList<>();
        do {
            parts.add(all());
        } while (in.skipBlanks().take("||"));
        return parts.size() == 1 ? parts.getFirst() : new Expr.Any(List.copyOf(parts));
    }

    private Expr all() {
        List<Expr> parts = new ArrayList<>();
        do {
            parts.add(unit());
        } while (in.skipBlanks().take("&&"));
        return parts.size() == 1 ? parts.getFirst() : new Expr.All(List.copyOf(parts));
    }

    private Expr unit() {
        if (!in.skipBlanks().take("(")) {
            return check();
        }
        Expr inside = any();
        in.skipBlanks().expect(")");
        return inside;
    }

    private Expr check() {
        int from = in.at();
        Selector selector = Selector.read(in, source);
        if (selector.hasWildcard() && ++wildcards > FilterPattern.MAX_WILDCARDS) {
            throw PatternException.quota(from, "A pattern has at most three wildcard selectors");
        }
        return new Expr.Check(selector, condition());
    }

    private Condition condition() {
        in.skipBlanks();
        if (in.takeWord("NOT")) {
            if (!in.skipBlanks().takeWord("EXISTS")) {
                throw PatternException.syntax(in.at(), "Expected NOT EXISTS");
            }
            return new Condition.NotExists();
        }
        if (in.takeWord("IS")) {
            return new Condition.Is(literal());
        }
        Operator operator = Operator.read(in);
        in.skipBlanks();
        Operand operand = Operand.read(in, regexes);
        if (operator.orders() && operand instanceof Operand.Matching) {
            throw PatternException.syntax(in.at(), "A regex stands behind = or !=");
        }
        return new Condition.Compare(operator, operand);
    }

    private Utf8 literal() {
        in.skipBlanks();
        for (String literal : List.of("null", "true", "false")) {
            if (in.takeWord(literal)) {
                return Utf8.of(literal);
            }
        }
        throw PatternException.syntax(in.at(), "Expected NULL, TRUE or FALSE");
    }
}
