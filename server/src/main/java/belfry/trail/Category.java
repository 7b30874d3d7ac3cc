package belfry.trail;

/** A record's {@code eventCategory}. */
public enum Category {
    MANAGEMENT("Management"),
    DATA("Data"),
    INSIGHT("Insight");

    private final String text;

    Category(String text) {
        this.text = text;
    }

    /** As the record spells it. */
    public String text() {
        return text;
    }

    static Category of(String text) {
        for (Category category : values()) {
            if (category.text.equals(text)) {
                return category;
            }
        }
        throw new IllegalArgumentException("no category: " + text);
    }
}
