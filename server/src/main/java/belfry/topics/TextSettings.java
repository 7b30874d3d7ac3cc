package belfry.topics;

import belfry.base.TextMap;
import belfry.store.Tx;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An account's SMS attributes in a region, and what they make of a message: its sender and its type
 * (docs/decisions/0820). Attributes that nothing here could act on are refused by name.
 */
final class TextSettings {
    /** What the gateway is told beside number and text, as an errand's headers. */
    static final String FROM = "From";

    static final String TYPE = "Type";

    private static final String SENDER = "DefaultSenderID";
    private static final String DEFAULT_TYPE = "DefaultSMSType";
    private static final Pattern SENDER_ID = Pattern.compile("(?=[A-Za-z0-9]*[A-Za-z])[A-Za-z0-9]{1,11}");
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{3,15}");
    private static final Pattern TYPES = Pattern.compile("Promotional|Transactional");
    private static final Map<String, String> REFUSED = Map.of(
            "MonthlySpendLimit",
            "a spending limit for text messages (gateways do not say what they will cost: set the limit there)",
            "DeliveryStatusIAMRole",
            "delivery status logging for text messages",
            "DeliveryStatusSuccessSamplingRate",
            "delivery status logging for text messages",
            "UsageReportS3Bucket",
            "usage reports for text messages (the gateway has them)");

    private TextSettings() {}

    static SortedMap<String, String> of(Tx tx, TextScope scope) {
        return tx.first(
                        "SELECT attributes FROM sms_settings WHERE account = ? AND region = ?",
                        row -> TextMap.read(row.text(1)),
                        scope.account(),
                        scope.region())
                .orElseGet(TreeMap::new);
    }

    /** Sets what is given; an empty value takes an attribute away. */
    static void set(Tx tx, TextScope scope, Map<String, String> given) {
        SortedMap<String, String> attributes = of(tx, scope);
        attributes.putAll(given);
        attributes.values().removeIf(String::isEmpty);
        tx.update(
                "INSERT INTO sms_settings (account, region, attributes) VALUES (?, ?, ?)"
                        + " ON CONFLICT (account, region) DO UPDATE SET attributes = excluded.attributes",
                scope.account(),
                scope.region(),
                TextMap.write(attributes));
    }

    /** Checks what a caller sets. */
    static void check(TextGateway gateway, Map<String, String> given) {
        given.forEach((name, value) -> {
            String refused = REFUSED.get(name);
            boolean known = refused != null || name.equals(SENDER) || name.equals(DEFAULT_TYPE);
            if (!known) {
                throw Faults.invalid("attributes Reason: there is no SMS attribute " + name);
            }
            if (value.isEmpty()) {
                return;
            }
            if (refused != null) {
                throw Faults.notImplemented(refused + " (" + name + ")");
            }
            checkValue(gateway, name, value);
        });
    }

    private static void checkValue(TextGateway gateway, String name, String value) {
        if (name.equals(SENDER) && !SENDER_ID.matcher(value).matches()) {
            throw Faults.invalid(SENDER + " Reason: 1 to 11 letters and digits, at least one of them a letter");
        }
        if (name.equals(DEFAULT_TYPE) && !TYPES.matcher(value).matches()) {
            throw Faults.invalid(DEFAULT_TYPE + " Reason: must be Promotional or Transactional");
        }
        if (name.equals(DEFAULT_TYPE) && gateway != TextGateway.TYPED) {
            throw Faults.notImplemented("types of text messages with a gateway of Twilio's form (" + name + ")");
        }
    }

    /** Checks the attributes of a message to a number. */
    static void checkMessage(Map<String, MessageAttribute> attributes) {
        if (attributes.containsKey("AWS.SNS.SMS.MaxPrice")) {
            throw Faults.notImplemented(
                    "a highest price (AWS.SNS.SMS.MaxPrice: gateways do not say what a text" + " message will cost)");
        }
        checkMessage(attributes, "AWS.SNS.SMS.SenderID", SENDER_ID);
        checkMessage(attributes, "AWS.SNS.SMS.SMSType", TYPES);
        checkMessage(attributes, "AWS.MM.SMS.OriginationNumber", NUMBER);
    }

    private static void checkMessage(Map<String, MessageAttribute> attributes, String name, Pattern pattern) {
        MessageAttribute attribute = attributes.get(name);
        if (attribute != null && !pattern.matcher(attribute.value()).matches()) {
            throw Faults.invalid(name + " Reason: '" + attribute.value() + "' is not valid");
        }
    }

    /**
     * What the gateway is told of a message: {@link #FROM} and {@link #TYPE} where message or settings name them. On a
     * topic, where attributes may be meant for others, those that make no sense count as not given.
     */
    static Map<String, String> told(Tx tx, TextScope scope, Map<String, MessageAttribute> attributes) {
        Map<String, String> told = new LinkedHashMap<>();
        SortedMap<String, String> settings = of(tx, scope);
        put(told, FROM, settings.get(SENDER));
        put(told, TYPE, settings.get(DEFAULT_TYPE));
        put(told, FROM, valid(attributes, "AWS.SNS.SMS.SenderID", SENDER_ID));
        put(told, FROM, valid(attributes, "AWS.MM.SMS.OriginationNumber", NUMBER));
        put(told, TYPE, valid(attributes, "AWS.SNS.SMS.SMSType", TYPES));
        return Collections.unmodifiableMap(told);
    }

    private static void put(Map<String, String> told, String name, @Nullable String value) {
        if (value != null) {
            told.put(name, value);
        }
    }

    private static @Nullable String valid(Map<String, MessageAttribute> attributes, String name, Pattern pattern) {
        MessageAttribute attribute = attributes.get(name);
        return attribute != null && pattern.matcher(attribute.value()).matches() ? attribute.value() : null;
    }
}
