package belfry.engine.pattern;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the inside of {@code [ … ]} (filter-patterns.md §5.2). */
final class FieldsParser {
    private final Cursor in;
    private final Operand.RegexCount regexes = new Operand.RegexCount();
    private final List<FieldSlot> head = new ArrayList<>();
    private @Nullable List<FieldSlot> tail;

    FieldsParser(String source, int from, int to) {
        this.in = new Cursor(source, from, to);
    }

    FieldsForm parse() {
        if (in.skipBlanks().done()) {
            return new FieldsForm(List.of(), List.of(), true, 0);
        }
        do {
            slot();
        } while (in.skipBlanks().take(","));
        if (!in.done()) {
            throw PatternException.syntax(in.at(), "Expected a comma");
        }
        return new FieldsForm(head, tail == null ? List.of() : tail, tail != null, regexes.count());
    }

    private void slot() {
        in.skipBlanks();
        int from = in.at();
        if (!in.take("...")) {
            (tail == null ? head : tail).add(named(in.takeName()));
        } else if (tail == null) {
            tail = new ArrayList<>();
        } else {
            throw PatternException.syntax(from, "A pattern has at most one ellipsis");
        }
    }

    private FieldSlot named(String name) {
        if (!name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw PatternException.syntax(in.at(), "A field's name is no number: that is a position");
        }
        boolean bare = in.skipBlanks().done() || in.peek() == ',';
        if (bare || name.isEmpty()) {
            return new FieldSlot(name, List.of());
        }
        List<List<Condition.Compare>> anyOf = new ArrayList<>();
        anyOf.add(all(name));
        while (in.skipBlanks().take("||")) {
            expectSame(name);
            anyOf.add(all(name));
        }
        return new FieldSlot(name, anyOf);
    }

    /** One or more comparisons joined by {@code &&}; the first one's name has been read. */
    private List<Condition.Compare> all(String name) {
        List<Condition.Compare> all = new ArrayList<>();
        all.add(compare());
        while (in.skipBlanks().take("&&")) {
            expectSame(name);
            all.add(compare());
        }
        return List.copyOf(all);
    }

    private void expectSame(String name) {
        in.skipBlanks();
        int from = in.at();
        if (!in.takeName().equals(name)) {
            throw PatternException.syntax(from, "A slot's conditions are about its own field");
        }
    }

    private Condition.Compare compare() {
        in.skipBlanks();
        Operator operator = Operator.read(in);
        in.skipBlanks();
        Operand operand = Operand.read(in, regexes);
        if (operator.orders() && operand instanceof Operand.Matching) {
            throw PatternException.syntax(in.at(), "A regex stands behind = or !=");
        }
        return new Condition.Compare(operator, operand);
    }
}
