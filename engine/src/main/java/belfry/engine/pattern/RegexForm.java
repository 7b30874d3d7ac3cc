package belfry.engine.pattern;

import java.util.Map;
import java.util.Set;

/** A stand-alone regex {@code %…%}. */
record RegexForm(Regex regex) implements Form {
    @Override
    public FilterPattern.Kind kind() {
        return FilterPattern.Kind.REGEX;
    }

    @Override
    public int regexCount() {
        return 1;
    }

    @Override
    public boolean matches(byte[] b, int from, int to) {
        return regex.find(b, from, to);
    }

    @Override
    public Map<String, String> extract(byte[] b, int from, int to) {
        return Map.of();
    }

    @Override
    public Set<String> selectors() {
        return Set.of();
    }

    @Override
    public Extractor extractor(String selector) {
        throw TermsForm.noSelectors();
    }
}
