package belfry.engine.pattern;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A space-delimited pattern {@code [ … ]}: slots, with at most one {@code ...} between {@code head} and {@code tail}. */
record FieldsForm(List<FieldSlot> head, List<FieldSlot> tail, boolean open, int regexCount) implements Form {
    FieldsForm {
        head = List.copyOf(head);
        tail = List.copyOf(tail);
    }

    @Override
    public FilterPattern.Kind kind() {
        return FilterPattern.Kind.SPACE_DELIMITED;
    }

    @Override
    public boolean matches(byte[] b, int from, int to) {
        return matches(b, Fields.split(b, from, to));
    }

    /** Matches a line that has been split. */
    boolean matches(byte[] b, Fields fields) {
        return fits(fields) && accepts(head, 0, b, fields) && accepts(tail, fields.count() - tail.size(), b, fields);
    }

    private boolean fits(Fields fields) {
        int slots = head.size() + tail.size();
        return open ? fields.count() >= slots : fields.count() == slots;
    }

    private static boolean accepts(List<FieldSlot> slots, int first, byte[] b, Fields fields) {
        for (int i = 0; i < slots.size(); i++) {
            if (!slots.get(i).accepts(b, fields.from(first + i), fields.to(first + i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Map<String, String> extract(byte[] b, int from, int to) {
        Fields fields = Fields.split(b, from, to);
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < fields.count(); i++) {
            String name = nameOf(i, fields.count());
            values.putIfAbsent(name.isEmpty() ? "$" + (i + 1) : "$" + name, fields.text(b, i));
        }
        return Collections.unmodifiableMap(values);
    }

    private String nameOf(int field, int count) {
        if (field < head.size()) {
            return head.get(field).name();
        }
        int fromEnd = count - field;
        return fromEnd <= tail.size() ? tail.get(tail.size() - fromEnd).name() : "";
    }

    @Override
    public Set<String> selectors() {
        Set<String> selectors = new LinkedHashSet<>();
        head.forEach(slot -> addSelector(slot, selectors));
        tail.forEach(slot -> addSelector(slot, selectors));
        return Collections.unmodifiableSet(selectors);
    }

    private static void addSelector(FieldSlot slot, Set<String> selectors) {
        if (!slot.name().isEmpty()) {
            selectors.add("$" + slot.name());
        }
    }

    @Override
    public Extractor extractor(String selector) {
        if (!selector.startsWith("$") || selector.length() < 2) {
            throw PatternException.syntax(0, "A field's selector is $name or $position");
        }
        String name = selector.substring(1);
        int inHead = indexOf(head, name);
        int inTail = indexOf(tail, name);
        if (inHead >= 0) {
            return positioned(selector, inHead);
        }
        if (inTail >= 0) {
            return new Extractor(selector, (b, from, to) -> {
                Fields fields = Fields.split(b, from, to);
                int field = fields.count() - tail.size() + inTail;
                return field >= 0 ? fields.text(b, field) : null;
            });
        }
        boolean position =
                name.length() <= 6 && name.chars().allMatch(c -> c >= '0' && c <= '9') && !name.startsWith("0");
        if (!position) {
            throw PatternException.syntax(0, "The pattern has no field named " + selector);
        }
        return positioned(selector, Integer.parseInt(name) - 1);
    }

    private static Extractor positioned(String selector, int field) {
        return new Extractor(selector, (b, from, to) -> {
            Fields fields = Fields.split(b, from, to);
            return field < fields.count() ? fields.text(b, field) : null;
        });
    }

    private static int indexOf(List<FieldSlot> slots, String name) {
        for (int i = 0; i < slots.size(); i++) {
            if (slots.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
