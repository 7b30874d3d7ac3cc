package belfry.access;

import belfry.api.iam.Tag;
import belfry.base.Json;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tags of users, roles and policies: kept as one JSON object of text; at most fifty, none of AWS's own. */
final class TagSet {
    private static final int MAX = 50;

    private final Map<String, String> tags = new LinkedHashMap<>();

    private TagSet() {}

    static TagSet read(String json) {
        TagSet set = new TagSet();
        set.tags.putAll(Json.texts(Json.parse(json)));
        return set;
    }

    /** The tags that something is made with. */
    static TagSet of(@Nullable List<Tag> given, String owner) {
        return new TagSet().add(given == null ? List.of() : given, owner);
    }

    /** @param owner what the quota is named after: User, Role, Policy */
    TagSet add(List<Tag> given, String owner) {
        Set<String> seen = new HashSet<>();
        for (Tag tag : given) {
            if (tag.key().toLowerCase(Locale.ROOT).startsWith("aws:")) {
                throw IamErrors.invalid("Tag keys beginning with aws: are reserved.");
            }
            if (!seen.add(tag.key().toLowerCase(Locale.ROOT))) {
                throw IamErrors.invalid("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
            }
            tags.put(tag.key(), tag.value());
        }
        if (tags.size() > MAX) {
            throw IamErrors.limit("TagsPer" + owner, MAX);
        }
        return this;
    }

    TagSet remove(List<String> keys) {
        keys.forEach(tags::remove);
        return this;
    }

    Map<String, String> map() {
        return Map.copyOf(tags);
    }

    List<Tag> shown() {
        return tags.entrySet().stream()
                .map(tag -> new Tag().key(tag.getKey()).value(tag.getValue()))
                .toList();
    }

    String json() {
        return Json.write(Json.texts(tags));
    }
}
