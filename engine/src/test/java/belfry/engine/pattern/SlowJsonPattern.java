package belfry.engine.pattern;

import belfry.engine.pattern.SlowJson.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The oracle of JSON patterns: makes random ones, as text and as what they mean on a tree, by filter-patterns.md §4. */
record SlowJsonPattern(String text, Predicate<Value> meaning) {
    private static final String[] OPERATORS = {"=", "!=", "<", "<=", ">", ">="};

    boolean matches(String line) {
        Optional<Value> tree = SlowJson.read(line);
        return tree.isPresent() && tree.get() instanceof Value.Fields && meaning.test(tree.get());
    }

    static SlowJsonPattern random(SplittableRandom random) {
        int[] budget = {2, 3};
        SlowJsonPattern inside = expr(random, 0, budget);
        String blank = random.nextBoolean() ? " " : "";
        return new SlowJsonPattern(blank + "{" + blank + inside.text + blank + "}" + blank, inside.meaning);
    }

    private static SlowJsonPattern expr(SplittableRandom random, int depth, int[] budget) {
        int kind = depth > 2 ? 0 : random.nextInt(5);
        if (kind < 3) {
            return check(random, budget);
        }
        boolean all = kind == 3;
        String text = "";
        List<Predicate<Value>> parts = new ArrayList<>();
        int n = 2 + random.nextInt(2);
        for (int i = 0; i < n; i++) {
            SlowJsonPattern part = expr(random, depth + 1, budget);
            text += (i == 0 ? "" : all ? " && " : "||") + "(" + part.text + ")";
            parts.add(part.meaning);
        }
        Predicate<Value> meaning = root -> all
                ? parts.stream().allMatch(p -> p.test(root))
                : parts.stream().anyMatch(p -> p.test(root));
        return new SlowJsonPattern(text, meaning);
    }

    /** A selector's text, and how it picks. */
    private record Pick(String text, java.util.function.Function<Value, Stream<Value>> picks) {}

    private static SlowJsonPattern check(SplittableRandom random, int[] budget) {
        Pick pick = selector(random, budget);
        return switch (random.nextInt(12)) {
            case 0 -> literal(pick, "IS NULL", "null");
            case 1 -> literal(pick, "IS TRUE", "true");
            case 2 -> literal(pick, "IS FALSE", "false");
            case 3, 4 ->
                new SlowJsonPattern(
                        pick.text + " NOT EXISTS",
                        root -> pick.picks.apply(root).findAny().isEmpty());
            default -> compare(random, pick, budget);
        };
    }

    private static SlowJsonPattern literal(Pick pick, String text, String literal) {
        Value wanted = new Value.Bare(literal);
        return new SlowJsonPattern(
                pick.text + " " + text, root -> pick.picks.apply(root).anyMatch(wanted::equals));
    }

    private static Pick selector(SplittableRandom random, int[] budget) {
        Pick pick = new Pick("$", Stream::of);
        int n = 1 + random.nextInt(3);
        boolean wildcard = budget[1] == 0;
        for (int i = 0; i < n; i++) {
            int kind = random.nextInt(10);
            Pick before = pick;
            if (kind == 0 && !wildcard) {
                pick = new Pick(
                        before.text + ".*", root -> before.picks.apply(root).flatMap(SlowJsonPattern::fields));
                wildcard = true;
                budget[1]--;
            } else if (kind == 1 && !wildcard) {
                pick = new Pick(
                        before.text + "[*]", root -> before.picks.apply(root).flatMap(SlowJsonPattern::items));
                wildcard = true;
                budget[1]--;
            } else if (kind == 2 || kind == 3) {
                int index = random.nextInt(3);
                pick = new Pick(
                        before.text + "[" + index + "]",
                        root -> before.picks
                                .apply(root)
                                .flatMap(v -> items(v).skip(index).limit(1)));
            } else {
                String key = RandomLines.pick(random, RandomLines.KEYS);
                String step = key.matches("[A-Za-z0-9_-]+") ? "." + key : ".['" + key + "']";
                pick = new Pick(
                        before.text + step,
                        root -> before.picks
                                .apply(root)
                                .flatMap(v -> v instanceof Value.Fields(var fields) && fields.containsKey(key)
                                        ? Stream.of(fields.get(key))
                                        : Stream.of()));
            }
        }
        return pick;
    }

    private static Stream<Value> fields(Value value) {
        return value instanceof Value.Fields(var fields) ? fields.values().stream() : Stream.of();
    }

    private static Stream<Value> items(Value value) {
        return value instanceof Value.Many(var items) ? items.stream() : Stream.of();
    }

    private static SlowJsonPattern compare(SplittableRandom random, Pick pick, int[] budget) {
        String operator = OPERATORS[Math.max(0, random.nextInt(10) - 4)];
        if (random.nextInt(6) == 0 && budget[0] > 0) {
            budget[0]--;
            operator = random.nextBoolean() ? "=" : "!=";
            SlowRegex regex = SlowRegex.random(random);
            boolean equal = operator.equals("=");
            return scalar(pick, operator + "%" + regex.text() + "%", text -> regex.finds(text) == equal);
        }
        String sign = operator;
        if (random.nextInt(3) == 0) {
            String number = RandomLines.pick(random, RandomLines.NUMBERS);
            return scalar(pick, operator + " " + number, text -> compareNumber(sign, text, number));
        }
        boolean open = random.nextInt(3) == 0;
        boolean shut = random.nextInt(3) == 0;
        String literal = RandomLines.pick(random, RandomLines.TEXTS);
        String glob = (open ? "*" : "") + literal + (shut ? "*" : "");
        String quoted = '"' + glob.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        return scalar(pick, operator + quoted, text -> compareText(sign, text, glob));
    }

    private static SlowJsonPattern scalar(Pick pick, String condition, Predicate<String> holds) {
        return new SlowJsonPattern(
                pick.text + " " + condition,
                root -> pick.picks
                        .apply(root)
                        .flatMap(value -> switch (value) {
                            case Value.Text(String text) -> Stream.of(text);
                            case Value.Bare(String text) -> text.equals("null") ? Stream.of() : Stream.of(text);
                            case Value.Many _, Value.Fields _ -> Stream.<String>of();
                        })
                        .anyMatch(holds));
    }

    private static boolean compareNumber(String operator, String text, String number) {
        Optional<BigDecimal> value = number(text);
        if (value.isPresent()) {
            return holds(operator, value.get().compareTo(new BigDecimal(number)));
        }
        return operator.equals("!=");
    }

    private static boolean compareText(String operator, String text, String glob) {
        return switch (operator) {
            case "=" -> globs(text, glob);
            case "!=" -> !globs(text, glob);
            default -> {
                Optional<BigDecimal> wanted = number(glob);
                Optional<BigDecimal> value = number(text);
                yield wanted.isPresent()
                        && value.isPresent()
                        && holds(operator, value.get().compareTo(wanted.get()));
            }
        };
    }

    private static boolean globs(String text, String glob) {
        if (glob.equals("*")) {
            return true;
        }
        boolean open = glob.startsWith("*");
        boolean shut = glob.endsWith("*");
        String literal = glob.substring(open ? 1 : 0, glob.length() - (shut ? 1 : 0));
        if (open && shut) {
            return text.contains(literal);
        }
        return open ? text.endsWith(literal) : shut ? text.startsWith(literal) : text.equals(literal);
    }

    private static Optional<BigDecimal> number(String text) {
        if (!text.matches("[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(text));
        } catch (NumberFormatException _) {
            // An exponent that BigDecimal cannot hold: zero, or beyond all others.
            String sign = text.startsWith("-") ? "-" : "";
            return Optional.of(new BigDecimal(text.matches(".*[eE]-.*") ? "0" : sign + "1e9999999"));
        }
    }

    private static boolean holds(String operator, int order) {
        return switch (operator) {
            case "=" -> order == 0;
            case "!=" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }
}
