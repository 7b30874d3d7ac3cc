package belfry.engine.pattern;

import java.util.List;

/** A JSON pattern's expression, as written; {@link JsonPattern} compiles it. */
sealed interface Expr {
    /** True where any part is. */
    record Any(List<Expr> parts) implements Expr {}

    /** True where all parts are. */
    record All(List<Expr> parts) implements Expr {}

    /** One condition on one selector. */
    record Check(Selector selector, Condition condition) implements Expr {}
}
