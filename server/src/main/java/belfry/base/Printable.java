package belfry.base;

import java.util.Locale;

/**
 * Makes text that strangers wrote safe to look at: characters that move the cursor, hide, or turn the direction of what
 * follows are shown by their numbers instead of doing it. What a reader sees is then what stands there.
 */
public final class Printable {
    private static final int NEWLINE = '\n';
    private static final int TAB = '\t';

    private Printable() {}

    /** On one line: breaks are shown too, so that no value can pretend to be the line after it. */
    public static String line(String text) {
        return clean(text, false);
    }

    /** Lines and tabs stay. */
    public static String lines(String text) {
        return clean(text, true);
    }

    /** On one line, and no mail program makes a link of it: {@code http://} becomes {@code hxxp://}. */
    public static String unlinked(String text) {
        return line(text).replaceAll("(?i)htt(ps?://)", "hxx$1");
    }

    private static String clean(String text, boolean breaks) {
        if (text.codePoints().noneMatch(c -> acts(c, breaks))) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length() + 16);
        text.replace("\r\n", breaks ? "\n" : "\r\n").codePoints().forEach(c -> {
            if (acts(c, breaks)) {
                clean.append(shown(c));
            } else {
                clean.appendCodePoint(c);
            }
        });
        return clean.toString();
    }

    private static String shown(int c) {
        return switch (c) {
            case NEWLINE -> "\\n";
            case '\r' -> "\\r";
            case TAB -> "\\t";
            default -> String.format(Locale.ROOT, "\\u%04x", c);
        };
    }

    private static boolean acts(int c, boolean breaks) {
        if (breaks && (c == NEWLINE || c == TAB)) {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
