package belfry.engine.metric.math;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One metric math expression. Immutable. */
public final class MathExpression {
    /** Characters of an expression. */
    public static final int MAX_LENGTH = 2048;

    private final String text;
    private final MathNode root;
    private final Set<String> references = new TreeSet<>();
    private final Set<String> bands = new TreeSet<>();
    private final Set<Search> searches = new LinkedHashSet<>();
    private boolean readsTheTime;

    private MathExpression(String text, MathNode root) {
        this.text = text;
        this.root = root;
        collect(root);
    }

    /**
     * Reads an expression.
     *
     * @throws MathException if it is none, or calls a function there is not
     */
    public static MathExpression parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new MathException("An expression has at most " + MAX_LENGTH + " characters");
        }
        return new MathExpression(text, new MathParser(text).parse());
    }

    private void collect(MathNode node) {
        switch (node) {
            case MathNode.Name(String name, int _) -> addReference(name);
            case MathNode.Negated negated -> collect(negated.part());
            case MathNode.Binary binary -> {
                collect(binary.left());
                collect(binary.right());
            }
            case MathNode.Call call -> {
                MathFunctions.check(call);
                readsTheTime |= MathFunctions.readsTheTime(call.function());
                Band.in(call).ifPresent(band -> bands.add(band.metric()));
                Search.in(call).ifPresent(searches::add);
                call.arguments().forEach(this::collect);
            }
            case MathNode.Many many -> many.parts().forEach(this::collect);
            case MathNode.Literal _, MathNode.Text _ -> {}
        }
    }

    /** Ids begin with a lower-case letter; other names are options of functions. */
    private void addReference(String name) {
        if (Character.isLowerCase(name.charAt(0))) {
            references.add(name);
        }
    }

    /** The expression as written. */
    public String text() {
        return text;
    }

    /** Whether its values depend on the time of day or the date, so that they change although no data come. */
    public boolean readsTheTime() {
        return readsTheTime;
    }

    /** The ids of the metrics that it draws bands about. */
    public Set<String> bands() {
        return Collections.unmodifiableSet(bands);
    }

    /** What it searches for. */
    public Set<Search> searches() {
        return Collections.unmodifiableSet(searches);
    }

    /** The band, if the whole expression is one. */
    public Optional<Band> band() {
        return Band.in(root);
    }

    /** The ids it refers to. */
    public Set<String> references() {
        return Collections.unmodifiableSet(references);
    }

    MathNode root() {
        return root;
    }

    @Override
    public String toString() {
        return text;
    }
}
