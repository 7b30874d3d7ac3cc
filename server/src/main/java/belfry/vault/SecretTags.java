package belfry.vault;

import belfry.api.secretsmanager.Tag;
import belfry.api.secretsmanager.TagResourceRequest;
import belfry.api.secretsmanager.UntagResourceRequest;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.NoOutput;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tags of secrets: at most fifty, none of AWS's own. */
final class SecretTags {
    private static final int MAX = 50;

    private SecretTags() {}

    static String initial(@Nullable List<Tag> given) {
        Map<String, String> tags = new LinkedHashMap<>();
        putAll(tags, given == null ? List.of() : given);
        return Tags.write(tags);
    }

    static List<Tag> shown(Secret secret) {
        return Tags.read(secret.tags()).entrySet().stream()
                .map(tag -> new Tag().key(tag.getKey()).value(tag.getValue()))
                .toList();
    }

    static NoOutput add(Tx tx, TagResourceRequest in, Call call) {
        Secret secret = SecretIds.live(tx, Place.of(call), in.secretId());
        Map<String, String> tags = Tags.read(secret.tags());
        putAll(tags, in.tags());
        SecretTable.setTags(tx, secret, Tags.write(tags), call.now());
        return NoOutput.INSTANCE;
    }

    static NoOutput remove(Tx tx, UntagResourceRequest in, Call call) {
        Secret secret = SecretIds.live(tx, Place.of(call), in.secretId());
        Map<String, String> tags = Tags.read(secret.tags());
        in.tagKeys().forEach(tags::remove);
        SecretTable.setTags(tx, secret, Tags.write(tags), call.now());
        return NoOutput.INSTANCE;
    }

    private static void putAll(Map<String, String> tags, List<Tag> given) {
        Set<String> seen = new HashSet<>();
        for (Tag tag : given) {
            if (tag.key() == null) {
                throw SecretErrors.invalidParameter("A tag needs a key.");
            }
            if (tag.key().startsWith("aws:")) {
                throw SecretErrors.invalidParameter("Tag keys can't begin with aws: because it is reserved.");
            }
            if (!seen.add(tag.key())) {
                throw SecretErrors.invalidParameter("Duplicate tag keys found: " + tag.key());
            }
            tags.put(tag.key(), Objects.requireNonNullElse(tag.value(), ""));
        }
        if (tags.size() > MAX) {
            throw SecretErrors.invalidParameter("A secret has at most " + MAX + " tags.");
        }
    }
}
