package belfry.buckets;

import belfry.api.s3.Tag;
import belfry.api.s3.Tagging;
import belfry.base.TextMap;
import belfry.wire.ServiceException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tags of buckets and objects, and what S3 asks of them. */
final class TagSet {
    static final int BUCKET_MAX = 50;
    static final int OBJECT_MAX = 10;

    private static final int KEY_MAX = 128;
    private static final int VALUE_MAX = 256;
    private static final String ALLOWED = "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*";

    private TagSet() {}

    static Map<String, String> read(@Nullable Tagging tagging, int max) {
        if (tagging == null || tagging.tagSet() == null) {
            throw S3Errors.malformedXml();
        }
        return read(tagging.tagSet(), max);
    }

    static Map<String, String> read(List<Tag> list, int max) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (Tag tag : list) {
            add(tags, tag.key(), tag.value());
        }
        return checkCount(tags, max);
    }

    /** From the header {@code x-amz-tagging}: {@code a=1&b=2}, percent-encoded. */
    static Map<String, String> header(@Nullable String text) {
        Map<String, String> tags = new LinkedHashMap<>();
        if (text != null && !text.isEmpty()) {
            for (String pair : text.split("&", -1)) {
                int equals = pair.indexOf('=');
                add(
                        tags,
                        decode(equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return checkCount(tags, OBJECT_MAX);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw S3Errors.invalidArgument(
                    "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag"
                            + " name duplicates.",
                    "x-amz-tagging",
                    text);
        }
    }

    private static void add(Map<String, String> tags, @Nullable String key, @Nullable String value) {
        if (key == null || key.isEmpty() || key.length() > KEY_MAX || !key.matches(ALLOWED)) {
            throw invalid("The TagKey you have provided is invalid").with("TagKey", String.valueOf(key));
        }
        if (key.startsWith("aws:")) {
            throw invalid("System tags cannot be added/updated by requester");
        }
        String text = value == null ? "" : value;
        if (text.length() > VALUE_MAX || !text.matches(ALLOWED)) {
            throw invalid("The TagValue you have provided is invalid").with("TagKey", key);
        }
        if (tags.put(key, text) != null) {
            throw invalid("Cannot provide multiple Tags with the same key").with("TagKey", key);
        }
    }

    private static Map<String, String> checkCount(Map<String, String> tags, int max) {
        if (tags.size() > max) {
            throw max == OBJECT_MAX
                    ? ServiceException.of("BadRequest", 400, "Object tags cannot be greater than " + max)
                    : ServiceException.of("BadRequest", 400, "Bucket tag count cannot be greater than " + max);
        }
        return tags;
    }

    private static ServiceException invalid(String message) {
        return ServiceException.of("InvalidTag", 400, message);
    }

    static List<Tag> list(Map<String, String> tags) {
        List<Tag> list = new ArrayList<>();
        tags.forEach((key, value) -> list.add(new Tag().key(key).value(value)));
        return list;
    }

    /** As kept in the store. */
    static String write(Map<String, String> tags) {
        return TextMap.write(tags);
    }

    static Map<String, String> parse(String text) {
        return TextMap.read(text);
    }
}
