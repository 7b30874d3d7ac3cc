package belfry.engine.pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The oracle of unstructured patterns. */
record SlowTerms(String text, List<String> required, List<String> excluded, List<String> optional) {

    boolean matches(String line) {
        boolean others = !required.isEmpty() || !excluded.isEmpty();
        return required.stream().allMatch(line::contains)
                && excluded.stream().noneMatch(line::contains)
                && (others || optional.isEmpty() || optional.stream().anyMatch(line::contains));
    }

    static SlowTerms random(SplittableRandom random) {
        SlowTerms terms = new SlowTerms("", new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        StringBuilder text = new StringBuilder();
        int n = random.nextInt(4);
        int kinds = 1 + random.nextInt(3);
        for (int i = 0; i < n; i++) {
            String term = RandomLines.pick(random, RandomLines.TEXTS);
            String written = term.matches("[A-Za-z0-9_]+") && random.nextBoolean()
                    ? term
                    : '"' + term.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
            switch (random.nextInt(kinds)) {
                case 0 -> {
                    terms.optional.add(term);
                    text.append('?').append(written);
                }
                case 1 -> {
                    terms.excluded.add(term);
                    text.append(random.nextBoolean() ? "-" : "- ").append(written);
                }
                default -> {
                    if (!term.isEmpty()) {
                        terms.required.add(term);
                    }
                    text.append(written);
                }
            }
            text.append(' ');
        }
        return new SlowTerms(text.toString(), terms.required, terms.excluded, terms.optional);
    }
}
