package belfry.engine.pattern;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A CloudWatch Logs filter pattern, compiled once and matched on the UTF-8 bytes of log lines; semantics/filter-patterns.md
 * says what each means. Immutable, for any thread. Matching takes time linear in the line, whatever the pattern.
 */
public final class FilterPattern {
    /** Characters a pattern may have. */
    public static final int MAX_LENGTH = 1024;
    /** Regexes in one JSON or space-delimited pattern. */
    public static final int MAX_REGEXES = 2;
    /** Selectors with a wildcard in one JSON pattern; each has at most one. */
    public static final int MAX_WILDCARDS = 3;

    /** The forms of a pattern; the first character decides. */
    public enum Kind {
        /** Terms and phrases; the empty pattern, which matches every line, too. */
        TERMS,
        /** A stand-alone {@code %regex%}. */
        REGEX,
        /** {@code { $.eventName = … }}. */
        JSON,
        /** {@code [ip, user, …]}. */
        SPACE_DELIMITED
    }

    private final String text;
    private final Form form;

    private FilterPattern(String text, Form form) {
        this.text = text;
        this.form = form;
    }

    /**
     * Compiles a pattern.
     *
     * @throws PatternException if AWS would refuse it; says why, where and with which code
     */
    public static FilterPattern parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw PatternException.length(text);
        }
        return new FilterPattern(text, form(text));
    }

    private static Form form(String text) {
        int from = new Cursor(text, 0, text.length()).skipBlanks().at();
        int to = text.length();
        while (to > from && Cursor.isBlank(text.charAt(to - 1))) {
            to--;
        }
        char first = from < to ? text.charAt(from) : ' ';
        return switch (first) {
            case '{' -> {
                JsonParser parser = new JsonParser(text, from + 1, inside(text, from, to, '}'));
                Expr expr = parser.parse();
                yield new JsonForm(expr, parser.regexCount());
            }
            case '[' -> new FieldsParser(text, from + 1, inside(text, from, to, ']')).parse();
            case '%' -> {
                int end = inside(text, from, to, '%');
                yield new RegexForm(Regex.compile(text.substring(from + 1, end), from + 1));
            }
            default -> TermsForm.parse(text);
        };
    }

    /** The end of what stands between the first character and its counterpart at the end. */
    private static int inside(String text, int from, int to, char close) {
        if (to - from < 2 || text.charAt(to - 1) != close) {
            throw PatternException.unclosed(to, text.charAt(from), close);
        }
        return to - 1;
    }

    /** The pattern byte for byte as it was written. */
    public String text() {
        return text;
    }

    /** Which form it has. */
    public Kind kind() {
        return form.kind();
    }

    /** How many regexes it holds; a log group may have five patterns with any. */
    public int regexCount() {
        return form.regexCount();
    }

    /** Whether metric values and dimensions can be taken from its lines: JSON and space-delimited patterns only. */
    public boolean supportsDimensions() {
        return switch (form.kind()) {
            case JSON, SPACE_DELIMITED -> true;
            case TERMS, REGEX -> false;
        };
    }

    /** The selectors the pattern names, as written: {@code $.a.b} or {@code $name}; none for terms and regexes. */
    public Set<String> selectors() {
        return form.selectors();
    }

    /** Whether the line matches. */
    public boolean matches(String line) {
        return matches(line.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the line, in UTF-8, matches. */
    public boolean matches(byte[] utf8Line) {
        return form.matches(utf8Line, 0, utf8Line.length);
    }

    /** Whether the line between {@code from} and {@code to} matches. */
    public boolean matches(byte[] utf8, int from, int to) {
        return form.matches(utf8, from, to);
    }

    /** The values found in a line that matches, or null when it does not. */
    public @Nullable Match match(String line) {
        return match(line.getBytes(StandardCharsets.UTF_8));
    }

    /** As {@link #match(String)}. */
    public @Nullable Match match(byte[] utf8Line) {
        return matches(utf8Line) ? new Match(form.extract(utf8Line, 0, utf8Line.length)) : null;
    }

    /**
     * A reader of one value in this pattern's lines. {@code $.a.b} for JSON; {@code $name} of a slot, or {@code $7} for the
     * seventh field, for space-delimited patterns.
     *
     * @throws PatternException if it is no such selector, names no field of the pattern, or the form has no values
     */
    public Extractor extractor(String selector) {
        return form.extractor(selector);
    }

    Form form() {
        return form;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FilterPattern that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
