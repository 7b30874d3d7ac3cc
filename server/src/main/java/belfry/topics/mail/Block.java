package belfry.topics.mail;

import java.util.List;

/** A part of a {@link Document}. Texts are plain: the HTML rendering escapes them. */
public sealed interface Block {
    /** A sentence or more. */
    record Paragraph(String text) implements Block {}

    /**
     * A heading inside the document.
     *
     * @param anchor what a link ends with to lead here; empty where none does
     */
    record Heading(String text, String anchor) implements Block {
        public Heading(String text) {
            this(text, "");
        }
    }

    /** A few numbers that say at one look how big it is. */
    record Figures(List<Figure> figures) implements Block {
        public Figures {
            figures = List.copyOf(figures);
        }
    }

    /**
     * A number.
     *
     * @param label what is counted
     * @param remark what is special about it; empty where nothing is
     */
    record Figure(long number, String label, String remark) {}

    /** Links side by side. */
    record Links(List<Link> links) implements Block {
        public Links {
            links = List.copyOf(links);
        }
    }

    /** A link. */
    record Link(String label, String url) {}

    /** What to do, one after the other. */
    record Steps(List<Step> steps) implements Block {
        public Steps {
            steps = List.copyOf(steps);
        }
    }

    /**
     * One thing to do.
     *
     * @param command to paste; empty where there is none
     */
    record Step(String text, String command) {}

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

    /**
     * One happening: when, what, and the rest in small.
     *
     * @param url where more of it is seen; empty where nowhere
     */
    record Event(String when, Tag tag, String what, String detail, String url) {
        public Event(String when, String what, String detail) {
            this(when, Tag.NONE, what, detail, "");
        }
    }

    /** A word in its colour before what happened. */
    record Tag(String word, Tone tone) {
        /** No word. */
        public static final Tag NONE = new Tag("", Tone.PLAIN);
    }

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
