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

    private final Item[] items;
    private final byte[] symbolClass = new byte[SYMBOLS];
    private final int classes;
    private final BitSet[] accepts;
    private final BitSet seeds;
    private final Map<BitSet, Node> nodes = new HashMap<>();
    private final Node start;
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
            this.next = new Node[classes];
        }
    }

    static Regex compile(String source, int position) {
        return new Regex(new RegexParser(source, position).parse());
    }

    private Regex(List<List<Item>> alternatives) {
        items = alternatives.stream().flatMap(List::stream).toArray(Item[]::new);
        BitSet entry = new BitSet();
        int at = 0;
        for (List<Item> alternative : alternatives) {
            entry.set(at);
            at += alternative.size();
        }
        classes = partition();
        accepts = acceptsByClass();
        matchesEmpty = matched(close(entry, true, true));
        seeds = close(entry, false, false);
        start = node(close(entry, true, false));
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
        Node node = start;
        for (int i = from; i < to && !node.matched; i++) {
            int number = classOf(bytes[i]);
            if (number < 0) {
                continue;
            }
            Node next = node.next[number];
            if (next == null) {
                next = nodeOrFull(step(node.states, number));
                if (next == null) {
                    return findOnSets(node.states, bytes, i, to);
                }
                // Racy on purpose: nodes are immutable but for this cache, and every writer stores the same node.
                node.next[number] = next;
            }
            node = next;
        }
        return node.matched || node.matchedAtEnd;
    }

    private boolean findOnSets(BitSet states, byte[] bytes, int from, int to) {
        BitSet current = states;
        for (int i = from; i < to; i++) {
            int number = classOf(bytes[i]);
            if (number >= 0) {
                current = step(current, number);
                if (matched(current)) {
                    return true;
                }
            }
        }
        return matched(close(current, false, true));
    }

    private int classOf(byte b) {
        if (b >= 0) {
            return symbolClass[b] & 0xff;
        }
        return (b & 0xc0) == 0x80 ? -1 : symbolClass[OTHER] & 0xff;
    }
}
