package belfry.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Supplier;

/**
 * A body that makes sure of its length and its checks before it hands out its last bytes. So even a reader that stops
 * at the stated length cannot miss a failed check.
 */
final class CheckedBody implements Body {
    private final Body inner;
    private final List<ContentCheck> checks;
    private final Supplier<Headers> trailers;

    private CheckedBody(Body inner, List<ContentCheck> checks, Supplier<Headers> trailers) {
        this.inner = inner;
        this.checks = checks;
        this.trailers = trailers;
    }

    static Body of(Body body, List<ContentCheck> checks) {
        return new CheckedBody(body, checks, body::trailers);
    }

    static Body of(InputStream in, long length, Supplier<Headers> trailers) {
        return new CheckedBody(Body.of(in, length), List.of(), trailers);
    }

    @Override
    public long length() {
        return inner.length();
    }

    @Override
    public Headers trailers() {
        return trailers.get();
    }

    @Override
    public InputStream open() throws IOException {
        Checked in = new Checked(inner.open(), inner.length(), checks);
        if (inner.length() == 0) {
            // Nobody needs to read an empty body; its checks must not go by.
            in.finish(false);
        }
        return in;
    }

    private static final class Checked extends InputStream {
        private final InputStream in;
        private final long expected;
        private final List<ContentCheck> checks;
        private long count;
        private boolean finished;

        Checked(InputStream in, long expected, List<ContentCheck> checks) {
            this.in = in;
            this.expected = expected;
            this.checks = checks;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int got = finished && count == expected ? -1 : in.read(buffer, offset, length);
            if (got > 0) {
                count += got;
                checks.forEach(check -> check.update(buffer, offset, got));
            }
            if (got < 0 || count == expected) {
                finish(got < 0);
            }
            return got;
        }

        private void finish(boolean ended) throws IOException {
            if (finished) {
                return;
            }
            finished = true;
            if ((expected >= 0 && count != expected) || (!ended && in.read() >= 0)) {
                throw ServiceException.of(
                        "IncompleteBody",
                        "You did not provide the number of bytes specified by the Content-Length HTTP header");
            }
            checks.forEach(check -> check.finish(Headers.empty()));
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
