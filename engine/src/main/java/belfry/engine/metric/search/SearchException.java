package belfry.engine.metric.search;

/** A search that cannot be read; the message says why, for people. */
public final class SearchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SearchException(String message) {
        super(message);
    }

    static SearchException at(int position, String message) {
        return new SearchException(message + " (at character " + (position + 1) + " of the search)");
    }
}
