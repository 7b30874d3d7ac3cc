package belfry.engine.pattern;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Many patterns on the same lines, as the filters of one log group: the line is looked at once, not once per pattern.
 * Immutable, for any thread.
 */
public final class PatternSet {
    private final List<FilterPattern> patterns;
    private final JsonPatternSet json;
    private final int[] jsonIndexes;
    private final int[] fieldIndexes;
    private final int[] otherIndexes;

    private PatternSet(List<FilterPattern> patterns) {
        this.patterns = List.copyOf(patterns);
        this.jsonIndexes = indexes(FilterPattern.Kind.JSON);
        this.fieldIndexes = indexes(FilterPattern.Kind.SPACE_DELIMITED);
        this.otherIndexes = indexes(FilterPattern.Kind.TERMS, FilterPattern.Kind.REGEX);
        List<Expr> exprs = new ArrayList<>();
        for (FilterPattern pattern : patterns) {
            if (pattern.form() instanceof JsonForm form) {
                exprs.add(form.expr());
            }
        }
        this.json = new JsonPatternSet(exprs);
    }

    /** The set of these patterns; their places in the list are their numbers. */
    public static PatternSet of(List<FilterPattern> patterns) {
        return new PatternSet(patterns);
    }

    private int[] indexes(FilterPattern.Kind... kinds) {
        List<FilterPattern.Kind> wanted = List.of(kinds);
        BitSet indexes = new BitSet();
        for (int i = 0; i < patterns.size(); i++) {
            indexes.set(i, wanted.contains(patterns.get(i).kind()));
        }
        return indexes.stream().toArray();
    }

    /** The patterns, by number. */
    public List<FilterPattern> patterns() {
        return patterns;
    }

    /** The numbers of the patterns that the line, in UTF-8, matches. */
    public BitSet matching(byte[] utf8Line) {
        return matching(utf8Line, 0, utf8Line.length);
    }

    /** As {@link #matching(byte[])}, for a line inside a larger array. */
    public BitSet matching(byte[] b, int from, int to) {
        BitSet matching = new BitSet(patterns.size());
        if (jsonIndexes.length > 0) {
            BitSet matchingJson = json.matching(b, from, to);
            for (int i = matchingJson.nextSetBit(0); i >= 0; i = matchingJson.nextSetBit(i + 1)) {
                matching.set(jsonIndexes[i]);
            }
        }
        for (int index : otherIndexes) {
            matching.set(index, patterns.get(index).matches(b, from, to));
        }
        if (fieldIndexes.length > 0) {
            addFields(b, from, to, matching);
        }
        return matching;
    }

    private void addFields(byte[] b, int from, int to, BitSet matching) {
        Fields fields = Fields.split(b, from, to);
        for (int index : fieldIndexes) {
            boolean matches = patterns.get(index).form() instanceof FieldsForm form && form.matches(b, fields);
            matching.set(index, matches);
        }
    }
}
