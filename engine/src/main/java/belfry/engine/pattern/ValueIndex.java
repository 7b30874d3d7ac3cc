package belfry.engine.pattern;

import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** For each text that a property may have, the patterns that ask for it there; asked after the scan has found the property. */
final class ValueIndex {
    private final JsonPlan.Node node;
    private final Utf8Table texts;
    private final List<BitSet> patterns;

    ValueIndex(JsonPlan.Node node, Map<Utf8, BitSet> byText) {
        this.node = node;
        this.texts = new Utf8Table(List.copyOf(byText.keySet()));
        this.patterns = byText.keySet().stream().map(byText::get).toList();
    }

    /** Adds the patterns that ask for the text which the scan found; no other pattern of this index can match. */
    void addCandidates(byte[] b, int[] found, BitSet candidates) {
        int from = found[2 * node.slot()];
        int to = found[2 * node.slot() + 1];
        if (to == 0) {
            return;
        }
        int index;
        if (b[from] != '"') {
            index = texts.indexOf(b, from, to);
        } else if (Json.isPlain(b, from + 1, to - 1)) {
            index = texts.indexOf(b, from + 1, to - 1);
        } else {
            byte[] text = Json.decode(b, from + 1, to - 1);
            index = texts.indexOf(text, 0, text.length);
        }
        if (index >= 0) {
            candidates.or(patterns.get(index));
        }
    }
}
