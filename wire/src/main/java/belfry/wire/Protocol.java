package belfry.wire;

/** The wire protocols that AWS's services speak. */
public enum Protocol {
    JSON_1_0("application/x-amz-json-1.0"),
    JSON_1_1("application/x-amz-json-1.1"),
    /** Smithy's RPC v2 with CBOR. */
    CBOR("application/cbor"),
    /** A form in, XML out. */
    QUERY("text/xml"),
    /** S3. */
    REST_XML("application/xml");

    private final String contentType;

    Protocol(String contentType) {
        this.contentType = contentType;
    }

    /** Of answers; object bodies bring their own. */
    String contentType() {
        return contentType;
    }

    boolean json() {
        return this == JSON_1_0 || this == JSON_1_1;
    }
}
