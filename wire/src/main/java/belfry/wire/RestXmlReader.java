package belfry.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Binds a restXml request to an operation's input: path labels, query, headers, and the body. */
final class RestXmlReader {
    private final RestMatch match;
    private final QueryString query;
    private final WireRequest request;
    private final long maxDocument;

    RestXmlReader(RestMatch match, QueryString query, WireRequest request, long maxDocument) {
        this.match = match;
        this.query = query;
        this.request = request;
        this.maxDocument = maxDocument;
    }

    Struct read(Shape shape) {
        Struct struct = shape.newStruct();
        for (Member member : shape.members()) {
            if (member.location() != Member.Location.BODY) {
                struct.setAt(member.index(), bound(member));
            }
        }
        Member payload = shape.payload();
        if (payload != null) {
            struct.setAt(payload.index(), payload(payload));
        } else if (shape.members().stream().anyMatch(m -> m.location() == Member.Location.BODY)) {
            members(shape, struct);
        }
        return struct;
    }

    private @Nullable Object bound(Member member) {
        return switch (member.location()) {
            case URI -> match.labels().get(member.wireName());
            case QUERY -> queryValue(member);
            case HEADER -> headerValue(member);
            case HEADERS -> prefixed(member.wireName());
            case BODY, STATUS -> null;
        };
    }

    private @Nullable Object queryValue(Member member) {
        if (member.target().kind() == Shape.Kind.LIST) {
            List<Object> values = new ArrayList<>();
            query.parameters().stream()
                    .filter(p -> p.name().equals(member.wireName()))
                    .forEach(p -> values.add(p.value()));
            return values.isEmpty() ? null : values;
        }
        String text = query.first(member.wireName());
        return text == null ? null : scalar(member, text);
    }

    private @Nullable Object headerValue(Member member) {
        if (member.target().kind() == Shape.Kind.LIST) {
            List<Object> values = new ArrayList<>();
            for (String line : request.headers().all(member.wireName())) {
                for (String part : line.split(",")) {
                    values.add(part.strip());
                }
            }
            return values.isEmpty() ? null : values;
        }
        String text = request.headers().first(member.wireName());
        return text == null ? null : scalar(member, text);
    }

    private static @Nullable Object scalar(Member member, String text) {
        if (text.isEmpty() && member.target().kind() != Shape.Kind.STRING) {
            return null;
        }
        Object value = Scalars.parse(member.target(), text);
        if (value == null) {
            throw ServiceException.of("InvalidArgument", "Provided " + member.wireName() + " is not valid")
                    .with("ArgumentName", member.wireName())
                    .with("ArgumentValue", text);
        }
        return value;
    }

    /** User metadata: all headers of a prefix; names without it, in small letters; repeated ones joined by commas. */
    private @Nullable Map<String, Object> prefixed(String prefix) {
        Map<String, Object> values = new LinkedHashMap<>();
        request.headers().forEach((name, value) -> {
            if (name.regionMatches(true, 0, prefix, 0, prefix.length())) {
                String key = name.substring(prefix.length()).toLowerCase(Locale.ROOT);
                values.merge(key, value, (before, more) -> before + "," + more);
            }
        });
        return values.isEmpty() ? null : values;
    }

    private @Nullable Object payload(Member member) {
        if (member.streaming()) {
            return request.body();
        }
        byte[] document = Bounded.read(request.body(), maxDocument);
        if (document.length == 0) {
            return null;
        }
        return switch (member.target().kind()) {
            case STRUCTURE -> XmlReader.read(member.target(), member.wireName(), document);
            case BLOB -> document;
            default -> new String(document, StandardCharsets.UTF_8);
        };
    }

    /** A body whose document is the input itself. */
    private void members(Shape shape, Struct struct) {
        byte[] document = Bounded.read(request.body(), maxDocument);
        if (document.length == 0) {
            return;
        }
        String root = Objects.requireNonNullElse(match.operation().inputRoot(), shape.name());
        Struct body = XmlReader.read(shape, root, document);
        for (Member member : shape.members()) {
            if (member.location() == Member.Location.BODY) {
                struct.setAt(member.index(), body.getAt(member.index()));
            }
        }
    }
}
