package belfry.wire;

import belfry.api.Services;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Requests as botocore sent them, and what takes them apart. */
record Recorded(String name, WireRequest request) {
    static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");
    static final Router ROUTER = new Router(Services.ALL, List.of("localhost"), Limits.defaults());
    static final SigV4 SIG_V4 = new SigV4(id -> id.equals("AKIAIOSFODNN7EXAMPLE")
            ? KeyLookup.Key.lasting("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
            : null);

    static List<Recorded> all() {
        try (Stream<Path> files = Files.list(folder())) {
            return files.filter(f -> f.toString().endsWith(".http"))
                    .sorted()
                    .map(Recorded::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Recorded named(String name) {
        return read(folder().resolve(name + ".http"));
    }

    private static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(Recorded.class.getResource("/botocore"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Recorded read(Path file) {
        try {
            String name = file.getFileName().toString().replace(".http", "");
            return new Recorded(name, RawRequests.parse(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Invocation invocation() {
        return (Invocation) ROUTER.resolve(request);
    }

    /** Resolved, verified, decoded and validated. */
    Struct input() {
        Invocation invocation = invocation();
        Struct in = Objects.requireNonNull(
                invocation.decode(SIG_V4.verify(invocation, TIME).request()));
        invocation.validate(in);
        return in;
    }

    @Override
    public String toString() {
        return name;
    }
}
