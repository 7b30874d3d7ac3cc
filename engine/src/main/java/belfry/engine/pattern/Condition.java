package belfry.engine.pattern;

import org.jspecify.annotations.Nullable;

/** What a condition asks of the value it selects. */
sealed interface Condition {

    /** A comparison with an operand. */
    record Compare(Operator operator, Operand operand) implements Condition {

        /** For a JSON scalar's text: ordering works on numbers only. */
        boolean holdsForScalar(byte[] b, int from, int to) {
            if (!operator.orders()) {
                return operand.equalTo(b, from, to) == (operator == Operator.EQUAL);
            }
            Decimal number = number();
            return number != null && Decimal.isNumber(b, from, to) && operator.accepts(number.compareFrom(b, from, to));
        }

        /** For a field of a space-delimited line: ordering compares texts where one side is no number (§5.2). */
        boolean holdsForField(byte[] b, int from, int to) {
            if (!operator.orders() || (number() != null && Decimal.isNumber(b, from, to))) {
                return holdsForScalar(b, from, to);
            }
            return operator.accepts(text().compareFrom(b, from, to));
        }

        private @Nullable Decimal number() {
            return switch (operand) {
                case Operand.Numeric(Decimal number, Utf8 _) -> number;
                case Operand.Glob(Utf8 literal, boolean openStart, boolean openEnd)
                when !openStart && !openEnd && literal.isNumber() -> Decimal.of(literal.toString());
                case Operand.Glob _, Operand.Matching _ -> null;
            };
        }

        private Utf8 text() {
            return switch (operand) {
                case Operand.Numeric(Decimal _, Utf8 text) -> text;
                case Operand.Glob(Utf8 literal, boolean _, boolean _) -> literal;
                case Operand.Matching _ -> Utf8.of("");
            };
        }
    }

    /** {@code IS NULL}, {@code IS TRUE}, {@code IS FALSE}: the JSON literal of that spelling. */
    record Is(Utf8 literal) implements Condition {}

    /** {@code NOT EXISTS}: nothing is selected. */
    record NotExists() implements Condition {}
}
