package belfry.engine.pattern;

import java.util.List;
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
        return mayMatch(b, from, to) && regex.find(b, from, to);
    }

    /** Whether one of the texts that a match needs is there. */
    private boolean mayMatch(byte[] b, int from, int to) {
        List<Utf8> needed = regex.needed();
        for (int i = 0; i < needed.size(); i++) {
            if (needed.get(i).occursIn(b, from, to)) {
                return true;
            }
        }
        return needed.isEmpty();
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
