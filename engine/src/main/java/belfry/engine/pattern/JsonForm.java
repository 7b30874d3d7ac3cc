package belfry.engine.pattern;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A pattern {@code { … }} on JSON lines. */
final class JsonForm implements Form {
    private final Expr expr;
    private final int regexCount;
    private final JsonPlan plan = new JsonPlan();
    private final JsonCheck check;
    private final List<Hint> hints;
    private final Map<String, JsonCheck.Place> places = new LinkedHashMap<>();

    JsonForm(Expr expr, int regexCount) {
        this.expr = expr;
        this.regexCount = regexCount;
        this.check = JsonCheck.bind(expr, plan);
        collect(expr);
        plan.freeze();
        hints = Hint.of(expr);
    }

    private void collect(Expr part) {
        switch (part) {
            case Expr.Any any -> any.parts().forEach(this::collect);
            case Expr.All all -> all.parts().forEach(this::collect);
            case Expr.Check one -> places.putIfAbsent(one.selector().text(), JsonCheck.Place.of(one.selector(), plan));
        }
    }

    Expr expr() {
        return expr;
    }

    @Override
    public FilterPattern.Kind kind() {
        return FilterPattern.Kind.JSON;
    }

    @Override
    public int regexCount() {
        return regexCount;
    }

    @Override
    public boolean matches(byte[] b, int from, int to) {
        return mayMatch(b, from, to) && matchesWhole(b, from, to);
    }

    /** Whether the quick look leaves a match possible. */
    private boolean mayMatch(byte[] b, int from, int to) {
        for (int i = 0; i < hints.size(); i++) {
            if (!hints.get(i).mayHold(b, from, to)) {
                return Swar.hasUnicodeEscape(b, from, to);
            }
        }
        return true;
    }

    private boolean matchesWhole(byte[] b, int from, int to) {
        int[] found = plan.scan(b, from, to);
        return found != null && check.holds(b, found);
    }

    @Override
    public Map<String, String> extract(byte[] b, int from, int to) {
        Map<String, String> values = new LinkedHashMap<>();
        int[] found = plan.scan(b, from, to);
        places.forEach((selector, place) -> {
            String text = found == null ? null : place.text(b, found);
            if (text != null) {
                values.put(selector, text);
            }
        });
        return Collections.unmodifiableMap(values);
    }

    @Override
    public Set<String> selectors() {
        return Collections.unmodifiableSet(new LinkedHashSet<>(places.keySet()));
    }

    @Override
    public Extractor extractor(String selector) {
        JsonPlan own = new JsonPlan();
        JsonCheck.Place place = JsonCheck.Place.of(Selector.parse(selector), own);
        own.freeze();
        return new Extractor(selector, (b, from, to) -> {
            int[] found = own.scan(b, from, to);
            return found == null ? null : place.text(b, found);
        });
    }
}
