package belfry.access.policy;

import java.util.Optional;

/** ARNs as condition operators compare them: each of the six parts for itself, so that no star crosses a colon. */
final class ArnPattern {
    private static final int PARTS = 6;

    private ArnPattern() {}

    static boolean matches(Template pattern, PolicyRequest request, String arn) {
        if (pattern.text().equals("*")) {
            return true;
        }
        String[] wanted = pattern.text().split(":", PARTS);
        String[] parts = arn.split(":", PARTS);
        if (pattern.text().contains("${")) {
            // A variable may hold a colon of its own ("${aws:SourceArn}"): then the text is compared as a whole.
            return pattern.glob(request).filter(glob -> glob.matches(arn)).isPresent();
        }
        if (wanted.length != PARTS || parts.length != PARTS) {
            return false;
        }
        for (int i = 0; i < PARTS; i++) {
            if (!Glob.matches(wanted[i], parts[i])) {
                return false;
            }
        }
        return true;
    }

    /** The account of {@code arn:aws:iam::ACCOUNT:root} or of twelve bare digits: both name the whole account. */
    static Optional<String> wholeAccount(String principal) {
        if (principal.matches("\\d{12}")) {
            return Optional.of(principal);
        }
        String[] parts = principal.split(":", PARTS);
        boolean root = parts.length == PARTS && parts[2].equals("iam") && parts[5].equals("root");
        return root ? Optional.of(parts[4]) : Optional.empty();
    }
}
