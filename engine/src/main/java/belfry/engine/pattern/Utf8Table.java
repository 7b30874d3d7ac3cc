package belfry.engine.pattern;

import java.util.Arrays;
import java.util.List;

/** Texts by content: finds the index of the one that stands in some bytes, without making an object. */
final class Utf8Table {
    private final Utf8[] texts;
    private final int[] slots;
    private final int mask;

    /** All texts must differ. */
    Utf8Table(List<Utf8> texts) {
        this.texts = texts.toArray(Utf8[]::new);
        int size = Math.max(4, Integer.highestOneBit(texts.size() * 4));
        this.slots = new int[size];
        this.mask = size - 1;
        Arrays.fill(slots, -1);
        for (int i = 0; i < this.texts.length; i++) {
            byte[] bytes = this.texts[i].copy();
            int slot = hash(bytes, 0, bytes.length) & mask;
            while (slots[slot] >= 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = i;
        }
    }

    /** The index of the text that is exactly these bytes, or -1. */
    int indexOf(byte[] b, int from, int to) {
        int slot = hash(b, from, to) & mask;
        for (; slots[slot] >= 0; slot = (slot + 1) & mask) {
            if (texts[slots[slot]].is(b, from, to)) {
                return slots[slot];
            }
        }
        return -1;
    }

    /** Length, both ends and two bytes between tell names apart well enough. */
    private static int hash(byte[] b, int from, int to) {
        int length = to - from;
        if (length == 0) {
            return 0;
        }
        int hash = length;
        hash = hash * 31 + b[from];
        hash = hash * 31 + b[to - 1];
        hash = hash * 31 + b[from + length / 2];
        hash = hash * 31 + b[from + length / 4];
        return hash ^ (hash >>> 7);
    }
}
