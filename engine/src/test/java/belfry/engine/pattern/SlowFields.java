package belfry.engine.pattern;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The oracle of space-delimited patterns: fields by a regex, conditions by strings. */
record SlowFields(String text, List<Predicate<String>> slots, int ellipsis) {
    private static final String[] WORDS = {"v", "w", "12", "12.0", "404", "a", "é", "10.1.2.3", "-", "vw"};
    private static final String[] PIECES = {
        "v", "w", "12", "404", "[v w]", "\"a b\"", "[x", "y]", "\"", "[", "]", "vw", "[]", "\"a\"b\"", "12.0", "é"
    };
    private static final String[] OPERATORS = {"=", "!=", "<", "<=", ">", ">="};

    static String line(SplittableRandom random) {
        StringBuilder line = new StringBuilder();
        int n = random.nextInt(6);
        for (int i = 0; i < n; i++) {
            line.append(RandomLines.pick(random, PIECES)).append(random.nextInt(5) == 0 ? "  " : " ");
        }
        return line.toString();
    }

    static List<String> split(String line) {
        Matcher field =
                Pattern.compile("\\[(.*?)](?=\\s|$)|\"(.*?)\"(?=\\s|$)|\\S+").matcher(line);
        List<String> fields = new ArrayList<>();
        while (field.find()) {
            fields.add(
                    field.group(1) != null ? field.group(1) : field.group(2) != null ? field.group(2) : field.group());
        }
        return fields;
    }

    boolean matches(String line) {
        List<String> fields = split(line);
        boolean fits = ellipsis < 0 ? fields.size() == slots.size() : fields.size() >= slots.size();
        if (!fits) {
            return false;
        }
        for (int i = 0; i < slots.size(); i++) {
            int field = ellipsis >= 0 && i >= ellipsis ? fields.size() - slots.size() + i : i;
            if (!slots.get(i).test(fields.get(field))) {
                return false;
            }
        }
        return true;
    }

    static SlowFields random(SplittableRandom random) {
        int n = 1 + random.nextInt(4);
        int ellipsis = random.nextInt(3) == 0 ? -1 : random.nextInt(n + 1);
        List<String> texts = new ArrayList<>();
        List<Predicate<String>> slots = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            String name = "f" + i;
            switch (random.nextInt(4)) {
                case 0 -> {
                    texts.add(name);
                    slots.add(_ -> true);
                }
                case 1 -> {
                    Condition one = condition(random);
                    texts.add(name + one.text);
                    slots.add(one.holds);
                }
                default -> {
                    Condition one = condition(random);
                    Condition two = condition(random);
                    boolean all = random.nextBoolean();
                    texts.add(name + one.text + (all ? " && " : "||") + name + two.text);
                    slots.add(all ? one.holds.and(two.holds) : one.holds.or(two.holds));
                }
            }
        }
        if (ellipsis >= 0) {
            texts.add(ellipsis, "...");
        }
        return new SlowFields("[" + String.join(random.nextBoolean() ? ", " : ",", texts) + "]", slots, ellipsis);
    }

    private record Condition(String text, Predicate<String> holds) {}

    private static Condition condition(SplittableRandom random) {
        String operator = RandomLines.pick(random, OPERATORS);
        String word = RandomLines.pick(random, WORDS);
        boolean number = isNumber(word);
        boolean quoted = !number;
        String text = operator + (quoted ? '"' + word + '"' : word);
        return new Condition(text, field -> {
            int order = number && isNumber(field)
                    ? new BigDecimal(field).compareTo(new BigDecimal(word))
                    : field.compareTo(word);
            return switch (operator) {
                case "=" -> order == 0;
                case "!=" -> order != 0;
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                default -> order >= 0;
            };
        });
    }

    private static boolean isNumber(String text) {
        return text.matches("[+-]?[0-9]+(\\.[0-9]+)?");
    }
}
