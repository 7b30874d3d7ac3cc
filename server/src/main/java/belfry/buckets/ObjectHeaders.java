package belfry.buckets;

import belfry.api.s3.PutObjectRequest;
import belfry.base.Json;
import belfry.wire.ServiceException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an object carries beside its bytes.
 *
 * @param contentType never absent: {@code binary/octet-stream} where the client sent none
 * @param user user metadata, names without {@code x-amz-meta-}
 */
record ObjectHeaders(
        @Nullable String cacheControl,
        @Nullable String contentDisposition,
        @Nullable String contentEncoding,
        @Nullable String contentLanguage,
        String contentType,
        @Nullable String expires,
        @Nullable String redirect,
        Map<String, String> user) {
    static final String DEFAULT_TYPE = "binary/octet-stream";

    private static final int USER_BYTES_MAX = 2 * 1024;

    ObjectHeaders {
        contentEncoding = withoutChunking(contentEncoding);
        user = Map.copyOf(user);
        int bytes = user.entrySet().stream()
                .mapToInt(entry -> length(entry.getKey()) + length(entry.getValue()))
                .sum();
        if (bytes > USER_BYTES_MAX) {
            throw ServiceException.of(
                            "MetadataTooLarge", 400, "Your metadata headers exceed the maximum allowed metadata size")
                    .with("Size", bytes)
                    .with("MaxSizeAllowed", USER_BYTES_MAX);
        }
    }

    /** What a writing request asks for; other requests than this one name the same things alike. */
    static ObjectHeaders of(PutObjectRequest in) {
        return new ObjectHeaders(
                in.cacheControl(),
                in.contentDisposition(),
                in.contentEncoding(),
                in.contentLanguage(),
                typeOrDefault(in.contentType()),
                in.expires(),
                in.websiteRedirectLocation(),
                in.metadata() == null ? Map.of() : in.metadata());
    }

    /** Only a type and user metadata. */
    static ObjectHeaders of(String contentType, Map<String, String> user) {
        return new ObjectHeaders(null, null, null, null, contentType, null, null, user);
    }

    static String typeOrDefault(@Nullable String contentType) {
        return contentType == null || contentType.isEmpty() ? DEFAULT_TYPE : contentType;
    }

    private static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** {@code aws-chunked} tells how the body travels, not what it is. */
    private static @Nullable String withoutChunking(@Nullable String encoding) {
        if (encoding == null) {
            return null;
        }
        String rest = encoding.replaceAll("(?i)\\baws-chunked\\b\\s*,?\\s*", "").replaceAll(",\\s*$", "");
        return rest.isBlank() ? null : rest;
    }

    static ObjectHeaders read(String text) {
        JsonNode json = Json.parse(text);
        return new ObjectHeaders(
                text(json, "cacheControl"),
                text(json, "contentDisposition"),
                text(json, "contentEncoding"),
                text(json, "contentLanguage"),
                json.path("contentType").asText(DEFAULT_TYPE),
                text(json, "expires"),
                text(json, "redirect"),
                new TreeMap<>(Json.texts(json.path("user"))));
    }

    String write() {
        ObjectNode json = Json.object();
        put(json, "cacheControl", cacheControl);
        put(json, "contentDisposition", contentDisposition);
        put(json, "contentEncoding", contentEncoding);
        put(json, "contentLanguage", contentLanguage);
        json.put("contentType", contentType);
        put(json, "expires", expires);
        put(json, "redirect", redirect);
        json.set("user", Json.texts(new TreeMap<>(user)));
        return Json.write(json);
    }

    private static @Nullable String text(JsonNode json, String name) {
        JsonNode node = json.get(name);
        return node == null ? null : node.asText();
    }

    private static void put(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
