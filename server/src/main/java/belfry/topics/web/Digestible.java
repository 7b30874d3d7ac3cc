package belfry.topics.web;

import belfry.topics.mail.Block;
import belfry.topics.mail.Document;
import belfry.topics.mail.Tone;
import java.util.ArrayList;
import java.util.List;

/**
 * A document in the few parts that every chat system can show: headings and paragraphs, labels with values, links.
 *
 * @param paragraphs headings among them, in their order
 */
record Digestible(
        Tone tone,
        String label,
        String title,
        List<String> paragraphs,
        List<Block.Fact> facts,
        List<Block.Link> links) {
    Digestible {
        paragraphs = List.copyOf(paragraphs);
        facts = List.copyOf(facts);
        links = List.copyOf(links);
    }

    static Digestible of(Document document) {
        List<String> paragraphs = new ArrayList<>();
        List<Block.Fact> facts = new ArrayList<>();
        List<Block.Link> links = new ArrayList<>();
        for (Block block : document.blocks()) {
            switch (block) {
                case Block.Paragraph paragraph -> paragraphs.add(paragraph.text());
                case Block.Heading heading -> paragraphs.add(heading.text());
                case Block.Verbatim verbatim -> paragraphs.add(verbatim.lead());
                case Block.Code code -> paragraphs.add(code.text());
                case Block.Footer footer -> paragraphs.add(footer.text());
                case Block.Facts some -> facts.addAll(some.facts());
                case Block.Figures figures ->
                    figures.figures().forEach(one -> facts.add(new Block.Fact(one.label(), number(one))));
                case Block.Events events ->
                    events.events()
                            .forEach(one ->
                                    paragraphs.add((one.when() + " " + one.tag().word()).strip() + " " + one.what()
                                            + " " + one.detail()));
                case Block.Steps steps ->
                    steps.steps().forEach(step -> paragraphs.add((step.text() + " " + step.command()).strip()));
                case Block.Links some -> links.addAll(some.links());
                case Block.Button button -> links.add(new Block.Link(button.label(), button.url()));
                case Block.PostButton button -> links.add(new Block.Link(button.label(), button.url()));
            }
        }
        paragraphs.removeIf(String::isBlank);
        return new Digestible(document.tone(), document.label(), document.title(), paragraphs, facts, links);
    }

    private static String number(Block.Figure figure) {
        return figure.remark().isEmpty()
                ? String.valueOf(figure.number())
                : figure.number() + " (" + figure.remark() + ")";
    }

    /** At most {@code max} letters, no half of a pair. */
    static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(max - 2)) ? max - 2 : max - 1;
        return text.substring(0, end) + "…";
    }
}
