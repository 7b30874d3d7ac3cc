package belfry.engine.pattern;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A compiled regex of the CloudWatch Logs subset (filter-patterns.md §3), with find semantics on UTF-8 bytes.
 *
 * <p>Without groups a regex is a list of alternatives, each a list of items, so its automaton is a line per alternative:
 * state <i>i</i> stands before item <i>i</i>. Matching walks a deterministic automaton built lazily from sets of these
 * states; when that would grow over {@link #MAX_DFA_STATES}, the rest of the line is walked on the sets themselves. Both are
 * linear in the line: every byte is looked at once. The pattern can tell apart ASCII characters only, so any longer
 * character is one symbol, and its continuation bytes are none.
 */
final class Regex {
    static final int SYMBOLS = 129;
    static final int OTHER = 128;
    private static final int MAX_DFA_STATES = 500;

    private static final int MAX_NEEDED = 3;

    private final List<Utf8> needed;
    private final Item[] items;
    private final byte[] symbolClass = new byte[SYMBOLS];
    private final short[] byteClass = new short[256];
    private final int classes;
    private final BitSet[] accepts;
    private final BitSet seeds;
    private final Map<BitSet, Node> nodes = new HashMap<>();
    private final Node start;
    /** Where the walk is while nothing has begun. */
    private final Node rest;

    private final boolean[] leavesRest = new boolean[256];
    private final boolean matchesEmpty;

    /** One step of an alternative; {@code symbols} is null for the markers. */
    record Item(Kind kind, @Nullable BitSet symbols) {
        enum Kind {
            ONE,
            OPTIONAL,
            MANY,
            BEGIN,
            END,
            MATCH
        }
    }

    private static final class Node {
        final BitSet states;
        final boolean matched;
        final boolean matchedAtEnd;
        final @Nullable Node[] next;

        Node(BitSet states, boolean matched, boolean matchedAtEnd, int classes) {
            this.states = states;
            this.matched = matched;
            this.matchedAtEnd = matchedAtEnd;
            this.next = new Node[classes + 1];
        }
    }

    static Regex compile(String source, int position) {
        return new Regex(new RegexParser(source, position).parse());
    }

    private Regex(List<List<Item>> alternatives) {
        needed = alternatives.size() > MAX_NEEDED ? List.of() : needed(alternatives);
        items = alternatives.stream().flatMap(List::stream).toArray(Item[]::new);
        BitSet entry = new BitSet();
        int at = 0;
        for (List<Item> alternative : alternatives) {
            entry.set(at);
            at += alternative.size();
        }
        classes = partition();
        numberBytes();
        accepts = acceptsByClass();
        matchesEmpty = matched(close(entry, true, true));
        seeds = close(entry, false, false);
        start = node(close(entry, true, false));
        rest = node(seeds);
        for (int b = 0; b < 256; b++) {
            int number = byteClass[b];
            leavesRest[b] = number < classes && !step(seeds, number).equals(seeds);
        }
    }

    /** Texts of which one must occur for a match; empty if nothing is certain. */
    List<Utf8> needed() {
        return needed;
    }

    /** Whether one of the texts that a match needs is there; true if nothing of two characters is certain. */
    private boolean hasNeeded(byte[] bytes, int from, int to) {
        for (int i = 0; i < needed.size(); i++) {
            if (needed.get(i).occursIn(bytes, from, to)) {
                return true;
            }
        }
        return needed.isEmpty();
    }

    private static List<Utf8> needed(List<List<Item>> alternatives) {
        List<String> texts = alternatives.stream().map(Regex::longestText).toList();
        boolean useful = texts.stream().allMatch(text -> text.length() > 1);
        return useful ? texts.stream().map(Utf8::of).toList() : List.of();
    }

    /** The longest run of items that each stand for one certain ASCII character. */
    private static String longestText(List<Item> alternative) {
        String longest = "";
        StringBuilder run = new StringBuilder();
        for (Item item : alternative) {
            BitSet symbols = item.symbols();
            boolean certain = item.kind() == Item.Kind.ONE
                    && symbols != null
                    && symbols.cardinality() == 1
                    && !symbols.get(OTHER);
            if (certain && symbols != null) {
                run.append((char) symbols.nextSetBit(0));
            } else {
                run.setLength(0);
            }
            longest = run.length() > longest.length() ? run.toString() : longest;
        }
        return longest;
    }

    /** Gives every symbol the number of its class: symbols that no item tells apart share one. */
    private int partition() {
        Map<BitSet, Integer> numbers = new HashMap<>();
        for (int symbol = 0; symbol < SYMBOLS; symbol++) {
            BitSet signature = new BitSet();
            for (int i = 0; i < items.length; i++) {
                BitSet symbols = items[i].symbols();
                signature.set(i, symbols != null && symbols.get(symbol));
            }
            symbolClass[symbol] = (byte) (int) numbers.computeIfAbsent(signature, s -> numbers.size());
        }
        return numbers.size();
    }

    private BitSet[] acceptsByClass() {
        BitSet[] byClass = new BitSet[classes];
        for (int symbol = 0; symbol < SYMBOLS; symbol++) {
            BitSet accepting = new BitSet();
            for (int i = 0; i < items.length; i++) {
                BitSet symbols = items[i].symbols();
                accepting.set(i, symbols != null && symbols.get(symbol));
            }
            byClass[symbolClass[symbol] & 0xff] = accepting;
        }
        return byClass;
    }

    /** All states reachable without reading. END stays in the set until the end is known. */
    private BitSet close(BitSet from, boolean atBegin, boolean atEnd) {
        BitSet closed = (BitSet) from.clone();
        // Every move without reading goes to the next state, so one pass from left to right is enough.
        for (int i = closed.nextSetBit(0); i >= 0; i = closed.nextSetBit(i + 1)) {
            boolean pass = switch (items[i].kind()) {
                case OPTIONAL, MANY -> true;
                case BEGIN -> atBegin;
                case END -> atEnd;
                case ONE, MATCH -> false;
            };
            if (pass) {
                closed.set(i + 1);
            }
        }
        return closed;
    }

    private boolean matched(BitSet states) {
        for (int i = states.nextSetBit(0); i >= 0; i = states.nextSetBit(i + 1)) {
            if (items[i].kind() == Item.Kind.MATCH) {
                return true;
            }
        }
        return false;
    }

    private BitSet step(BitSet states, int symbolClassNumber) {
        BitSet moving = (BitSet) states.clone();
        moving.and(accepts[symbolClassNumber]);
        BitSet after = new BitSet(items.length);
        for (int i = moving.nextSetBit(0); i >= 0; i = moving.nextSetBit(i + 1)) {
            after.set(items[i].kind() == Item.Kind.MANY ? i : i + 1);
        }
        BitSet closed = close(after, false, false);
        closed.or(seeds);
        return closed;
    }

    private synchronized @Nullable Node nodeOrFull(BitSet states) {
        return nodes.size() < MAX_DFA_STATES || nodes.containsKey(states) ? node(states) : null;
    }

    private Node node(BitSet states) {
        return nodes.computeIfAbsent(states, s -> new Node(s, matched(s), matched(close(s, false, true)), classes));
    }

    /** Whether the regex is found somewhere in the bytes. */
    boolean find(byte[] bytes, int from, int to) {
        if (from == to) {
            return matchesEmpty;
        }
        return hasNeeded(bytes, from, to) && walk(bytes, from, to);
    }

    private boolean walk(byte[] bytes, int from, int to) {
        Node node = start;
        for (int i = from; i < to && !node.matched; i++) {
            if (node == rest) {
                i = skipRest(bytes, i, to);
                if (i == to) {
                    break;
                }
            }
            Node next = node.next[byteClass[bytes[i] & 0xff]];
            if (next == null) {
                next = grow(node, byteClass[bytes[i] & 0xff]);
                if (next == null) {
                    return findOnSets(node.states, bytes, i, to);
                }
            }
            node = next;
        }
        return node.matched || node.matchedAtEnd;
    }

    /** Skips the bytes that begin nothing: most of most lines. */
    private int skipRest(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && !leavesRest[bytes[i] & 0xff]) {
            i++;
        }
        return i;
    }

    /** The node behind a byte, made now; null when there are too many. */
    private @Nullable Node grow(Node node, int number) {
        Node next = number == classes ? node : nodeOrFull(step(node.states, number));
        // Racy on purpose: nodes are immutable but for this cache, and every writer stores the same node.
        node.next[number] = next;
        return next;
    }

    private boolean findOnSets(BitSet states, byte[] bytes, int from, int to) {
        BitSet current = states;
        for (int i = from; i < to; i++) {
            int number = byteClass[bytes[i] & 0xff];
            if (number < classes) {
                current = step(current, number);
                if (matched(current)) {
                    return true;
                }
            }
        }
        return matched(close(current, false, true));
    }

    /** ASCII bytes and first bytes of longer characters have their symbol's class; continuation bytes the last, which stays. */
    private void numberBytes() {
        for (int b = 0; b < 256; b++) {
            boolean continuation = (b & 0xc0) == 0x80;
            byteClass[b] = (short) (continuation ? classes : symbolClass[Math.min(b, OTHER)] & 0xff);
        }
    }
}
