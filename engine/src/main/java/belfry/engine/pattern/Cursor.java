package belfry.engine.pattern;

/** A reading position in a pattern's text, with the few moves all grammars share. */
final class Cursor {
    private final String text;
    private final int end;
    private int at;

    Cursor(String text, int from, int end) {
        this.text = text;
        this.at = from;
        this.end = end;
    }

    int at() {
        return at;
    }

    boolean done() {
        return at >= end;
    }

    /** The next character, or NUL at the end. */
    char peek() {
        return at < end ? text.charAt(at) : '\0';
    }

    char next() {
        if (at >= end) {
            throw PatternException.syntax(at, "The pattern ends too early");
        }
        return text.charAt(at++);
    }

    Cursor skipBlanks() {
        while (at < end && isBlank(text.charAt(at))) {
            at++;
        }
        return this;
    }

    boolean take(String expected) {
        boolean here = text.startsWith(expected, at) && at + expected.length() <= end;
        if (here) {
            at += expected.length();
        }
        return here;
    }

    /** Takes a keyword in any case, if a whole word of that spelling stands here. */
    boolean takeWord(String word) {
        int stop = at + word.length();
        boolean here = text.regionMatches(true, at, word, 0, word.length())
                && stop <= end
                && (stop == end || !isNameCharacter(text.charAt(stop)));
        if (here) {
            at = stop;
        }
        return here;
    }

    void expect(String expected) {
        if (!take(expected)) {
            throw PatternException.syntax(at, "Expected " + expected);
        }
    }

    String takeName() {
        int from = at;
        while (at < end && isNameCharacter(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }

    String takeBareValue() {
        int from = at;
        while (at < end && isBareValueCharacter(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }

    /** The text between here, just behind an opening quote, and the closing one; {@code \"} and {@code \\} are escapes. */
    String takeQuoted() {
        int from = at;
        StringBuilder value = new StringBuilder();
        while (at < end) {
            char c = text.charAt(at++);
            if (c == '"') {
                return value.toString();
            }
            boolean escape = c == '\\' && at < end && (text.charAt(at) == '"' || text.charAt(at) == '\\');
            value.append(escape ? text.charAt(at++) : c);
        }
        throw PatternException.syntax(from, "The quote is not closed");
    }

    /** The text up to a closing character that cannot occur inside. */
    String takeUntil(char close) {
        int stop = text.indexOf(close, at);
        if (stop < 0 || stop >= end) {
            throw PatternException.syntax(at, "Expected " + close);
        }
        String value = text.substring(at, stop);
        at = stop + 1;
        return value;
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    static boolean isNameCharacter(char c) {
        return isAsciiAlphanumeric(c) || c == '_' || c == '-';
    }

    private static boolean isBareValueCharacter(char c) {
        return isNameCharacter(c) || c == '.' || c == '*' || c == '+';
    }

    static boolean isAsciiAlphanumeric(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
