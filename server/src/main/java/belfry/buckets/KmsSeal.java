package belfry.buckets;

import belfry.base.Arn;
import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * SSE-KMS: the KMS key that a blob's data key is sealed with.
 *
 * @param context the encryption context, needed again to open
 */
public record KmsSeal(String keyArn, Map<String, String> context) {
    public KmsSeal {
        context = Map.copyOf(context);
    }

    belfry.vault.Place place() {
        Arn arn = Arn.parse(keyArn).orElseThrow();
        return new belfry.vault.Place(arn.account(), arn.region());
    }

    ObjectNode contextJson() {
        return Json.texts(new TreeMap<>(context));
    }

    String write() {
        ObjectNode json = Json.object().put("key", keyArn);
        json.set("context", contextJson());
        return Json.write(json);
    }

    static @Nullable KmsSeal read(@Nullable String text) {
        if (text == null) {
            return null;
        }
        JsonNode json = Json.parse(text);
        return new KmsSeal(json.get("key").asText(), Json.texts(json.get("context")));
    }
}
