package belfry.topics.mail;

/** How a document feels: its colour. White letters stand on it, so it is dark enough for them. */
public enum Tone {
    ALARM("#b42318"),
    GOOD("#187a4b"),
    QUIET("#475467"),
    PLAIN("#1f4e8c");

    private final String color;

    Tone(String color) {
        this.color = color;
    }

    String color() {
        return color;
    }
}
