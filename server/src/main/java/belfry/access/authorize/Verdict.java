package belfry.access.authorize;

/** What came of asking all policies. */
public sealed interface Verdict {
    /** It may be done. */
    record Allowed() implements Verdict {}

    /**
     * It may not.
     *
     * @param by the kind of policy that decided: of several, only one is named
     * @param explicit whether a statement denies it, or merely none allows it
     */
    record Denied(PolicyKind by, boolean explicit) implements Verdict {
        /** As AWS ends its sentence (eventbridge-iam.md §6.4). */
        String reason(String action) {
            return explicit
                    ? "with an explicit deny in " + by.withArticle()
                    : "because no " + by.words() + " allows the " + action + " action";
        }
    }

    /** The kinds of policies, in the order in which their refusals are named. */
    enum PolicyKind {
        IDENTITY("an", "identity-based policy"),
        RESOURCE("a", "resource-based policy"),
        BOUNDARY("a", "permissions boundary"),
        SESSION("a", "session policy");

        private final String article;
        private final String words;

        PolicyKind(String article, String words) {
            this.article = article;
            this.words = words;
        }

        String words() {
            return words;
        }

        String withArticle() {
            return article + " " + words;
        }
    }
}
