package belfry.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One shape of a service description, with the traits that the codecs and the validator need. */
public final class Shape {
    /** The kinds of values; beside each the Java type that a {@link Struct} holds. */
    public enum Kind {
        /** {@link Struct}. */
        STRUCTURE,
        /** {@link List}. */
        LIST,
        /** {@link Map} with text keys. */
        MAP,
        /** {@link String}; enumerations too. */
        STRING,
        /** {@link Integer}. */
        INTEGER,
        /** {@link Long}. */
        LONG,
        /** {@link Float}. */
        FLOAT,
        /** {@link Double}. */
        DOUBLE,
        /** {@link Boolean}. */
        BOOLEAN,
        /** {@code byte[]}, or {@link Body} where the member streams. */
        BLOB,
        /** {@link java.time.Instant}. */
        TIMESTAMP
    }

    private final ServiceModel model;
    private final String name;
    private final Kind kind;
    private final ModelJson json;
    private final List<Member> members;
    private final Map<String, Member> byName = new HashMap<>();
    private final Map<String, Member> byWireName = new HashMap<>();
    private final @Nullable Member element;
    private final @Nullable Member key;
    private final @Nullable Member value;
    private final boolean flattened;
    private final boolean sensitive;
    private final @Nullable Long min;
    private final @Nullable Long max;
    private final Set<String> enumeration;
    private @Nullable Pattern pattern;

    Shape(ServiceModel model, String name, ModelJson json) {
        this.model = model;
        this.name = name;
        this.json = json;
        this.kind = kind(json.at("type").textOr(""));
        this.members = members(model, json);
        for (Member member : members) {
            byName.put(member.name(), member);
            byWireName.put(member.wireName(), member);
        }
        this.element = part(model, json, "member", 0);
        this.key = part(model, json, "key", 0);
        this.value = part(model, json, "value", 1);
        this.flattened = json.at("flattened").isTrue();
        this.sensitive = json.at("sensitive").isTrue();
        this.min = json.at("min").longValue();
        this.max = json.at("max").longValue();
        this.enumeration =
                Collections.unmodifiableSet(new LinkedHashSet<>(json.at("enum").strings()));
    }

    private static Kind kind(String type) {
        return type.equals("character") ? Kind.STRING : Kind.valueOf(type.toUpperCase(Locale.ROOT));
    }

    private static List<Member> members(ServiceModel model, ModelJson json) {
        Set<String> required = new HashSet<>(json.at("required").strings());
        List<Member> members = new ArrayList<>();
        json.at("members")
                .entries()
                .forEach((name, node) ->
                        members.add(new Member(model, name, members.size(), required.contains(name), node)));
        return List.copyOf(members);
    }

    private static @Nullable Member part(ServiceModel model, ModelJson json, String part, int index) {
        ModelJson node = json.at(part);
        return node.exists() ? new Member(model, part, index, false, node) : null;
    }

    public String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    /** A structure's members, in the order of their indexes. */
    public List<Member> members() {
        return members;
    }

    public @Nullable Member member(String memberName) {
        return byName.get(memberName);
    }

    @Nullable
    Member memberOnWire(String wireName) {
        return byWireName.get(wireName);
    }

    /** A list's element. */
    public Member element() {
        return Objects.requireNonNull(element, name);
    }

    /** A map's key. */
    public Member key() {
        return Objects.requireNonNull(key, name);
    }

    /** A map's value. */
    public Member value() {
        return Objects.requireNonNull(value, name);
    }

    public boolean flattened() {
        return flattened;
    }

    /** True where the value must never appear in messages and logs. */
    public boolean sensitive() {
        return sensitive;
    }

    /** The least length, count or number; null where there is none. */
    public @Nullable Long min() {
        return min;
    }

    /** The greatest length, count or number; null where there is none. */
    public @Nullable Long max() {
        return max;
    }

    /** The allowed values, in AWS's order; empty where all are. */
    public Set<String> enumeration() {
        return enumeration;
    }

    /** The regular expression that the whole text must match; null where there is none. */
    public @Nullable Pattern pattern() {
        String regex = json.at("pattern").text();
        if (pattern == null && regex != null) {
            pattern = Pattern.compile(regex);
        }
        return pattern;
    }

    /** The member that is the HTTP body by itself; null where there is none. */
    @Nullable
    Member payload() {
        String payload = json.at("payload").text();
        return payload == null ? null : byName.get(payload);
    }

    /** iso8601, rfc822 or unixTimestamp; null for what the protocol prescribes. */
    @Nullable
    String timestampFormat() {
        return json.at("timestampFormat").text();
    }

    /** The root element's name where it is not the one the operation prescribes. */
    @Nullable
    String rootName() {
        return json.at("locationName").text();
    }

    /** True for error shapes; they have no class. */
    public boolean exception() {
        return json.at("exception").isTrue();
    }

    /** An error's code on the wire of Query and restXml, and in x-amzn-query-error. */
    public String errorCode() {
        return json.at("error").at("code").textOr(name);
    }

    /** An error's HTTP status, or {@code otherwise} where the description has none. */
    public int errorStatus(int otherwise) {
        return json.at("error").at("httpStatusCode").intOr(json.at("fault").isTrue() ? 500 : otherwise);
    }

    /** An empty structure of this shape. */
    public Struct newStruct() {
        return model.newStruct(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
