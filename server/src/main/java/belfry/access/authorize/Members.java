package belfry.access.authorize;

import belfry.wire.Member;
import belfry.wire.Shape;
import belfry.wire.Struct;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request's members by their names in the service's description; {@code Targets.RoleArn} reaches into lists. */
public final class Members {
    private static final Members NONE = new Members(null, null);

    private final @Nullable Shape shape;
    private final @Nullable Struct struct;

    private Members(@Nullable Shape shape, @Nullable Struct struct) {
        this.shape = shape;
        this.struct = struct;
    }

    /** The members of {@code struct}, none where it is null. */
    static Members of(@Nullable Shape shape, @Nullable Struct struct) {
        return shape == null || struct == null ? NONE : new Members(shape, struct);
    }

    /** Whether the request says anything there: false, empty lists and empty maps say nothing. */
    boolean has(String path) {
        return values(path).stream().anyMatch(Members::says) || !entries(path).isEmpty();
    }

    /** The text, number or flag at the path; empty where there is none. */
    public Optional<String> text(String path) {
        return texts(path).stream().findFirst();
    }

    /** All texts, numbers and flags at the path. */
    public List<String> texts(String path) {
        List<String> texts = new ArrayList<>();
        for (Object value : values(path)) {
            if (value instanceof String
                    || value instanceof Number
                    || value instanceof Boolean
                    || value instanceof Instant) {
                texts.add(value.toString());
            }
        }
        return texts;
    }

    /** The bytes at the path. */
    public Optional<byte[]> bytes(String path) {
        return values(path).stream()
                .filter(byte[].class::isInstance)
                .map(byte[].class::cast)
                .findFirst();
    }

    /** The map at the path, as texts. */
    Map<String, String> entries(String path) {
        Map<String, String> entries = new LinkedHashMap<>();
        if (raw(path) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> entries.put(String.valueOf(key), String.valueOf(value)));
        }
        return entries;
    }

    /** The structures in the list at the path. */
    List<Members> items(String path) {
        List<Members> items = new ArrayList<>();
        Member member = shape == null ? null : shape.member(path);
        if (member != null && raw(path) instanceof List<?> list) {
            for (Object item : list) {
                if (item instanceof Struct element) {
                    items.add(Members.of(member.target().element().target(), element));
                }
            }
        }
        return items;
    }

    private List<Object> values(String path) {
        int dot = path.indexOf('.');
        if (dot >= 0) {
            List<Object> all = new ArrayList<>();
            items(path.substring(0, dot)).forEach(item -> all.addAll(item.values(path.substring(dot + 1))));
            return all;
        }
        Object value = raw(path);
        if (value instanceof List<?> list) {
            return new ArrayList<>(list);
        }
        return value == null ? List.of() : List.of(value);
    }

    private @Nullable Object raw(String name) {
        Member member = shape == null ? null : shape.member(name);
        return member == null || struct == null ? null : struct.getAt(member.index());
    }

    private static boolean says(Object value) {
        return !Boolean.FALSE.equals(value) && !"".equals(value) && !(value instanceof Map<?, ?>);
    }
}
