package belfry.engine.pattern;

/** The right-hand side of a comparison (filter-patterns.md §4.5), compared with a value's text in UTF-8. */
sealed interface Operand {

    /** Whether the text equals this operand in the sense of {@code =}. */
    boolean equalTo(byte[] b, int from, int to);

    /** A bare number: equal numbers are equal, however they are written. */
    record Numeric(Decimal number, Utf8 text) implements Operand {
        @Override
        public boolean equalTo(byte[] b, int from, int to) {
            return text.is(b, from, to) || (Decimal.isNumber(b, from, to) && number.compareFrom(b, from, to) == 0);
        }
    }

    /** A string; {@code *} at its ends stands for anything, in the middle for itself. */
    record Glob(Utf8 literal, boolean openStart, boolean openEnd) implements Operand {
        @Override
        public boolean equalTo(byte[] b, int from, int to) {
            int room = to - from - literal.length();
            if (room < 0) {
                return false;
            }
            if (openStart && openEnd) {
                return literal.occursIn(b, from, to);
            }
            int at = openStart ? to - literal.length() : from;
            return (room == 0 || openStart || openEnd) && literal.standsAt(b, at);
        }
    }

    /** A regex that must be found in the text. */
    record Matching(Regex regex) implements Operand {
        @Override
        public boolean equalTo(byte[] b, int from, int to) {
            return regex.find(b, from, to);
        }
    }

    static Operand bare(String text) {
        return Decimal.isNumber(text) ? new Numeric(Decimal.of(text), Utf8.of(text)) : glob(text);
    }

    static Operand glob(String text) {
        if (text.equals("*")) {
            return new Glob(Utf8.of(""), true, true);
        }
        boolean openStart = text.startsWith("*");
        boolean openEnd = text.endsWith("*");
        String literal = text.substring(openStart ? 1 : 0, text.length() - (openEnd ? 1 : 0));
        return new Glob(Utf8.of(literal), openStart, openEnd);
    }

    /** Reads a value: a quoted string, a regex or a bare word. */
    static Operand read(Cursor in, RegexCount regexes) {
        int from = in.at();
        if (in.take("\"")) {
            return glob(in.takeQuoted());
        }
        if (in.take("%")) {
            regexes.add(from);
            return new Matching(Regex.compile(in.takeUntil('%'), from + 1));
        }
        String bare = in.takeBareValue();
        if (bare.isEmpty()) {
            throw PatternException.syntax(from, "Expected a value");
        }
        return bare(bare);
    }

    /** Counts a pattern's regexes against {@link FilterPattern#MAX_REGEXES}. */
    final class RegexCount {
        private int count;

        void add(int position) {
            if (++count > FilterPattern.MAX_REGEXES) {
                throw PatternException.quota(position, "A pattern has at most two regexes");
            }
        }

        int count() {
            return count;
        }
    }
}
