package belfry.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes XML along a shape, for Query answers and restXml bodies. */
final class XmlWriter {
    private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";

    private final StringBuilder out = new StringBuilder(512);
    private final String timeFormat;

    /** @param timeFormat how timestamps without a format of their own are written, see {@link Scalars#format} */
    XmlWriter(String timeFormat) {
        this.timeFormat = timeFormat;
    }

    XmlWriter declaration() {
        out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        return this;
    }

    XmlWriter open(String tag) {
        out.append('<').append(tag).append('>');
        return this;
    }

    XmlWriter openInNamespace(String tag, String namespace) {
        out.append('<').append(tag).append(" xmlns=\"").append(namespace).append("\">");
        return this;
    }

    XmlWriter close(String tag) {
        out.append("</").append(tag).append('>');
        return this;
    }

    XmlWriter text(String text) {
        escape(text);
        return this;
    }

    XmlWriter element(String tag, @Nullable String text) {
        return text == null ? this : open(tag).text(text).close(tag);
    }

    byte[] bytes() {
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The members of a structure that travel in the body, without an element around them. */
    XmlWriter members(Shape shape, Struct struct) {
        for (Member member : shape.members()) {
            Object value = struct.getAt(member.index());
            if (value != null && member.location() == Member.Location.BODY && !member.xmlAttribute()) {
                member(member, value);
            }
        }
        return this;
    }

    private void member(Member member, Object value) {
        switch (member.target().kind()) {
            case LIST -> list(member, (List<?>) value);
            case MAP -> map(member, (Map<?, ?>) value);
            default -> value(member.target(), member.wireName(), value);
        }
    }

    /** One value in an element of its own. */
    void value(Shape shape, String tag, Object value) {
        switch (shape.kind()) {
            case STRUCTURE -> structure(shape, tag, (Struct) value);
            case LIST -> {
                open(tag);
                items(shape, shape.element().wireNameOr("member"), (List<?>) value);
                close(tag);
            }
            case MAP -> {
                open(tag);
                entries(shape, "entry", (Map<?, ?>) value);
                close(tag);
            }
            case STRING, INTEGER, LONG, FLOAT, DOUBLE, BOOLEAN, BLOB, TIMESTAMP -> {
                String format = shape.timestampFormat();
                element(tag, Scalars.format(value, format == null || isIso(format) ? timeFormat : format));
            }
        }
    }

    private static boolean isIso(String format) {
        return format.equals("iso8601");
    }

    private void structure(Shape shape, String tag, Struct struct) {
        out.append('<').append(tag);
        for (Member member : shape.members()) {
            Object value = struct.getAt(member.index());
            if (member.xmlAttribute() && value != null) {
                attribute(member.wireName(), value.toString());
            }
        }
        out.append('>');
        members(shape, struct).close(tag);
    }

    private void attribute(String name, String value) {
        if (name.startsWith("xsi:")) {
            out.append(" xmlns:xsi=\"").append(XSI).append('"');
        }
        out.append(' ').append(name).append("=\"");
        int start = out.length();
        escape(value);
        // Readers turn bare white space in attributes into blanks.
        String escaped = out.substring(start).replace("\n", "&#xA;").replace("\t", "&#x9;");
        out.setLength(start);
        out.append(escaped).append('"');
    }

    private void list(Member member, List<?> list) {
        if (member.flattened()) {
            items(member.target(), member.wireName(), list);
        } else {
            value(member.target(), member.wireName(), list);
        }
    }

    private void items(Shape shape, String tag, List<?> list) {
        for (Object item : list) {
            if (item != null) {
                value(shape.element().target(), tag, item);
            }
        }
    }

    private void map(Member member, Map<?, ?> map) {
        if (member.flattened()) {
            entries(member.target(), member.wireName(), map);
        } else {
            value(member.target(), member.wireName(), map);
        }
    }

    private void entries(Shape shape, String tag, Map<?, ?> map) {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            open(tag);
            element(shape.key().wireNameOr("key"), (String) entry.getKey());
            if (entry.getValue() != null) {
                value(shape.value().target(), shape.value().wireNameOr("value"), entry.getValue());
            }
            close(tag);
        }
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\r' -> out.append("&#xD;");
                case '\t', '\n' -> out.append(c);
                default -> {
                    // XML 1.0 has no way to write the other control characters, nor half a surrogate pair.
                    out.append(isXml(text, i) ? c : '\uFFFD');
                }
            }
        }
    }

    private static boolean isXml(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
        }
        return c >= 0x20 && c < 0xFFFE;
    }
}
