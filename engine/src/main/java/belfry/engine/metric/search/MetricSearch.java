package belfry.engine.metric.search;

import belfry.engine.metric.MetricKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the quotes of {@code SEARCH('{Namespace,Dimension} term "exact" (…) MetricName=…', …)}: which metrics it
 * finds. Immutable.
 */
public final class MetricSearch {
    /** Characters of a search. */
    public static final int MAX_LENGTH = 1024;

    private final @Nullable Schema schema;
    private final Condition condition;

    MetricSearch(@Nullable Schema schema, Condition condition) {
        this.schema = schema;
        this.condition = condition;
    }

    /**
     * Reads a search.
     *
     * @throws SearchException if it is none
     */
    public static MetricSearch parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new SearchException("A search has at most " + MAX_LENGTH + " characters");
        }
        return new SearchParser(text).parse();
    }

    /** The only namespace whose metrics it can find, if it names one. */
    public Optional<String> namespace() {
        return Optional.ofNullable(schema).map(Schema::namespace);
    }

    /**
     * Whether it finds a metric.
     *
     * @param account that the metric belongs to, and that searches
     */
    public boolean finds(MetricKey metric, String account) {
        if (schema != null && !schema.fits(metric)) {
            return false;
        }
        Subject subject = new Subject(metric, account);
        return condition.holds(subject, subject.all());
    }
}
