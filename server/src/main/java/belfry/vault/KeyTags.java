package belfry.vault;

import belfry.api.kms.ListResourceTagsRequest;
import belfry.api.kms.ListResourceTagsResponse;
import belfry.api.kms.Tag;
import belfry.api.kms.TagResourceRequest;
import belfry.api.kms.UntagResourceRequest;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.NoOutput;
import belfry.wire.ServiceException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tags of keys: at most fifty, none of AWS's own. */
final class KeyTags {
    private static final int MAX = 50;
    private static final int PAGE = 50;

    private KeyTags() {}

    /** The tags that a key is made with, as they are kept. */
    static String initial(@Nullable List<Tag> given) {
        Map<String, String> tags = new LinkedHashMap<>();
        putAll(tags, given == null ? List.of() : given);
        return Tags.write(tags);
    }

    static NoOutput add(Tx tx, TagResourceRequest in, Call call) {
        Key key = changeable(tx, in.keyId(), "TagResource", call);
        Map<String, String> tags = Tags.read(key.tags());
        putAll(tags, in.tags());
        KeyTable.setTags(tx, key, Tags.write(tags));
        return NoOutput.INSTANCE;
    }

    static NoOutput remove(Tx tx, UntagResourceRequest in, Call call) {
        Key key = changeable(tx, in.keyId(), "UntagResource", call);
        Map<String, String> tags = Tags.read(key.tags());
        in.tagKeys().forEach(tags::remove);
        KeyTable.setTags(tx, key, Tags.write(tags));
        return NoOutput.INSTANCE;
    }

    static ListResourceTagsResponse list(Tx tx, ListResourceTagsRequest in, Call call) {
        Key key = Named.key(tx, call, in.keyId());
        int limit = in.limit() == null ? PAGE : in.limit();
        String after = in.marker() == null ? "" : KmsPage.after(in.marker());
        List<Tag> page = new ArrayList<>();
        new TreeMap<>(Tags.read(key.tags()))
                .tailMap(after, false)
                .forEach((name, value) -> page.add(new Tag().tagKey(name).tagValue(value)));
        boolean more = page.size() > limit;
        List<Tag> shown = more ? page.subList(0, limit) : page;
        return new ListResourceTagsResponse()
                .tags(shown)
                .truncated(more)
                .nextMarker(more ? Marker.after(shown.getLast().tagKey()) : null);
    }

    private static Key changeable(Tx tx, String keyId, String action, Call call) {
        Key key = Named.ownKey(tx, call, keyId, action);
        if (key.state() == KeyState.PENDING_DELETION) {
            throw KmsErrors.pendingDeletion(key);
        }
        return key;
    }

    private static void putAll(Map<String, String> tags, List<Tag> given) {
        Set<String> seen = new HashSet<>();
        for (Tag tag : given) {
            if (tag.tagKey().startsWith("aws:")) {
                throw ServiceException.of("TagException", "Tags beginning with aws: are reserved");
            }
            if (!seen.add(tag.tagKey())) {
                throw ServiceException.of("TagException", "Duplicate tag keys");
            }
            tags.put(tag.tagKey(), tag.tagValue());
        }
        if (tags.size() > MAX) {
            throw ServiceException.of("LimitExceededException", "Too many tags: a key has at most " + MAX + ".");
        }
    }
}
