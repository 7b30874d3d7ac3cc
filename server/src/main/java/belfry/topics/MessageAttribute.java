package belfry.topics;

import belfry.api.sns.MessageAttributeValue;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A message attribute that passed SNS's checks (semantics: sns.md §2).
 *
 * @param type {@code String}, {@code String.Array}, {@code Number}, {@code Binary}, or one of them with a suffix
 * @param value the text; base64 for binary ones
 */
record MessageAttribute(String type, String value) {
    private static final int NAME_MAX = 256;
    private static final Pattern TYPE = Pattern.compile("(String|Number|Binary)(\\..+)?");
    private static final Pattern NAME_CHARACTER = Pattern.compile("[A-Za-z0-9_.-]");

    boolean binary() {
        return type.startsWith("Binary");
    }

    boolean number() {
        return type.startsWith("Number");
    }

    /** How many bytes the attribute adds to a message of that name. */
    int size(String name) {
        return Message.utf8Length(name) + Message.utf8Length(type) + Message.utf8Length(value);
    }

    static SortedMap<String, MessageAttribute> read(@Nullable Map<String, MessageAttributeValue> given) {
        SortedMap<String, MessageAttribute> read = new TreeMap<>();
        if (given != null) {
            given.forEach((name, value) -> {
                checkName(name);
                read.put(name, read(name, value));
            });
        }
        return Collections.unmodifiableSortedMap(read);
    }

    private static MessageAttribute read(String name, MessageAttributeValue value) {
        String type = value.dataType();
        String about = "The message attribute '" + name + "' ";
        if (!TYPE.matcher(type).matches()) {
            throw Faults.invalidValue(
                    about + "has an invalid message attribute type, the set of supported type prefixes"
                            + " is Binary, Number, and String.");
        }
        if (value.stringValue() == null && value.binaryValue() == null) {
            throw empty(about, type);
        }
        String text = type.startsWith("Binary") ? base64(value.binaryValue()) : value.stringValue();
        if (text == null) {
            String field = type.startsWith("Binary") ? "Binary" : "String";
            throw Faults.invalidValue(about + "with type '" + type + "' must use field '" + field + "'.");
        }
        if (text.isEmpty()) {
            throw empty(about, type);
        }
        checkNumber(about, type, text);
        return new MessageAttribute(type, text);
    }

    private static RuntimeException empty(String about, String type) {
        return Faults.invalidValue(
                about + "must contain non-empty message attribute value for message attribute type '" + type + "'.");
    }

    private static void checkNumber(String about, String type, String text) {
        if (type.startsWith("Number") && !text.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?")) {
            throw Faults.invalidValue(
                    "Could not cast message attribute " + about.substring(about.indexOf('\'')) + "value to number.");
        }
    }

    private static @Nullable String base64(byte @Nullable [] bytes) {
        return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
    }

    private static void checkName(String name) {
        if (name.length() > NAME_MAX) {
            throw Faults.invalidValue("Length of message attribute name must be less than 256 bytes.");
        }
        if (name.startsWith(".")) {
            throw Faults.invalidValue("Invalid message attribute name starting with character '.' was found.");
        }
        if (name.endsWith(".")) {
            throw Faults.invalidValue("Invalid message attribute name ending with character '.' was found.");
        }
        if (name.contains("..")) {
            throw Faults.invalidValue("Message attribute name can not have successive '.' character.");
        }
        name.codePoints()
                .filter(c -> !NAME_CHARACTER.matcher(Character.toString(c)).matches())
                .findFirst()
                .ifPresent(c -> {
                    throw Faults.invalidValue("Invalid non-alphanumeric character '#x"
                            + Integer.toHexString(c).toUpperCase(java.util.Locale.ROOT)
                            + "' was found in the message attribute name. Can only include alphanumeric characters,"
                            + " hyphens, underscores, or dots.");
                });
    }
}
