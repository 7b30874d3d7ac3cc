package belfry.events;

import belfry.api.events.Tag;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tags of buses and rules. */
final class Tags {
    private static final int TAGS_MAX = 50;

    private Tags() {}

    static SortedMap<String, String> read(@Nullable List<Tag> tags) {
        return with(Map.of(), tags);
    }

    /** {@code before}, with {@code tags} put over it. */
    static SortedMap<String, String> with(Map<String, String> before, @Nullable List<Tag> tags) {
        SortedMap<String, String> map = new TreeMap<>(before);
        for (Tag tag : tags == null ? List.<Tag>of() : tags) {
            if (tag.key().regionMatches(true, 0, "aws:", 0, 4)) {
                throw Faults.invalid("Tag keys must not begin with aws:");
            }
            map.put(tag.key(), tag.value());
        }
        if (map.size() > TAGS_MAX) {
            throw Faults.limit();
        }
        return map;
    }

    static List<Tag> write(Map<String, String> map) {
        return map.entrySet().stream()
                .map(tag -> new Tag().key(tag.getKey()).value(tag.getValue()))
                .toList();
    }
}
