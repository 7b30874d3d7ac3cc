package belfry.engine.pattern;

import java.util.SplittableRandom;

/** Random JSON lines over a small vocabulary, so that patterns over the same one often match. */
final class RandomLines {
    static final String[] KEYS = {"a", "b", "c", "d-e", "f_1", "x.y", "é", "aa", "a\\b"};
    static final String[] TEXTS = {
        "",
        "v",
        "w",
        "vw",
        "wv",
        "12",
        "12.0",
        "1e1",
        "a b",
        "é",
        "q\"t",
        "s\\l",
        "true",
        "null",
        "v*w",
        "10.1.2.3",
        "😀",
        "line\nbreak",
        "/path"
    };
    static final String[] NUMBERS = {
        "0",
        "1",
        "12",
        "12.0",
        "-3",
        "1e1",
        "10",
        "0.5",
        "9007199254740993",
        "9007199254740992",
        "1E-2",
        "100000000000000000000"
    };

    private RandomLines() {}

    static <T> T pick(SplittableRandom random, T[] from) {
        return from[random.nextInt(from.length)];
    }

    static String json(SplittableRandom random) {
        StringBuilder line = new StringBuilder();
        blanks(random, line);
        object(random, line, 0);
        blanks(random, line);
        if (random.nextInt(12) == 0) {
            damage(random, line);
        }
        return line.toString();
    }

    private static void damage(SplittableRandom random, StringBuilder line) {
        int at = random.nextInt(line.length());
        String replacements = "{}[]\",:\\ x01-.eE\t\nutn";
        char c = replacements.charAt(random.nextInt(replacements.length()));
        switch (random.nextInt(3)) {
            case 0 -> line.setCharAt(at, c);
            case 1 -> line.insert(at, c);
            default -> line.deleteCharAt(at);
        }
    }

    private static void object(SplittableRandom random, StringBuilder line, int depth) {
        line.append('{');
        int n = random.nextInt(5);
        for (int i = 0; i < n; i++) {
            line.append(i > 0 ? "," : "");
            blanks(random, line);
            string(random, line, pick(random, KEYS));
            blanks(random, line);
            line.append(':');
            blanks(random, line);
            value(random, line, depth + 1);
            blanks(random, line);
        }
        blanks(random, line);
        line.append('}');
    }

    private static void value(SplittableRandom random, StringBuilder line, int depth) {
        switch (random.nextInt(depth > 3 ? 5 : 9)) {
            case 0, 1 -> string(random, line, pick(random, TEXTS));
            case 2, 3 -> line.append(pick(random, NUMBERS));
            case 4 -> line.append(pick(random, new String[] {"true", "false", "null"}));
            case 5, 6, 7 -> object(random, line, depth);
            default -> array(random, line, depth);
        }
    }

    private static void array(SplittableRandom random, StringBuilder line, int depth) {
        line.append('[');
        int n = random.nextInt(4);
        for (int i = 0; i < n; i++) {
            line.append(i > 0 ? "," : "");
            blanks(random, line);
            value(random, line, depth + 1);
            blanks(random, line);
        }
        line.append(']');
    }

    private static void string(SplittableRandom random, StringBuilder line, String text) {
        line.append('"');
        boolean escapes = random.nextInt(8) == 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (escapes && (Character.isSurrogate(c) || random.nextBoolean())) {
                line.append(String.format("\\u%04x", (int) c));
            } else if (c == '"' || c == '\\' || (c == '/' && random.nextBoolean())) {
                line.append('\\').append(c);
            } else {
                line.append(c == '\n' ? "\\n" : String.valueOf(c));
            }
        }
        line.append('"');
    }

    private static void blanks(SplittableRandom random, StringBuilder line) {
        if (random.nextInt(10) == 0) {
            line.append(" \t\n\r".charAt(random.nextInt(4)));
        }
    }
}
