package belfry.topics.queue;

import belfry.api.sqs.MessageAttributeValue;
import belfry.base.Json;
import belfry.wire.ServiceException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A message attribute.
 *
 * @param type {@code String}, {@code Number} or {@code Binary}, maybe with a suffix
 * @param value the text; base64 for binary ones
 */
public record Attribute(String type, String value) {
    private static final int COUNT_MAX = 10;
    private static final Pattern TYPE = Pattern.compile("(String|Number|Binary)(\\..{1,249})?");
    private static final Pattern NAME =
            Pattern.compile("(?!\\.)(?!.*\\.\\.)(?i)(?!aws\\.|amazon\\.)[A-Za-z0-9_.-]{1,256}(?<!\\.)");

    public static Attribute text(String value) {
        return new Attribute("String", value);
    }

    boolean binary() {
        return type.startsWith("Binary");
    }

    /** The value as it is counted and hashed. */
    byte[] bytes() {
        return binary() ? Base64.getDecoder().decode(value) : value.getBytes(StandardCharsets.UTF_8);
    }

    static SortedMap<String, Attribute> read(@Nullable Map<String, MessageAttributeValue> given) {
        SortedMap<String, Attribute> read = new TreeMap<>();
        if (given != null) {
            given.forEach((name, value) -> read.put(name, read(name, value)));
        }
        if (read.size() > COUNT_MAX) {
            throw Faults.invalid(
                    "Number of message attributes [" + read.size() + "] exceeds the allowed maximum [10].");
        }
        return read;
    }

    private static Attribute read(String name, MessageAttributeValue value) {
        if (!NAME.matcher(name).matches()) {
            throw Faults.invalid("The message attribute name '" + name + "' is not valid.");
        }
        String type = value.dataType();
        if (type == null || !TYPE.matcher(type).matches()) {
            throw Faults.invalid("The type of message (user) attribute '" + name
                    + "' is invalid. You must use only the following supported type prefixes: Binary, Number, String.");
        }
        if (value.stringListValues() != null || value.binaryListValues() != null) {
            throw ServiceException.of(
                    "UnsupportedOperation",
                    "Message attribute list values in SendMessage operation are not supported.");
        }
        byte[] binary = value.binaryValue();
        if (binary != null && value.stringValue() != null) {
            throw Faults.invalid("The message (user) attribute '" + name
                    + "' must contain one value, not a string and a" + " binary one.");
        }
        String text = type.startsWith("Binary")
                ? binary == null ? null : Base64.getEncoder().encodeToString(binary)
                : value.stringValue();
        if (text == null || text.isEmpty()) {
            throw Faults.invalid("The message (user) attribute '" + name + "' must contain a non-empty value of type '"
                    + type + "'.");
        }
        if (binary == null && !NewMessage.printable(text)) {
            throw Faults.contents();
        }
        if (type.startsWith("Number") && !text.strip().matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?")) {
            throw Faults.invalid("Can't cast the value of message (user) attribute '" + name + "' to a number.");
        }
        return new Attribute(type, text);
    }

    MessageAttributeValue shown() {
        MessageAttributeValue shown = new MessageAttributeValue().dataType(type);
        return binary() ? shown.binaryValue(bytes()) : shown.stringValue(value);
    }

    static String write(Map<String, Attribute> attributes) {
        ObjectNode json = Json.object();
        attributes.forEach((name, attribute) ->
                json.putObject(name).put("type", attribute.type()).put("value", attribute.value()));
        return Json.write(json);
    }

    static SortedMap<String, Attribute> readStored(String text) {
        SortedMap<String, Attribute> read = new TreeMap<>();
        Json.parse(text)
                .properties()
                .forEach(member -> read.put(
                        member.getKey(),
                        new Attribute(
                                member.getValue().path("type").asText(),
                                member.getValue().path("value").asText())));
        return read;
    }
}
