package belfry.engine.metric.search;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a search: OR binds least, then AND, which may be left out, then NOT. */
final class SearchParser {
    private static final int MAX_DEPTH = 100;

    private final List<String> schema;
    private final List<SearchToken> tokens;
    private int at;
    private int depth;

    /** The property whose terms are being read; null outside. */
    private @Nullable String property;

    SearchParser(String text) {
        SearchScanner scanner = new SearchScanner(text);
        this.schema = scanner.schema();
        this.tokens = scanner.tokens();
    }

    MetricSearch parse() {
        boolean terms = tokens.size() > 1;
        if (!terms && schema.isEmpty()) {
            throw new SearchException("A search has a schema, or terms, or both");
        }
        Condition condition = terms ? any() : new Condition.All(List.of());
        if (at < tokens.size() - 1) {
            throw error("Unexpected " + next().text());
        }
        return new MetricSearch(schema.isEmpty() ? null : schemaOf(schema), condition);
    }

    private static Schema schemaOf(List<String> names) {
        return new Schema(names.getFirst(), new LinkedHashSet<>(names.subList(1, names.size())));
    }

    private Condition any() {
        List<Condition> parts = new ArrayList<>(List.of(all()));
        while (take("OR")) {
            parts.add(all());
        }
        return parts.size() == 1 ? parts.getFirst() : new Condition.Any(parts);
    }

    private Condition all() {
        List<Condition> parts = new ArrayList<>(List.of(one()));
        while (take("AND") || next().isTerm() || next().is("(") || next().is("NOT")) {
            parts.add(one());
        }
        return parts.size() == 1 ? parts.getFirst() : new Condition.All(parts);
    }

    private Condition one() {
        if (++depth > MAX_DEPTH) {
            throw error("The search is nested too deeply");
        }
        Condition condition = nested();
        depth--;
        return condition;
    }

    private Condition nested() {
        if (take("NOT")) {
            return new Condition.Not(one());
        }
        if (take("(")) {
            Condition inside = any();
            if (!take(")")) {
                throw error("A ) is missing");
            }
            return inside;
        }
        if (!next().isTerm()) {
            throw error("Expected a term");
        }
        SearchToken token = next();
        at++;
        return take("=") ? property(token) : term(token);
    }

    private Condition property(SearchToken name) {
        if (property != null) {
            throw SearchException.at(name.position(), "A property cannot stand in a property");
        }
        property = name.text();
        Condition value = next().is("(") ? one() : term();
        property = null;
        return new Condition.Property(name.text(), value);
    }

    private Condition term() {
        if (!next().isTerm()) {
            throw error("Expected a term");
        }
        return term(tokens.get(at++));
    }

    private Condition term(SearchToken token) {
        if (token.quoted()) {
            return new Condition.Found(new Term.Exact(token.text()));
        }
        String inside = property;
        if (token.text().equals("'LOCAL'") && inside != null && Subject.isAccount(inside)) {
            return new Condition.All(List.of());
        }
        Words words = Words.of(token.text());
        if (words.isEmpty()) {
            throw SearchException.at(token.position(), "A term without letters and digits must stand in double quotes");
        }
        return new Condition.Found(new Term.Partial(words));
    }

    private SearchToken next() {
        return tokens.get(at);
    }

    private boolean take(String sign) {
        boolean here = next().is(sign);
        at += here ? 1 : 0;
        return here;
    }

    private SearchException error(String message) {
        return SearchException.at(next().position(), message);
    }
}
