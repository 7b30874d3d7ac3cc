package belfry.wire;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Answers of the protocols that have one address: JSON, CBOR and Query. */
final class Answers {
    private Answers() {}

    static WireResponse success(
            Protocol protocol, ServiceDescriptor service, Operation operation, Struct out, String requestId) {
        byte[] body = protocol == Protocol.QUERY
                ? queryResult(service, operation, out, requestId)
                : JsonWriter.write(Codecs.of(protocol), operation.output(), out);
        return response(protocol, operation.status(), requestId, body, null);
    }

    private static byte[] queryResult(ServiceDescriptor service, Operation operation, Struct out, String requestId) {
        String root = operation.name() + "Response";
        XmlWriter xml = new XmlWriter("iso8601").openInNamespace(root, service.xmlNamespace());
        if (operation.output() != null) {
            String wrapper = Objects.requireNonNullElse(operation.resultWrapper(), operation.name() + "Result");
            xml.open(wrapper).members(operation.output(), out).close(wrapper);
        }
        return xml.open("ResponseMetadata")
                .element("RequestId", requestId)
                .close("ResponseMetadata")
                .close(root)
                .bytes();
    }

    /** @param service null where the request did not lead to one */
    static WireResponse error(
            Protocol protocol, @Nullable ServiceDescriptor service, ServiceException error, String requestId) {
        Shape shape = service == null ? null : service.model().error(error.code());
        int status = shape == null ? error.status() : shape.errorStatus(error.status());
        byte[] body = protocol == Protocol.QUERY
                ? queryError(service, shape, error, status, requestId)
                : jsonError(protocol, service, shape, error);
        return response(protocol, status, requestId, body, queryHeader(protocol, service, shape, error, status));
    }

    private static byte[] jsonError(
            Protocol protocol, @Nullable ServiceDescriptor service, @Nullable Shape shape, ServiceException error) {
        String name = shape == null ? error.code() : shape.name();
        String type = service == null ? name : ServiceTraits.jsonType(service, shape != null, name);
        return JsonWriter.error(Codecs.of(protocol), type, messageName(shape), error, shape);
    }

    /** Some error shapes write their message with a capital. */
    private static String messageName(@Nullable Shape shape) {
        return shape != null && shape.member("Message") != null ? "Message" : "message";
    }

    private static byte[] queryError(
            @Nullable ServiceDescriptor service,
            @Nullable Shape shape,
            ServiceException error,
            int status,
            String requestId) {
        XmlWriter xml = new XmlWriter("iso8601");
        if (service == null) {
            xml.open("ErrorResponse");
        } else {
            xml.openInNamespace("ErrorResponse", service.xmlNamespace());
        }
        xml.open("Error")
                .element("Type", status < 500 ? "Sender" : "Receiver")
                .element("Code", queryCode(service, shape, error))
                .element("Message", error.getMessage());
        error.members().forEach((name, value) -> extra(xml, shape, name, value));
        return xml.close("Error")
                .element("RequestId", requestId)
                .close("ErrorResponse")
                .bytes();
    }

    /** A service that speaks JSON beside it has codes of its own here. */
    private static String queryCode(
            @Nullable ServiceDescriptor service, @Nullable Shape shape, ServiceException error) {
        String code = shape == null ? error.code() : shape.errorCode();
        return service != null && service.queryCompatible() ? ServiceTraits.queryCode(code) : code;
    }

    static void extra(XmlWriter xml, @Nullable Shape shape, String name, Object value) {
        Member member = shape == null ? null : shape.member(name);
        if (member == null) {
            xml.element(name, String.valueOf(value));
        } else {
            xml.value(member.target(), member.wireName(), value);
        }
    }

    private static @Nullable String queryHeader(
            Protocol protocol,
            @Nullable ServiceDescriptor service,
            @Nullable Shape shape,
            ServiceException error,
            int status) {
        if (service == null || !service.queryCompatible() || protocol == Protocol.QUERY) {
            return null;
        }
        String code = ServiceTraits.queryCode(shape == null ? error.code() : shape.errorCode());
        return code + (status < 500 ? ";Sender" : ";Receiver");
    }

    private static WireResponse response(
            Protocol protocol, int status, String requestId, byte[] body, @Nullable String queryError) {
        Headers.Builder headers = Headers.builder()
                .add("x-amzn-RequestId", requestId)
                .add("Content-Type", protocol.contentType())
                .add("Content-Length", Integer.toString(body.length));
        if (protocol == Protocol.CBOR) {
            headers.add("smithy-protocol", "rpc-v2-cbor");
        }
        if (queryError != null) {
            headers.add("x-amzn-query-error", queryError);
        }
        return new WireResponse(status, headers.build(), Body.of(body));
    }
}
