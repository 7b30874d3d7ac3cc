package belfry.wire;

import java.util.Objects;

/**
 * An HTTP response, independent of the server. Content-Length is set where the body's length is known, even for the
 * answer to a HEAD, whose body is empty.
 */
public record WireResponse(int status, Headers headers, Body body) {
    public WireResponse {
        Objects.requireNonNull(headers);
        Objects.requireNonNull(body);
    }
}
