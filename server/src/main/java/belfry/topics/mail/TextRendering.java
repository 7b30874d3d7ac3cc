package belfry.topics.mail;

import java.util.List;
import java.util.stream.Collectors;

/** A document as plain text: lines are not broken, for commands and links must survive. */
public final class TextRendering {
    private static final String RULE = "-".repeat(64);

    private TextRendering() {}

    public static String render(Document document) {
        return document.blocks().stream()
                        .map(TextRendering::block)
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining("\n\n"))
                + "\n";
    }

    private static String block(Block block) {
        return switch (block) {
            case Block.Paragraph paragraph -> paragraph.text();
            case Block.Heading heading -> RULE + "\n" + heading.text();
            case Block.Facts facts -> facts(facts.facts());
            case Block.Events events -> events(events);
            case Block.Code code -> code.text();
            case Block.Button button -> button.label() + ":\n" + button.url();
            case Block.PostButton button -> button.label() + ":\n" + button.url();
            case Block.Verbatim verbatim -> verbatim.verbatim();
            case Block.Footer footer -> "--\n" + footer.text() + (footer.url().isEmpty() ? "" : "\n" + footer.url());
        };
    }

    private static String facts(List<Block.Fact> facts) {
        int width = facts.stream().mapToInt(fact -> fact.label().length()).max().orElse(0) + 3;
        return facts.stream()
                .map(fact -> (fact.label() + ":"
                                + " ".repeat(width - fact.label().length() - 1)
                                + fact.value().replace("\n", "\n" + " ".repeat(width)))
                        .stripTrailing())
                .collect(Collectors.joining("\n"));
    }

    private static String events(Block.Events events) {
        String lines = events.events().stream()
                .map(event -> event.when() + "  " + event.what()
                        + (event.detail().isEmpty()
                                ? ""
                                : "\n    " + event.detail().replace("\n", "\n    ")))
                .collect(Collectors.joining("\n"));
        return events.more().isEmpty() ? lines : lines + "\n" + events.more();
    }
}
