package belfry.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers of restXml services: members in headers, status, and an XML, text or streamed body. */
final class RestXmlWriter {
    private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";
    private static final String XML = "application/xml";

    private final Operation operation;
    private final Headers.Builder headers = Headers.builder();
    private int status;
    private @Nullable String contentType;

    RestXmlWriter(Operation operation, String requestId) {
        this.operation = operation;
        this.status = operation.status();
        headers.add("x-amz-request-id", requestId).add("x-amz-id-2", hostId(requestId));
    }

    /** S3's second id. Ours says no more than the first one. */
    static String hostId(String requestId) {
        byte[] id = requestId.getBytes(StandardCharsets.UTF_8);
        return java.util.Base64.getEncoder().encodeToString(id);
    }

    WireResponse write(Struct out) {
        Shape shape = operation.output();
        if (shape == null) {
            return response(Body.empty());
        }
        for (Member member : shape.members()) {
            Object value = out.getAt(member.index());
            if (value != null) {
                bind(member, value);
            }
        }
        Member payload = shape.payload();
        if (payload != null) {
            return response(payload(payload, out.getAt(payload.index())));
        }
        boolean document = shape.members().stream().anyMatch(m -> m.location() == Member.Location.BODY);
        return response(document ? document(shape, out) : Body.empty());
    }

    private void bind(Member member, Object value) {
        switch (member.location()) {
            case HEADER -> header(member, value);
            case HEADERS -> ((Map<?, ?>) value).forEach((k, v) -> add(member.wireName() + k, String.valueOf(v)));
            case STATUS -> status = (Integer) value;
            case BODY, URI, QUERY -> {}
        }
    }

    private void header(Member member, Object value) {
        Shape shape = member.target();
        String format = shape.timestampFormat() == null ? "rfc822" : shape.timestampFormat();
        if (value instanceof List<?> list) {
            add(
                    member.wireName(),
                    String.join(", ", list.stream().map(String::valueOf).toList()));
        } else {
            add(member.wireName(), Scalars.format(value, format));
        }
    }

    /** A line break in a value would let its author write headers of his own. */
    private void add(String name, String value) {
        String line = value.replaceAll("[\\r\\n\\x00]", " ");
        if (name.equalsIgnoreCase("Content-Type")) {
            contentType = line;
        } else if (!name.equalsIgnoreCase("Content-Length")
                || operation.method().equals("HEAD")) {
            headers.add(name, line);
        }
    }

    private Body payload(Member member, @Nullable Object value) {
        if (value instanceof Body body) {
            contentType = contentType == null ? "binary/octet-stream" : contentType;
            return body;
        }
        if (value instanceof byte[] bytes) {
            contentType = contentType == null ? "binary/octet-stream" : contentType;
            return Body.of(bytes);
        }
        if (value instanceof String text) {
            contentType = contentType == null ? "application/json" : contentType;
            return Body.of(text.getBytes(StandardCharsets.UTF_8));
        }
        if (value == null) {
            return Body.empty();
        }
        contentType = XML;
        XmlWriter out = new XmlWriter("iso8601-millis").declaration().openInNamespace(member.wireName(), NAMESPACE);
        return Body.of(out.members(member.target(), (Struct) value)
                .close(member.wireName())
                .bytes());
    }

    private Body document(Shape shape, Struct struct) {
        contentType = XML;
        XmlWriter out = new XmlWriter("iso8601-millis").declaration();
        if (operation.name().equals("GetBucketLocation")) {
            return Body.of(location(out, shape, struct));
        }
        String root = RestXmlRoots.of(operation, shape);
        return Body.of(out.openInNamespace(root, NAMESPACE)
                .members(shape, struct)
                .close(root)
                .bytes());
    }

    /** The one answer whose root holds text; empty for us-east-1. */
    private static byte[] location(XmlWriter out, Shape shape, Struct struct) {
        Object region = struct.getAt(shape.members().get(0).index());
        return out.openInNamespace("LocationConstraint", NAMESPACE)
                .text(region == null ? "" : region.toString())
                .close("LocationConstraint")
                .bytes();
    }

    private WireResponse response(Body body) {
        if (contentType != null) {
            headers.add("Content-Type", contentType);
        }
        // The answer to a HEAD states the length of a body that is not sent.
        if (!operation.method().equals("HEAD") && body.length() >= 0 && status != 204) {
            headers.add("Content-Length", Long.toString(body.length()));
        }
        return new WireResponse(status, headers.build(), body);
    }
}
