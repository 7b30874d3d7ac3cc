package belfry.engine.pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An unstructured pattern: terms that must, may or must not occur anywhere in the line (filter-patterns.md §2). */
final class TermsForm implements Form {
    private static final String BARE_SYMBOLS = "_.@/#=$+;,&";

    private final List<Utf8> required;
    private final List<Utf8> excluded;
    private final List<Utf8> optional;

    private TermsForm(List<Utf8> required, List<Utf8> excluded, List<Utf8> optional) {
        this.required = List.copyOf(required);
        this.excluded = List.copyOf(excluded);
        // "?" terms are ignored as soon as there is any other term.
        this.optional = required.isEmpty() && excluded.isEmpty() ? List.copyOf(optional) : List.of();
    }

    static TermsForm parse(String source) {
        List<Utf8> required = new ArrayList<>();
        List<Utf8> excluded = new ArrayList<>();
        List<Utf8> optional = new ArrayList<>();
        Cursor in = new Cursor(source, 0, source.length());
        while (!in.skipBlanks().done()) {
            if (in.take("-")) {
                excluded.add(Utf8.of(term(in.skipBlanks(), source)));
            } else if (in.take("?")) {
                optional.add(Utf8.of(term(in, source)));
            } else {
                String term = term(in, source);
                // A blank phrase is the documented way to say "every event".
                if (!term.isBlank()) {
                    required.add(Utf8.of(term));
                }
            }
        }
        return new TermsForm(required, excluded, optional);
    }

    private static String term(Cursor in, String source) {
        if (in.take("\"")) {
            return in.takeQuoted();
        }
        int from = in.at();
        boolean fine = true;
        while (!in.done() && !Cursor.isBlank(in.peek())) {
            char c = in.next();
            fine &= Character.isLetterOrDigit(c) || Character.isSurrogate(c) || BARE_SYMBOLS.indexOf(c) >= 0;
        }
        String term = source.substring(from, in.at());
        if (term.isEmpty()) {
            throw PatternException.syntax(from, "Expected a term");
        }
        if (!fine) {
            throw PatternException.characters(from, term);
        }
        return term;
    }

    static PatternException noSelectors() {
        return PatternException.syntax(0, "Terms and stand-alone regexes select no values");
    }

    @Override
    public FilterPattern.Kind kind() {
        return FilterPattern.Kind.TERMS;
    }

    @Override
    public int regexCount() {
        return 0;
    }

    @Override
    public boolean matches(byte[] b, int from, int to) {
        for (Utf8 term : required) {
            if (!term.occursIn(b, from, to)) {
                return false;
            }
        }
        for (Utf8 term : excluded) {
            if (term.occursIn(b, from, to)) {
                return false;
            }
        }
        return optional.isEmpty() || anyOptional(b, from, to);
    }

    private boolean anyOptional(byte[] b, int from, int to) {
        for (Utf8 term : optional) {
            if (term.occursIn(b, from, to)) {
                return true;
            }
        }
        return false;
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
        throw noSelectors();
    }
}
