package belfry.access;

/** What policies are attached to. */
enum EntityKind {
    USER("user", "User", "AIDA"),
    ROLE("role", "Role", "AROA"),
    GROUP("group", "Group", "AGPA");

    private final String word;
    private final String title;
    private final String idPrefix;

    EntityKind(String word, String title, String idPrefix) {
        this.word = word;
        this.title = title;
        this.idPrefix = idPrefix;
    }

    /** As it stands in ARNs and error texts. */
    String word() {
        return word;
    }

    /** The word with a capital letter, as quotas are named. */
    String title() {
        return title;
    }

    String idPrefix() {
        return idPrefix;
    }
}
