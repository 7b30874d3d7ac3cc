package belfry.topics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** An http endpoint on this machine that keeps what it is sent and answers as it is told. */
public final class WebReceiver implements AutoCloseable {
    /** A request as it came; names of headers in lower case. */
    public record Got(String method, String path, Map<String, List<String>> headers, String body) {
        public String header(String name) {
            return String.join(", ", headers.getOrDefault(name, List.of()));
        }
    }

    private final HttpServer server;
    private final List<Got> got = new CopyOnWriteArrayList<>();
    private volatile Function<Got, Integer> answer = request -> 200;
    private volatile boolean echo;
    private volatile String answerBody = "";
    private volatile Map<String, String> answerHeaders = Map.of();

    public WebReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::receive);
        server.start();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    public void answers(int status) {
        answer = request -> status;
    }

    public void answers(Function<Got, Integer> status, Map<String, String> headers) {
        answer = status;
        answerHeaders = headers;
    }

    /** Answers with the body that came. */
    public void echoes(int status) {
        answers(status);
        echo = true;
    }

    /** Answers with this body. */
    public void answers(int status, String body) {
        answers(status);
        answerBody = body;
    }

    /** What has come so far. */
    public List<Got> got() {
        return new ArrayList<>(got);
    }

    public Got last() {
        return got.getLast();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, List<String>> headers = new HashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values));
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Got request = new Got(
                    exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body);
            got.add(request);
            answerHeaders.forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
            byte[] repeated = (echo ? body : answerBody).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.apply(request), repeated.length == 0 ? -1 : repeated.length);
            if (repeated.length > 0) {
                exchange.getResponseBody().write(repeated);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
