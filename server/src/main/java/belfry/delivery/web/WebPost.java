package belfry.delivery.web;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One POST over one connection, to an address that the guard has seen. Redirects are not followed, answers are read up to
 * a bound, and the whole has a deadline (docs/decisions/0810).
 */
public final class WebPost implements AutoCloseable {
    /** How long SNS waits for an endpoint. */
    public static final Duration DEADLINE = Duration.ofSeconds(15);

    private static final int HEAD_MAX = 32 * 1024;
    private static final int BODY_MAX = 4 * 1024;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** The guard does not let this address be called. */
    public static final class Forbidden extends IOException {
        private static final long serialVersionUID = 1;

        Forbidden(String message) {
            super(message);
        }
    }

    /**
     * What was answered.
     *
     * @param headers by name in lower case; of a repeated one the last
     * @param body its beginning
     */
    public record Answer(int status, Map<String, String> headers, String body) {
        public Answer {
            headers = Map.copyOf(headers);
        }
    }

    private final SSLSocketFactory tls;
    private final Duration deadline;
    private final ScheduledExecutorService watch;

    public WebPost() {
        this((SSLSocketFactory) SSLSocketFactory.getDefault(), DEADLINE);
    }

    WebPost(SSLSocketFactory tls, Duration deadline) {
        this.tls = tls;
        this.deadline = deadline;
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("web-deadlines").daemon(true).factory());
        executor.setRemoveOnCancelPolicy(true);
        this.watch = executor;
    }

    /**
     * Sends and waits for the answer.
     *
     * @param uri http or https; a user and password in it become an {@code Authorization} header
     * @param headers besides those that HTTP itself needs
     * @throws Forbidden where the guard refuses the address
     * @throws IOException where no answer came
     */
    public Answer post(URI uri, Map<String, String> headers, String body, AddressGuard guard) throws IOException {
        boolean secure = uri.getScheme().equalsIgnoreCase("https");
        InetSocketAddress to = resolve(uri, secure ? HTTPS : HTTP, guard);
        try (Socket plain = new Socket()) {
            Future<?> end = watch.schedule(() -> closeQuietly(plain), deadline.toMillis(), TimeUnit.MILLISECONDS);
            try {
                plain.connect(to, (int) deadline.toMillis());
                plain.setSoTimeout((int) deadline.toMillis());
                return exchange(secure ? secured(plain, uri) : plain, uri, headers, body);
            } catch (IOException e) {
                throw end.isDone() ? new IOException("no answer within " + deadline.toSeconds() + " s", e) : e;
            } finally {
                end.cancel(false);
            }
        }
    }

    private static InetSocketAddress resolve(URI uri, int usualPort, AddressGuard guard) throws IOException {
        String host = uri.getHost();
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        InetAddress[] addresses = InetAddress.getAllByName(bare);
        // One internal address among several is reason enough: no honest name has both.
        for (InetAddress address : addresses) {
            var refusal = guard.refusal(address);
            if (refusal.isPresent()) {
                throw new Forbidden(refusal.get());
            }
        }
        return new InetSocketAddress(addresses[0], uri.getPort() < 0 ? usualPort : uri.getPort());
    }

    private Socket secured(Socket plain, URI uri) throws IOException {
        SSLSocket socket = (SSLSocket) tls.createSocket(plain, uri.getHost(), plain.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static Answer exchange(Socket socket, URI uri, Map<String, String> headers, String body)
            throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        OutputStream out = socket.getOutputStream();
        out.write(head(uri, headers, content.length).getBytes(StandardCharsets.ISO_8859_1));
        out.write(content);
        out.flush();
        InputStream in = new BufferedInputStream(socket.getInputStream());
        String status = line(in, HEAD_MAX);
        while (status.matches("HTTP/1\\.[01] 1\\d\\d.*")) {
            var unused = headers(in);
            status = line(in, HEAD_MAX);
        }
        if (!status.matches("HTTP/1\\.[01] \\d{3}( .*)?")) {
            throw new IOException("the endpoint does not speak HTTP/1.1");
        }
        Map<String, String> answered = headers(in);
        return new Answer(Integer.parseInt(status.substring(9, 12)), answered, body(in, answered));
    }

    private static String head(URI uri, Map<String, String> headers, int length) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        StringBuilder head = new StringBuilder("POST " + path + query + " HTTP/1.1\r\n");
        headers.forEach((name, value) -> head.append(name)
                .append(": ")
                .append(value.replaceAll("[\\r\\n]", " "))
                .append("\r\n"));
        head.append("Content-Length: ").append(length).append("\r\n");
        head.append("Host: ").append(uri.getHost());
        head.append(uri.getPort() < 0 ? "" : ":" + uri.getPort()).append("\r\n");
        head.append("Connection: close\r\n");
        String user = uri.getUserInfo();
        if (user != null && !headers.containsKey("Authorization")) {
            byte[] login = user.getBytes(StandardCharsets.UTF_8);
            head.append("Authorization: Basic ")
                    .append(Base64.getEncoder().encodeToString(login))
                    .append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        int left = HEAD_MAX;
        for (String line = line(in, left); !line.isEmpty(); line = line(in, left)) {
            left -= line.length();
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private static String line(InputStream in, int max) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the endpoint closed the connection without an answer");
            }
            if (line.size() >= max) {
                throw new IOException("the endpoint's answer has too long a head");
            }
            line.write(c);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    /** The beginning of the answer, for people to read. The status is known; what goes wrong now changes nothing. */
    private static String body(InputStream in, Map<String, String> headers) {
        int max = BODY_MAX;
        String length = headers.getOrDefault("content-length", "");
        if (length.matches("\\d{1,9}")) {
            max = Math.min(max, Integer.parseInt(length));
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            while (body.size() < max) {
                byte[] some = new byte[max - body.size()];
                int count = in.read(some);
                if (count < 0) {
                    break;
                }
                body.write(some, 0, count);
            }
        } catch (IOException e) {
            // As far as it came.
        }
        return body.toString(StandardCharsets.UTF_8);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone already: that is what was wanted.
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
