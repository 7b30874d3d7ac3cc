package belfry.trail;

/** A record's {@code eventCategory}. */
public enum Category {
    MANAGEMENT("Management"),
    DATA("Data");

    private final String text;

    Category(String text) {
        this.text = text;
    }

    /** As the record spells it. */
    public String text() {
        return text;
    }

    static Category of(String text) {
        return text.equals(DATA.text) ? DATA : MANAGEMENT;
    }
}
