package belfry.wire;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Takes the aws-chunked coding off a body: {@code size[;chunk-signature=…]\r\n data \r\n} …, a chunk of size zero, and
 * trailing headers with a checksum. Verifies signatures and trailing checksums on the way.
 */
final class AwsChunkedStream extends InputStream {
    /** The longest line: a size, a signature, or a trailing header. */
    private static final int MAX_LINE = 1_024;

    private static final int MAX_TRAILERS = 20;

    private final InputStream in;
    private final @Nullable ChunkSigner signer;
    private final boolean signed;
    private final List<ContentCheck> trailingChecks = new ArrayList<>();
    private final MessageDigest chunkHash = Hmac.sha256();
    private Headers trailers = Headers.empty();
    private @Nullable String chunkSignature;
    private long left;
    private boolean started;
    private boolean ended;

    /**
     * @param signer null where signatures are not looked at
     * @param signed whether chunks carry signatures
     */
    AwsChunkedStream(InputStream in, @Nullable ChunkSigner signer, boolean signed, Headers headers) {
        this.in = new BufferedInputStream(in);
        this.signer = signer;
        this.signed = signed;
        for (String names : headers.all("x-amz-trailer")) {
            for (String name : names.split(",")) {
                ContentCheck check = ContentCheck.trailing(name.strip());
                if (check != null) {
                    trailingChecks.add(check);
                }
            }
        }
    }

    /** The trailing headers; empty before the end is reached. */
    Headers trailers() {
        return trailers;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!ended && left == 0) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        int count = in.read(buffer, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw incomplete();
        }
        left -= count;
        if (signer != null) {
            chunkHash.update(buffer, offset, count);
        }
        trailingChecks.forEach(check -> check.update(buffer, offset, count));
        if (left == 0) {
            endChunk();
        }
        return count;
    }

    private void nextChunk() throws IOException {
        String line = line();
        int semicolon = line.indexOf(';');
        String size = (semicolon < 0 ? line : line.substring(0, semicolon)).strip();
        if (!size.matches("[0-9a-fA-F]{1,15}")) {
            throw incomplete();
        }
        String extension = semicolon < 0 ? "" : line.substring(semicolon + 1).strip();
        chunkSignature =
                extension.startsWith("chunk-signature=") ? extension.substring("chunk-signature=".length()) : null;
        if (signed && signer != null && chunkSignature == null) {
            throw SignatureErrors.S3.mismatch();
        }
        started = true;
        left = Long.parseLong(size, 16);
        if (left == 0) {
            verifyChunk();
            end();
        }
    }

    private void endChunk() throws IOException {
        verifyChunk();
        if (!line().isEmpty()) {
            throw incomplete();
        }
    }

    private void verifyChunk() {
        byte[] hash = chunkHash.digest();
        if (signer != null && chunkSignature != null) {
            signer.chunk(hash, chunkSignature);
        }
    }

    private void end() throws IOException {
        Headers.Builder found = Headers.builder();
        StringBuilder canonical = new StringBuilder();
        String signature = null;
        String line = line();
        for (int count = 0; !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1 || ++count > MAX_TRAILERS) {
                throw incomplete();
            }
            String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            String value = line.substring(colon + 1).strip();
            if (name.equals("x-amz-trailer-signature")) {
                signature = value;
            } else {
                found.add(name, value);
                canonical.append(name).append(':').append(value).append('\n');
            }
        }
        trailers = found.build();
        verifyTrailer(canonical.toString(), signature);
        trailingChecks.forEach(check -> check.finish(trailers));
        ended = true;
    }

    private void verifyTrailer(String canonical, @Nullable String signature) {
        boolean needed = !canonical.isEmpty() || !trailingChecks.isEmpty();
        if (signer != null && needed) {
            signer.trailer(canonical, signature == null ? "" : signature);
        }
    }

    /** A line without its end; the end of the stream ends the last one. */
    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                if (started && line.isEmpty()) {
                    return "";
                }
                throw incomplete();
            }
            if (line.length() >= MAX_LINE) {
                throw incomplete();
            }
            line.append((char) c);
        }
        int end = line.length();
        return line.substring(0, end > 0 && line.charAt(end - 1) == '\r' ? end - 1 : end);
    }

    private static ServiceException incomplete() {
        return ServiceException.of(
                "IncompleteBody", "The request body terminated unexpectedly, or its aws-chunked coding is broken.");
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
