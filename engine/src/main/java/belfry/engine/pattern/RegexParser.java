package belfry.engine.pattern;

import belfry.engine.pattern.Regex.Item;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Reads the regex subset: letters, digits, some symbols, {@code ^ $ ? [] {m,n} | \ * + .}; no groups, ASCII only. */
final class RegexParser {
    /** A larger count is refused; the automaton has a state for each repetition. */
    static final int MAX_REPEAT = 1000;
    /** A larger automaton is refused, so that matching stays cheap on every line. */
    static final int MAX_ITEMS = 4000;

    private static final String SYMBOLS = ":_#=@/;,- ";
    private static final String OPERATORS = "^$?[]{}|\\*+.";
    private static final int UNBOUNDED = -1;

    private final Cursor in;
    private final String source;
    private final int position;
    private int size;

    RegexParser(String source, int position) {
        this.in = new Cursor(source, 0, source.length());
        this.source = source;
        this.position = position;
    }

    List<List<Item>> parse() {
        for (int i = 0; i < source.length(); i++) {
            if (!allowed(source.charAt(i))) {
                throw PatternException.characters(position + i, source);
            }
        }
        if (source.isEmpty()) {
            throw syntax("The regex is empty");
        }
        List<List<Item>> alternatives = new ArrayList<>();
        do {
            alternatives.add(alternative());
        } while (in.take("|"));
        return alternatives;
    }

    private static boolean allowed(char c) {
        return Cursor.isAsciiAlphanumeric(c) || SYMBOLS.indexOf(c) >= 0 || OPERATORS.indexOf(c) >= 0;
    }

    private List<Item> alternative() {
        List<Item> items = new ArrayList<>();
        while (!in.done() && in.peek() != '|') {
            char c = in.next();
            switch (c) {
                case '^' -> items.add(new Item(Item.Kind.BEGIN, null));
                case '$' -> items.add(new Item(Item.Kind.END, null));
                case '*', '+', '?', '{' -> throw syntax("Nothing to repeat before " + c);
                default -> repeated(atom(c), items);
            }
        }
        items.add(new Item(Item.Kind.MATCH, null));
        size += items.size();
        if (size > MAX_ITEMS) {
            throw syntax("The regex repeats too much");
        }
        return items;
    }

    private BitSet atom(char c) {
        return switch (c) {
            case '.' -> all();
            case '[' -> characterClass();
            case '\\' -> escape();
            default -> only(c);
        };
    }

    private void repeated(BitSet atom, List<Item> items) {
        switch (in.peek()) {
            case '?', '*', '+' -> {
                char quantifier = in.next();
                add(atom, quantifier == '+' ? 1 : 0, quantifier == '?' ? 1 : UNBOUNDED, items);
            }
            case '{' -> {
                in.next();
                counted(atom, items);
            }
            default -> {
                items.add(new Item(Item.Kind.ONE, atom));
                return;
            }
        }
        // A lazy quantifier finds in the same lines as a greedy one.
        in.take("?");
        if (in.peek() == '*' || in.peek() == '+' || in.peek() == '?' || in.peek() == '{') {
            throw syntax("A repetition cannot be repeated");
        }
    }

    private void counted(BitSet atom, List<Item> items) {
        String low = digits();
        boolean range = in.take(",");
        String high = range ? digits() : low;
        if (!in.take("}") || (low.isEmpty() && high.isEmpty())) {
            throw syntax("A count is {m}, {m,}, {,n} or {m,n}");
        }
        int min = low.isEmpty() ? 0 : count(low);
        int max = high.isEmpty() ? UNBOUNDED : count(high);
        if (max != UNBOUNDED && max < min) {
            throw syntax("The count's end is below its start");
        }
        add(atom, min, max, items);
    }

    private void add(BitSet atom, int min, int max, List<Item> items) {
        for (int i = 0; i < min; i++) {
            items.add(new Item(Item.Kind.ONE, atom));
        }
        if (max == UNBOUNDED) {
            items.add(new Item(Item.Kind.MANY, atom));
        }
        for (int i = min; i < max; i++) {
            items.add(new Item(Item.Kind.OPTIONAL, atom));
        }
    }

    private String digits() {
        StringBuilder digits = new StringBuilder();
        while (isDigit(in.peek())) {
            digits.append(in.next());
        }
        return digits.toString();
    }

    private int count(String digits) {
        int value = digits.length() > 4 ? MAX_REPEAT + 1 : Integer.parseInt(digits);
        if (value > MAX_REPEAT) {
            throw syntax("A count is at most " + MAX_REPEAT);
        }
        return value;
    }

    private BitSet characterClass() {
        boolean negated = in.take("^");
        BitSet symbols = new BitSet();
        if (in.peek() == ']') {
            throw syntax("A character class is empty");
        }
        while (!in.take("]")) {
            BitSet first = classMember();
            boolean range = in.peek() == '-' && source.length() > in.at() + 1 && source.charAt(in.at() + 1) != ']';
            if (range) {
                in.next();
                addRange(symbols, first, classMember());
            } else {
                symbols.or(first);
            }
        }
        if (negated) {
            symbols.flip(0, Regex.SYMBOLS);
        }
        return symbols;
    }

    private BitSet classMember() {
        if (in.done()) {
            throw syntax("A character class is not closed");
        }
        char c = in.next();
        return c == '\\' ? escape() : only(c);
    }

    private void addRange(BitSet symbols, BitSet first, BitSet last) {
        if (first.cardinality() != 1 || last.cardinality() != 1 || first.nextSetBit(0) > last.nextSetBit(0)) {
            throw syntax("A range goes from one character to a later one");
        }
        symbols.set(first.nextSetBit(0), last.nextSetBit(0) + 1);
    }

    private BitSet escape() {
        if (in.done()) {
            throw syntax("The regex ends with a backslash");
        }
        char c = in.next();
        return switch (c) {
            case 'd' -> digitSymbols();
            case 'D' -> not(digitSymbols());
            case 's' -> spaceSymbols();
            case 'S' -> not(spaceSymbols());
            case 'w' -> wordSymbols();
            case 'W' -> not(wordSymbols());
            case 'x' -> hexadecimal();
            default -> {
                if (Cursor.isAsciiAlphanumeric(c)) {
                    throw PatternException.characters(position + in.at() - 1, source);
                }
                yield only(c);
            }
        };
    }

    private BitSet hexadecimal() {
        int high = in.done() ? -1 : Character.digit(in.next(), 16);
        int low = in.done() ? -1 : Character.digit(in.next(), 16);
        if (high < 0 || low < 0 || high > 7) {
            throw syntax("\\x takes two hexadecimal digits of an ASCII character");
        }
        return only((char) (high * 16 + low));
    }

    private static BitSet only(char c) {
        BitSet symbols = new BitSet();
        symbols.set(c);
        return symbols;
    }

    private static BitSet all() {
        BitSet symbols = new BitSet();
        symbols.set(0, Regex.SYMBOLS);
        return symbols;
    }

    private static BitSet not(BitSet symbols) {
        symbols.flip(0, Regex.SYMBOLS);
        return symbols;
    }

    private static BitSet digitSymbols() {
        BitSet symbols = new BitSet();
        symbols.set('0', '9' + 1);
        return symbols;
    }

    private static BitSet spaceSymbols() {
        BitSet symbols = only(' ');
        symbols.set('\t');
        symbols.set('\n');
        return symbols;
    }

    private static BitSet wordSymbols() {
        BitSet symbols = digitSymbols();
        symbols.set('a', 'z' + 1);
        symbols.set('A', 'Z' + 1);
        symbols.set('_');
        return symbols;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private PatternException syntax(String detail) {
        return PatternException.syntax(position + in.at(), detail);
    }
}
