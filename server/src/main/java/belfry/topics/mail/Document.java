package belfry.topics.mail;

import java.util.ArrayList;
import java.util.List;

/**
 * What a mail or page says, rendered as text by {@link TextRendering} and as HTML by {@link HtmlRendering}.
 *
 * @param label what kind of thing it is, in a word or two: {@code ALARM}
 * @param title what it is about: the alarm's name
 * @param preview what mail programs show beside the subject; empty where the beginning of the text will do
 */
public record Document(Tone tone, String label, String title, String preview, List<Block> blocks) {
    public Document {
        blocks = List.copyOf(blocks);
    }

    /** A document without a preview of its own. */
    public Document(Tone tone, String label, String title, List<Block> blocks) {
        this(tone, label, title, "", blocks);
    }

    /** The same document with one more block at its end. */
    public Document with(Block block) {
        List<Block> more = new ArrayList<>(blocks);
        more.add(block);
        return new Document(tone, label, title, preview, more);
    }
}
