package belfry.wire;

import org.jspecify.annotations.Nullable;

/** S3's errors: XML without a namespace, and nothing at all in answer to a HEAD. */
final class RestAnswers {
    private static final int NOT_MODIFIED = 304;

    private RestAnswers() {}

    static WireResponse error(
            @Nullable ServiceDescriptor service, WireRequest request, ServiceException error, String requestId) {
        Shape shape = service == null ? null : service.model().error(error.code());
        int status = shape == null ? error.status() : shape.errorStatus(error.status());
        Headers.Builder headers =
                Headers.builder().add("x-amz-request-id", requestId).add("x-amz-id-2", RestXmlWriter.hostId(requestId));
        if (request.method().equals("HEAD") || status == NOT_MODIFIED) {
            return new WireResponse(status, headers.build(), Body.empty());
        }
        byte[] body = body(request, error, requestId);
        headers.add("Content-Type", "application/xml").add("Content-Length", Integer.toString(body.length));
        return new WireResponse(status, headers.build(), Body.of(body));
    }

    private static byte[] body(WireRequest request, ServiceException error, String requestId) {
        XmlWriter xml = new XmlWriter("iso8601-millis").declaration().open("Error");
        boolean ours = error.code().equals("InternalFailure");
        xml.element("Code", ours ? "InternalError" : error.code()).element("Message", error.getMessage());
        error.members().forEach((name, value) -> Answers.extra(xml, null, name, value));
        if (!error.members().containsKey("Resource")) {
            xml.element("Resource", request.rawPath());
        }
        return xml.element("RequestId", requestId)
                .element("HostId", RestXmlWriter.hostId(requestId))
                .close("Error")
                .bytes();
    }
}
