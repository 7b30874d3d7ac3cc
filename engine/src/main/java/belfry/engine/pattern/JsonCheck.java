package belfry.engine.pattern;

import belfry.engine.pattern.Selector.Step;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An {@link Expr} bound to the slots of a {@link JsonPlan}; evaluated on the result of its scan. */
sealed interface JsonCheck {
    boolean holds(byte[] b, int[] found);

    /** True where any part is. */
    record Any(List<JsonCheck> parts) implements JsonCheck {
        @Override
        public boolean holds(byte[] b, int[] found) {
            for (int i = 0; i < parts.size(); i++) {
                if (parts.get(i).holds(b, found)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** True where all parts are. */
    record All(List<JsonCheck> parts) implements JsonCheck {
        @Override
        public boolean holds(byte[] b, int[] found) {
            for (int i = 0; i < parts.size(); i++) {
                if (!parts.get(i).holds(b, found)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** One condition; the truth table of filter-patterns.md §4.6. */
    record One(Place place, Condition condition) implements JsonCheck {
        @Override
        public boolean holds(byte[] b, int[] found) {
            if (place.rest().isEmpty()) {
                return holdsDirectly(
                        b,
                        found[2 * place.node().slot()],
                        found[2 * place.node().slot() + 1]);
            }
            return switch (condition) {
                case Condition.NotExists _ -> !place.any(b, found, (l, from, to) -> true);
                case Condition.Is(Utf8 literal) -> place.any(b, found, literal::is);
                case Condition.Compare compare -> place.any(b, found, (l, from, to) -> compares(compare, l, from, to));
            };
        }

        /** For a selector of names only, which selects one value or none; {@code to} is 0 for none. */
        private boolean holdsDirectly(byte[] b, int from, int to) {
            return switch (condition) {
                case Condition.NotExists _ -> to == 0;
                case Condition.Is(Utf8 literal) -> to != 0 && literal.is(b, from, to);
                case Condition.Compare compare -> to != 0 && compares(compare, b, from, to);
            };
        }
    }

    /** Where a selector's values lie: inside the value of a plan's node, down the remaining steps. */
    record Place(JsonPlan.Node node, List<Step> rest) {
        static Place of(Selector selector, JsonPlan plan) {
            List<String> names = selector.leadingNames();
            return new Place(
                    plan.want(names),
                    List.copyOf(selector.steps()
                            .subList(names.size(), selector.steps().size())));
        }

        boolean any(byte[] b, int[] found, JsonWalk.Visitor visitor) {
            int from = found[2 * node.slot()];
            int to = found[2 * node.slot() + 1];
            return to != 0 && JsonWalk.any(b, from, to, rest, 0, visitor);
        }

        /** The first selected scalar's text. */
        @Nullable
        String text(byte[] b, int[] found) {
            String[] text = new String[1];
            any(b, found, (l, from, to) -> {
                text[0] = textOf(l, from, to);
                return text[0] != null;
            });
            return text[0];
        }
    }

    static JsonCheck bind(Expr expr, JsonPlan plan) {
        return switch (expr) {
            case Expr.Any(List<Expr> parts) -> new Any(bindAll(parts, plan));
            case Expr.All(List<Expr> parts) -> new All(bindAll(parts, plan));
            case Expr.Check(Selector selector, Condition condition) -> new One(Place.of(selector, plan), condition);
        };
    }

    private static List<JsonCheck> bindAll(List<Expr> parts, JsonPlan plan) {
        return parts.stream().map(part -> bind(part, plan)).toList();
    }

    private static boolean compares(Condition.Compare compare, byte[] b, int from, int to) {
        return switch (b[from]) {
            case '{', '[', 'n' -> false;
            case '"' -> {
                if (Json.isPlain(b, from + 1, to - 1)) {
                    yield compare.holdsForScalar(b, from + 1, to - 1);
                }
                byte[] text = Json.decode(b, from + 1, to - 1);
                yield compare.holdsForScalar(text, 0, text.length);
            }
            default -> compare.holdsForScalar(b, from, to);
        };
    }

    private static @Nullable String textOf(byte[] b, int from, int to) {
        return switch (b[from]) {
            case '{', '[', 'n' -> null;
            case '"' -> new String(Json.decode(b, from + 1, to - 1), StandardCharsets.UTF_8);
            default -> new String(b, from, to - from, StandardCharsets.UTF_8);
        };
    }
}
