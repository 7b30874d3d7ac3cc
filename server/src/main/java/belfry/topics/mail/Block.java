package belfry.topics.mail;

import java.util.List;

/** A part of a {@link Document}. Texts are plain: the HTML rendering escapes them. */
public sealed interface Block {
    /** A sentence or more. */
    record Paragraph(String text) implements Block {}

    /** A heading inside the document. */
    record Heading(String text) implements Block {}

    /** Labels and values, as a table. */
    record Facts(List<Fact> facts) implements Block {
        public Facts {
            facts = List.copyOf(facts);
        }
    }

    /** A line of a table. */
    record Fact(String label, String value) {}

    /**
     * A list of happenings, one line or two each.
     *
     * @param more what follows the list, for example how many are left out; empty where nothing is
     */
    record Events(List<Event> events, String more) implements Block {
        public Events {
            events = List.copyOf(events);
        }
    }

    /** One happening: when, what, and the rest in small. */
    record Event(String when, String what, String detail) {}

    /** A command to paste, or text whose spaces matter. */
    record Code(String text) implements Block {}

    /** A link that is the thing to do next. */
    record Button(String label, String url) implements Block {}

    /** A button that changes something, so that following links does not; only on pages. */
    record PostButton(String label, String url) implements Block {}

    /**
     * A text from AWS that the plain rendering repeats letter by letter. The HTML rendering shows {@code lead} where it
     * stands and {@code sections} as tables at the end.
     *
     * @param verbatim the whole text
     * @param lead its first paragraph
     */
    record Verbatim(String verbatim, String lead, List<Section> sections) implements Block {
        public Verbatim {
            sections = List.copyOf(sections);
        }
    }

    /** A part of a verbatim text: its heading and its lines. */
    record Section(String heading, List<Fact> facts, List<String> lines) {
        public Section {
            facts = List.copyOf(facts);
            lines = List.copyOf(lines);
        }
    }

    /** What stands below all else, in small; a link may follow. */
    record Footer(String text, String linkLabel, String url) implements Block {}
}
