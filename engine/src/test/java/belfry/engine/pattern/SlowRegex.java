package belfry.engine.pattern;

import java.util.SplittableRandom;
import java.util.regex.Pattern;

/** The oracle of regexes: makes random ones of the subset, and finds with {@link java.util.regex}. */
record SlowRegex(String text, Pattern java) {
    private static final String[] ATOMS = {
        "v", "w", "1", "2", "a", ".", "\\d", "\\D", "\\s", "\\S", "\\w", "\\W", "\\.", "\\x28", "\\x22", "[vw]", "[^v]",
        "[a-z]", "[0-9_]", "[\\d.]", "[^\\w]", "[a\\-]", " ", "/", ","
    };
    private static final String[] COUNTS = {"", "", "", "", "?", "*", "+", "{2}", "{1,2}", "{0,1}", "{1,}", "{,2}", "*?"
    };

    boolean finds(String line) {
        return java.matcher(line).find();
    }

    static SlowRegex random(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        int alternatives = 1 + random.nextInt(2);
        for (int i = 0; i < alternatives; i++) {
            text.append(i > 0 ? "|" : "").append(random.nextInt(4) == 0 ? "^" : "");
            int items = 1 + random.nextInt(4);
            for (int j = 0; j < items; j++) {
                text.append(RandomLines.pick(random, ATOMS)).append(RandomLines.pick(random, COUNTS));
            }
            text.append(random.nextInt(4) == 0 ? "$" : "");
        }
        String ours = text.toString();
        String theirs = ours.replace("{,", "{0,")
                .replace("\\s", "[ \\t\\n]")
                .replace("\\S", "[^ \\t\\n]")
                .replace("$", "\\z");
        return new SlowRegex(ours, Pattern.compile(theirs, Pattern.DOTALL));
    }
}
