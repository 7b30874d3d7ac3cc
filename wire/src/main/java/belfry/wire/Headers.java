package belfry.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** HTTP header fields in their order; names compare without regard to case, and may repeat. Immutable. */
public final class Headers {
    private static final Headers EMPTY = new Headers(List.of());

    private final List<Map.Entry<String, String>> fields;

    private Headers(List<Map.Entry<String, String>> fields) {
        this.fields = fields;
    }

    public static Headers empty() {
        return EMPTY;
    }

    /** Names and values in turn. */
    public static Headers of(String... namesAndValues) {
        Builder builder = builder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            builder.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return builder.build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The first value, or null where the field is absent. */
    public @Nullable String first(String name) {
        for (Map.Entry<String, String> field : fields) {
            if (field.getKey().equalsIgnoreCase(name)) {
                return field.getValue();
            }
        }
        return null;
    }

    public String firstOr(String name, String otherwise) {
        return Objects.requireNonNullElse(first(name), otherwise);
    }

    public boolean has(String name) {
        return first(name) != null;
    }

    public List<String> all(String name) {
        List<String> values = new ArrayList<>();
        forEach((key, value) -> {
            if (key.equalsIgnoreCase(name)) {
                values.add(value);
            }
        });
        return values;
    }

    /** The field's value where it is a number that is not negative, else {@code otherwise}. */
    long length(String name, long otherwise) {
        String text = first(name);
        if (text == null
                || text.isEmpty()
                || text.length() > 18
                || !text.chars().allMatch(Character::isDigit)) {
            return otherwise;
        }
        return Long.parseLong(text);
    }

    public void forEach(BiConsumer<String, String> action) {
        fields.forEach(field -> action.accept(field.getKey(), field.getValue()));
    }

    public boolean isEmpty() {
        return fields.isEmpty();
    }

    /** These fields, with all of one name replaced by a single value, or removed where it is null. */
    public Headers with(String name, @Nullable String value) {
        Builder builder = builder();
        forEach((key, old) -> {
            if (!key.equalsIgnoreCase(name)) {
                builder.add(key, old);
            }
        });
        if (value != null) {
            builder.add(name, value);
        }
        return builder.build();
    }

    /** Names only: values may be credentials. */
    @Override
    public String toString() {
        return fields.stream()
                .map(f -> f.getKey().toLowerCase(Locale.ROOT))
                .toList()
                .toString();
    }

    /** Collects fields. */
    public static final class Builder {
        private final List<Map.Entry<String, String>> fields = new ArrayList<>();

        private Builder() {}

        public Builder add(String name, String value) {
            fields.add(Map.entry(name, value));
            return this;
        }

        public Headers build() {
            return new Headers(List.copyOf(fields));
        }
    }
}
