package belfry.engine.pattern;

import java.util.Map;
import java.util.Set;

/** One of the forms of a compiled pattern. All methods take a line's UTF-8 bytes from {@code from} to {@code to}. */
sealed interface Form permits TermsForm, RegexForm, JsonForm, FieldsForm {
    FilterPattern.Kind kind();

    int regexCount();

    boolean matches(byte[] b, int from, int to);

    /** The values TestMetricFilter shows for a line that matches. */
    Map<String, String> extract(byte[] b, int from, int to);

    /** The selectors the pattern itself names. */
    Set<String> selectors();

    Extractor extractor(String selector);
}
