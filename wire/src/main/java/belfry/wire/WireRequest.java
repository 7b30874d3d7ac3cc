package belfry.wire;

import java.util.Objects;

/**
 * An HTTP request as it came, independent of the server.
 *
 * @param method in capitals
 * @param rawPath as sent, still percent-encoded, without the query
 * @param rawQuery as sent, without the question mark; empty where there is none
 * @param body the payload as sent, with its transfer encoding removed and its content encoding kept
 */
public record WireRequest(String method, String rawPath, String rawQuery, Headers headers, Body body) {
    public WireRequest {
        Objects.requireNonNull(method);
        Objects.requireNonNull(rawPath);
        Objects.requireNonNull(rawQuery);
        Objects.requireNonNull(headers);
        Objects.requireNonNull(body);
    }

    public WireRequest withBody(Body other) {
        return new WireRequest(method, rawPath, rawQuery, headers, other);
    }

    public WireRequest withHeaders(Headers others) {
        return new WireRequest(method, rawPath, rawQuery, others, body);
    }

    /** Neither the query (it may hold a signature) nor the headers are printed. */
    @Override
    public String toString() {
        return method + " " + rawPath;
    }
}
