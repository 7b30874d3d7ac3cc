package belfry.engine.pattern;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The oracle's JSON reader: a tree, slowly and plainly. */
final class SlowJson {
    /** A value; numbers and literals keep their text. */
    sealed interface Value {
        record Text(String text) implements Value {}

        record Bare(String text) implements Value {}

        record Many(List<Value> items) implements Value {}

        record Fields(Map<String, Value> fields) implements Value {}
    }

    private static final class NotJson extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final String text;
    private int at;

    private SlowJson(String text) {
        this.text = text;
    }

    static Optional<Value> read(String text) {
        try {
            SlowJson reader = new SlowJson(text);
            Value value = reader.value();
            reader.blanks();
            return reader.at == text.length() ? Optional.of(value) : Optional.empty();
        } catch (NotJson _) {
            return Optional.empty();
        }
    }

    private Value value() {
        blanks();
        char c = peek();
        if (c == '"') {
            return new Value.Text(string());
        }
        if (c == '[') {
            at++;
            return new Value.Many(items());
        }
        if (c == '{') {
            at++;
            return new Value.Fields(fields());
        }
        int from = at;
        while (at < text.length() && "+-.0123456789eEtrufalsn".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String bare = text.substring(from, at);
        if (!bare.matches("true|false|null|-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
            throw new NotJson();
        }
        return new Value.Bare(bare);
    }

    private List<Value> items() {
        List<Value> items = new ArrayList<>();
        blanks();
        if (taken(']')) {
            return items;
        }
        do {
            items.add(value());
            blanks();
        } while (taken(','));
        expect(']');
        return items;
    }

    private Map<String, Value> fields() {
        Map<String, Value> fields = new LinkedHashMap<>();
        blanks();
        if (taken('}')) {
            return fields;
        }
        do {
            blanks();
            if (peek() != '"') {
                throw new NotJson();
            }
            String key = string();
            blanks();
            expect(':');
            fields.put(key, value());
            blanks();
        } while (taken(','));
        expect('}');
        return fields;
    }

    private String string() {
        StringBuilder value = new StringBuilder();
        expect('"');
        while (!taken('"')) {
            char c = peek();
            at++;
            if (c < ' ') {
                throw new NotJson();
            }
            value.append(c == '\\' ? escape() : c);
        }
        return value.toString();
    }

    private char escape() {
        char c = peek();
        at++;
        int simple = "\"\\/bfnrt".indexOf(c);
        if (simple >= 0) {
            return "\"\\/\b\f\n\r\t".charAt(simple);
        }
        if (c != 'u' || at + 4 > text.length() || !text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
            throw new NotJson();
        }
        at += 4;
        return (char) Integer.parseInt(text.substring(at - 4, at), 16);
    }

    private void blanks() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw new NotJson();
        }
        return text.charAt(at);
    }

    private boolean taken(char expected) {
        boolean here = peek() == expected;
        at += here ? 1 : 0;
        return here;
    }

    private void expect(char expected) {
        if (!taken(expected)) {
            throw new NotJson();
        }
    }
}
