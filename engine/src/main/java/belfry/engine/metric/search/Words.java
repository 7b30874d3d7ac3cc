package belfry.engine.metric.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A name cut into words as CloudWatch's search cuts it: at whatever is no letter and no digit, between letters and digits, and
 * where camel case begins a new word. {@code SDBFailure2} is SDB, Failure and 2.
 *
 * @param parts what lies between the delimiters, each of one word or more
 * @param joined all words together, in lower case
 */
record Words(List<List<String>> parts, String joined) {
    Words {
        parts = parts.stream().map(List::copyOf).toList();
    }

    static Words of(String name) {
        List<List<String>> parts = new ArrayList<>();
        int from = 0;
        for (int at = 0; at <= name.length(); at++) {
            if (at == name.length() || !Character.isLetterOrDigit(name.charAt(at))) {
                if (at > from) {
                    parts.add(camel(name.substring(from, at)));
                }
                from = at + 1;
            }
        }
        StringBuilder joined = new StringBuilder();
        parts.forEach(part -> part.forEach(joined::append));
        return new Words(parts, joined.toString().toLowerCase(Locale.ROOT));
    }

    private static List<String> camel(String part) {
        List<String> words = new ArrayList<>();
        int from = 0;
        for (int at = 1; at < part.length(); at++) {
            if (begins(part, at)) {
                words.add(part.substring(from, at));
                from = at;
            }
        }
        words.add(part.substring(from));
        return words;
    }

    private static boolean begins(String part, int at) {
        char before = part.charAt(at - 1);
        char here = part.charAt(at);
        if (Character.isDigit(before) != Character.isDigit(here)) {
            return true;
        }
        if (!Character.isUpperCase(here)) {
            return false;
        }
        // SDBFailure: the last of several capitals begins the word that goes on in lower case.
        boolean lowerFollows = at + 1 < part.length() && Character.isLowerCase(part.charAt(at + 1));
        return !Character.isUpperCase(before) || lowerFollows;
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /**
     * Whether a search for these words finds the name: all of it, or words of it that follow each other. A part that is one
     * word may differ in case; one that is more, as {@code CustomCount}, may not.
     */
    boolean find(Words name) {
        if (joined.equals(name.joined)) {
            return true;
        }
        List<String> all = name.parts.stream().flatMap(List::stream).toList();
        int words = parts.stream().mapToInt(List::size).sum();
        for (int from = 0; from + words <= all.size(); from++) {
            if (stand(all, from)) {
                return true;
            }
        }
        return false;
    }

    private boolean stand(List<String> all, int from) {
        int at = from;
        for (List<String> part : parts) {
            boolean same = part.size() == 1
                    ? part.getFirst().equalsIgnoreCase(all.get(at))
                    : part.equals(all.subList(at, at + part.size()));
            if (!same) {
                return false;
            }
            at += part.size();
        }
        return true;
    }
}
