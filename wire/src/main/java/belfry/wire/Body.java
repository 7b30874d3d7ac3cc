package belfry.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;

/**
 * A payload that need not lie in memory: a request's body as it arrives, or an object on its way out. It is read at
 * most once unless it was made from bytes.
 */
public interface Body {
    /** The length is not known before the end is reached. */
    long UNKNOWN = -1;

    /** Bytes in all, or {@link #UNKNOWN}. */
    long length();

    /** The content from its start. The caller closes the stream. */
    InputStream open() throws IOException;

    /** Headers that came after the content, for example a checksum; empty before the end was read. */
    default Headers trailers() {
        return Headers.empty();
    }

    /** Copies the content; a body that knows a faster way (a file, a row) overrides this. */
    default void writeTo(OutputStream out) throws IOException {
        try (InputStream in = open()) {
            in.transferTo(out);
        }
    }

    static Body empty() {
        return of(new byte[0]);
    }

    static Body of(byte[] bytes) {
        return new Bytes(bytes);
    }

    /** A body over an open stream; {@code length} may be {@link #UNKNOWN}. */
    static Body of(InputStream in, long length) {
        return new Stream(in, length);
    }

    /** A body in memory; it can be read again. Has no toString that prints the content: it may be a secret. */
    final class Bytes implements Body {
        private final byte[] bytes;

        private Bytes(byte[] bytes) {
            this.bytes = Objects.requireNonNull(bytes);
        }

        /** The array itself, not a copy. */
        public byte[] bytes() {
            return bytes;
        }

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(bytes);
        }
    }

    /** A body that is read once, as it arrives. */
    record Stream(InputStream in, long length) implements Body {
        public Stream {
            Objects.requireNonNull(in);
        }

        @Override
        public InputStream open() {
            return in;
        }
    }
}
