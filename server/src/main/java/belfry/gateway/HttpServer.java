package belfry.gateway;

import belfry.wire.Body;
import belfry.wire.Headers;
import belfry.wire.WireRequest;
import belfry.wire.WireResponse;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server behind a small adapter: everything else sees {@link WireRequest} and {@link WireResponse} only. */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    /** A presigned URL with a session token and encoded keys is long. */
    private static final int REQUEST_LINE_BYTES_MAX = 16 * 1024;

    private static final int HEADERS_BYTES_MAX = 32 * 1024;
    private static final int CONNECTIONS_MAX = 4_096;
    private static final Duration IDLE_MAX = Duration.ofMinutes(2);

    /** Answers a request. It may throw only for defects; those are answered 500 without details. */
    @FunctionalInterface
    public interface Handler {
        WireResponse handle(WireRequest request, Peer peer);
    }

    /**
     * Where a request came from.
     *
     * @param address the client's IP address
     * @param secure whether it came over TLS
     * @param tlsVersion {@code TLSv1.3}; null where that is not known
     * @param cipherSuite null where that is not known
     */
    public record Peer(
            String address,
            boolean secure,
            @Nullable String tlsVersion,
            @Nullable String cipherSuite) {}

    private final WebServer server;

    /**
     * Starts listening; a port of 0 picks a free one.
     *
     * @param proxies those before it whose word is taken for where requests came from
     * @throws UncheckedIOException if it cannot listen there
     */
    public HttpServer(String host, int port, Proxies proxies, Handler handler) {
        probe(host, port);
        this.server = WebServer.builder()
                .host(host)
                .port(port)
                .maxTcpConnections(CONNECTIONS_MAX)
                .maxPayloadSize(-1)
                .idleConnectionTimeout(IDLE_MAX)
                .shutdownGracePeriod(Duration.ofMillis(200))
                .shutdownHook(false)
                .contentEncoding(PassThroughEncoding.INSTANCE)
                .addProtocol(Http1Config.builder()
                        .maxPrologueLength(REQUEST_LINE_BYTES_MAX)
                        .maxHeadersSize(HEADERS_BYTES_MAX)
                        .validatePath(false)
                        .build())
                .routing(HttpRouting.builder().any((request, response) -> answer(proxies, handler, request, response)))
                .build()
                .start();
        if (!server.isRunning()) {
            throw new UncheckedIOException(new BindException("the web server did not start"));
        }
    }

    /** The web server only logs that it cannot listen; the socket says why. */
    private static void probe(String host, int port) {
        InetSocketAddress address = new InetSocketAddress(host, port);
        try (ServerSocket socket = new ServerSocket()) {
            if (address.isUnresolved()) {
                throw new BindException("no such host");
            }
            socket.bind(address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }

    private static void answer(Proxies proxies, Handler handler, ServerRequest request, ServerResponse response) {
        WireResponse answer;
        try {
            WireRequest wire = wire(request);
            answer = handler.handle(wire, proxies.origin(peer(request), wire.headers()));
        } catch (RuntimeException e) {
            LOG.error("a request could not be answered", e);
            answer = new WireResponse(500, Headers.of("Content-Type", "text/plain"), Body.of(new byte[0]));
        }
        send(answer, request, response);
    }

    private static WireRequest wire(ServerRequest request) {
        Headers.Builder headers = Headers.builder();
        for (Header header : request.headers()) {
            for (String value : header.allValues()) {
                headers.add(header.name(), value);
            }
        }
        Body body = request.content().hasEntity()
                ? Body.of(
                        request.content().inputStream(),
                        request.headers().contentLength().orElse(Body.UNKNOWN))
                : Body.empty();
        return new WireRequest(
                request.prologue().method().text(),
                request.path().absolute().rawPath(),
                request.query().rawValue(),
                headers.build(),
                body);
    }

    private static Peer peer(ServerRequest request) {
        String host = request.remotePeer().host();
        return new Peer(host, request.isSecure(), null, null);
    }

    private static void send(WireResponse answer, ServerRequest request, ServerResponse response) {
        response.status(Status.create(answer.status()));
        answer.headers().forEach((name, value) -> response.headers().add(HeaderNames.create(name), value));
        boolean headOnly = request.prologue().method().text().equals("HEAD");
        if (headOnly || answer.status() == 204 || answer.status() == 304) {
            response.send();
            return;
        }
        if (answer.body() instanceof Body.Bytes bytes) {
            response.send(bytes.bytes());
            return;
        }
        if (answer.body().length() != Body.UNKNOWN) {
            response.contentLength(answer.body().length());
        }
        try (OutputStream out = response.outputStream()) {
            answer.body().writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
