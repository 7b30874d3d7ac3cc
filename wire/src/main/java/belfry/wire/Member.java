package belfry.wire;

import org.jspecify.annotations.Nullable;

/** A structure's member, or a list's element, or a map's key or value: what it is called, and where it travels. */
public final class Member {
    /** Where a member of an HTTP-bound structure travels. */
    public enum Location {
        BODY,
        URI,
        QUERY,
        HEADER,
        HEADERS,
        STATUS
    }

    private final ServiceModel model;
    private final String targetName;
    private final String name;
    private final int index;
    private final boolean required;
    private final Location location;
    private final @Nullable String locationName;
    private final boolean flattened;
    private final boolean xmlAttribute;
    private final boolean streaming;
    private @Nullable Shape target;

    Member(ServiceModel model, String name, int index, boolean required, ModelJson json) {
        this.model = model;
        this.name = name;
        this.index = index;
        this.required = required;
        this.targetName = json.at("shape").textOr("");
        this.location = location(json.at("location").textOr(""));
        this.locationName = json.at("locationName").text();
        this.flattened = json.at("flattened").isTrue();
        this.xmlAttribute = json.at("xmlAttribute").isTrue();
        this.streaming = json.at("streaming").isTrue();
    }

    private static Location location(String text) {
        return switch (text) {
            case "uri" -> Location.URI;
            case "querystring" -> Location.QUERY;
            case "header" -> Location.HEADER;
            case "headers" -> Location.HEADERS;
            case "statusCode" -> Location.STATUS;
            default -> Location.BODY;
        };
    }

    /** The name in the service description, as JSON and CBOR use it. */
    public String name() {
        return name;
    }

    /** The position in the structure, for {@link Struct#getAt}. */
    public int index() {
        return index;
    }

    public boolean required() {
        return required;
    }

    public Location location() {
        return location;
    }

    /** The name in XML, Query, headers and query strings. */
    public String wireName() {
        return locationName == null ? name : locationName;
    }

    /** The name in XML and Query that differs from {@code otherwise}, which the protocol prescribes. */
    String wireNameOr(String otherwise) {
        return locationName == null ? otherwise : locationName;
    }

    /** True where a list's or map's elements stand without a surrounding element. */
    public boolean flattened() {
        return flattened || target().flattened();
    }

    public boolean xmlAttribute() {
        return xmlAttribute;
    }

    /** True where the value is a {@link Body} that is not read into memory. */
    public boolean streaming() {
        return streaming;
    }

    /** The shape of the value. Resolved at the first use, since shapes may contain themselves. */
    public Shape target() {
        Shape resolved = target;
        if (resolved == null) {
            resolved = model.shape(targetName);
            target = resolved;
        }
        return resolved;
    }
}
