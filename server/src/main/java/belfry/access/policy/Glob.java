package belfry.access.policy;

/**
 * A text with {@code *} (any characters, also none) and {@code ?} (exactly one). Matching goes back to the last star
 * only, so it costs at most pattern times text, whatever the pattern.
 */
final class Glob {
    static final int ANY = -1;
    static final int ONE = -2;

    private final int[] elements;

    /** @param elements characters, {@link #ANY} or {@link #ONE} */
    Glob(int... elements) {
        this.elements = elements.clone();
    }

    /** Every {@code *} and {@code ?} of the text is a wildcard. */
    static Glob of(String text) {
        return new Glob(
                text.chars().map(c -> c == '*' ? ANY : c == '?' ? ONE : c).toArray());
    }

    static boolean matches(String pattern, String text) {
        return of(pattern).matches(text);
    }

    boolean matches(String text) {
        int at = 0;
        int star = -1;
        int resume = 0;
        int i = 0;
        while (i < text.length()) {
            if (at < elements.length && elements[at] == ANY) {
                star = at++;
                resume = i;
            } else if (at < elements.length && (elements[at] == ONE || elements[at] == text.charAt(i))) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++resume;
            } else {
                return false;
            }
        }
        while (at < elements.length && elements[at] == ANY) {
            at++;
        }
        return at == elements.length;
    }
}
