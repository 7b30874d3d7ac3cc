package belfry.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What {@code x-amz-content-sha256} says about a body, and the body that makes sure of it. */
final class Payload {
    private static final String HEADER = "x-amz-content-sha256";
    private static final String UNSIGNED = "UNSIGNED-PAYLOAD";
    private static final String STREAMING = "STREAMING-";

    private Payload() {}

    /** The hash that stands in the canonical request. */
    static String statedHash(WireRequest request, Signature signature, boolean s3) {
        if (!s3) {
            // The body is in memory: what counts is what it is, not what a header says.
            return Hmac.sha256Hex(Bounded.read(request.body(), Long.MAX_VALUE));
        }
        String stated = request.headers().first(HEADER);
        if (stated != null) {
            return stated.strip();
        }
        if (signature.presigned()) {
            return UNSIGNED;
        }
        throw ServiceException.of("InvalidRequest", "Missing required header for this request: x-amz-content-sha256");
    }

    /**
     * An S3 request with a body that checks itself while it is read.
     *
     * @param signer verifies signed chunks; null where signatures are not looked at
     */
    static WireRequest accept(WireRequest request, @Nullable ChunkSigner signer) {
        Headers headers = request.headers();
        String stated = headers.firstOr(HEADER, UNSIGNED).strip();
        boolean chunked = stated.startsWith(STREAMING)
                || headers.firstOr("Content-Encoding", "")
                        .toLowerCase(Locale.ROOT)
                        .contains("aws-chunked");
        if (chunked) {
            return dechunked(request, stated, signer);
        }
        if (signer == null || stated.equals(UNSIGNED)) {
            return request;
        }
        if (!stated.matches("[0-9a-f]{64}")) {
            throw ServiceException.of(
                    "InvalidArgument",
                    "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, or a valid sha256 value.");
        }
        return request.withBody(CheckedBody.of(request.body(), List.of(ContentCheck.sha256(stated))));
    }

    private static WireRequest dechunked(WireRequest request, String stated, @Nullable ChunkSigner signer) {
        Headers headers = request.headers();
        boolean signed = stated.startsWith("STREAMING-AWS4-HMAC-SHA256-PAYLOAD");
        if (stated.startsWith(STREAMING) && !signed && !stated.equals("STREAMING-UNSIGNED-PAYLOAD-TRAILER")) {
            throw ServiceException.of("InvalidArgument", "The streaming signature algorithm is not supported.");
        }
        long length = headers.length("x-amz-decoded-content-length", Body.UNKNOWN);
        if (length < 0 && signer != null) {
            throw ServiceException.of("MissingContentLength", 411, "You must provide the Content-Length HTTP header.");
        }
        try {
            AwsChunkedStream in = new AwsChunkedStream(request.body().open(), signed ? signer : null, signed, headers);
            Body body = CheckedBody.of(in, length, in::trailers);
            return request.withHeaders(plain(headers, length)).withBody(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The headers that the request would have without the coding. */
    private static Headers plain(Headers headers, long length) {
        String codings = headers.firstOr("Content-Encoding", "");
        String rest = String.join(
                ",",
                List.of(codings.split(",")).stream()
                        .map(String::strip)
                        .filter(coding -> !coding.isEmpty() && !coding.equalsIgnoreCase("aws-chunked"))
                        .toList());
        return headers.with("Content-Encoding", rest.isEmpty() ? null : rest)
                .with("Content-Length", length < 0 ? null : Long.toString(length));
    }
}
