package belfry.topics.mail;

import belfry.base.Printable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A document as plain text: lines are not broken, for commands and links must survive. No
 * character in it acts on a terminal or turns the direction of the text.
 */
public final class TextRendering {
    private static final String RULE = "-".repeat(64);

    private TextRendering() {}

    public static String render(Document document) {
        String text = document.blocks().stream()
                        .map(TextRendering::block)
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining("\n\n"))
                + "\n";
        return Printable.lines(text);
    }

    private static String block(Block block) {
        return switch (block) {
            case Block.Paragraph paragraph -> paragraph.text();
            case Block.Heading heading -> RULE + "\n" + heading.text();
            case Block.Facts facts -> facts(facts.facts());
            case Block.Figures figures -> figures(figures.figures());
            case Block.Links links ->
                links.links().stream()
                        .map(link -> link.label() + ": " + link.url())
                        .collect(Collectors.joining("\n"));
            case Block.Steps steps ->
                steps.steps().stream().map(TextRendering::step).collect(Collectors.joining("\n"));
            case Block.Events events -> events(events);
            case Block.Code code -> code.text();
            case Block.Button button -> button.label() + ":\n" + button.url();
            case Block.PostButton button -> button.label() + ":\n" + button.url();
            case Block.Verbatim verbatim -> verbatim.verbatim();
            case Block.Footer footer -> "--\n" + footer.text() + (footer.url().isEmpty() ? "" : "\n" + footer.url());
        };
    }

    /** Numbers in one line: {@code 200 events  |  1 principal (new)}. */
    public static String figures(List<Block.Figure> figures) {
        return figures.stream().map(TextRendering::figure).collect(Collectors.joining("  |  "));
    }

    private static String figure(Block.Figure figure) {
        return figure.number() + " " + figure.label() + (figure.remark().isEmpty() ? "" : " (" + figure.remark() + ")");
    }

    private static String step(Block.Step step) {
        return "- " + step.text() + (step.command().isEmpty() ? "" : "\n    " + step.command());
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
        String lines = events.events().stream().map(TextRendering::event).collect(Collectors.joining("\n"));
        return events.more().isEmpty() ? lines : lines + "\n" + events.more();
    }

    private static String event(Block.Event event) {
        String word = event.tag().word();
        return event.when() + "  " + (word.isEmpty() ? "" : word + "  ") + event.what()
                + (event.detail().isEmpty() ? "" : "\n    " + event.detail().replace("\n", "\n    "))
                + (event.url().isEmpty() ? "" : "\n    " + event.url());
    }
}
