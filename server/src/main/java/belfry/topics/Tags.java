package belfry.topics;

import belfry.api.sns.Tag;
import belfry.wire.ServiceException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A topic's tags. */
final class Tags {
    private static final int TAGS_MAX = 50;

    private Tags() {}

    static Map<String, String> read(@Nullable List<Tag> tags) {
        Map<String, String> map = new TreeMap<>();
        for (Tag tag : tags == null ? List.<Tag>of() : tags) {
            if (map.put(tag.key(), tag.value()) != null) {
                throw Faults.invalid("Duplicated keys are not allowed.");
            }
            if (tag.key().regionMatches(true, 0, "aws:", 0, 4)) {
                throw Faults.invalid("Tags Reason: aws: is a reserved prefix");
            }
        }
        return checked(map);
    }

    static Map<String, String> checked(Map<String, String> map) {
        if (map.size() > TAGS_MAX) {
            throw ServiceException.of(
                    "TagLimitExceeded", "Could not complete request: tag quota of per resource exceeded");
        }
        return map;
    }

    static List<Tag> write(Map<String, String> map) {
        return map.entrySet().stream()
                .map(tag -> new Tag().key(tag.getKey()).value(tag.getValue()))
                .toList();
    }
}
