package belfry.delivery.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What endpoints can do to a caller, played by a bare socket. */
class WebPostTest {
    private final ServerSocket listening = listen();
    private final WebPost web = new WebPost((SSLSocketFactory) SSLSocketFactory.getDefault(), Duration.ofMillis(300));

    @AfterEach
    void stop() throws IOException {
        web.close();
        listening.close();
    }

    private static ServerSocket listen() {
        try {
            return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers the first caller with these bytes, and keeps the connection open. */
    private void answer(String... pieces) {
        Thread.ofVirtual().start(() -> {
            try {
                Socket socket = listening.accept();
                for (String piece : pieces) {
                    socket.getOutputStream().write(piece.getBytes(StandardCharsets.ISO_8859_1));
                }
                socket.getOutputStream().flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private WebPost.Answer post() throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + listening.getLocalPort() + "/hook?a=b");
        return web.post(uri, Map.of("X-One", "line\r\nX-Two: injected"), "body", AddressGuard.EVERYWHERE);
    }

    @Test
    void theStatusCountsEvenWhereTheBodyNeverEnds() throws IOException {
        answer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly so much");
        assertThat(post().status()).isEqualTo(200);
    }

    @Test
    void aContinueBeforeTheAnswerIsPassedOver() throws IOException {
        answer("HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 429 Slow\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n");
        WebPost.Answer answer = post();
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.headers()).containsEntry("retry-after", "7");
    }

    @Test
    void silenceEndsAtTheDeadline() {
        answer();
        assertThatThrownBy(this::post).isInstanceOf(IOException.class);
    }

    @Test
    void aHeadWithoutEndIsGivenUp() {
        answer("HTTP/1.1 200 OK\r\nX: " + "x".repeat(100_000));
        assertThatThrownBy(this::post).isInstanceOf(IOException.class);
    }

    @Test
    void whatIsNoHttpIsNoAnswer() {
        answer("220 mail.example ESMTP\r\n");
        assertThatThrownBy(this::post).hasMessage("the endpoint does not speak HTTP/1.1");
    }

    @Test
    void headersHoldNoLineBreaks() throws IOException {
        try (ServerSocket other = listen()) {
            Thread caller = Thread.ofVirtual().start(() -> {
                try {
                    var unused = web.post(
                            URI.create("http://127.0.0.1:" + other.getLocalPort() + "/"),
                            Map.of("X-One", "line\r\nX-Two: injected"),
                            "",
                            AddressGuard.EVERYWHERE);
                } catch (IOException e) {
                    // Nobody answers here.
                }
            });
            try (Socket socket = other.accept()) {
                byte[] head = new byte[400];
                int count = socket.getInputStream().read(head);
                assertThat(new String(head, 0, count, StandardCharsets.ISO_8859_1))
                        .startsWith("POST / HTTP/1.1\r\n")
                        .contains("X-One: line  X-Two: injected\r\n")
                        .doesNotContain("\nX-Two");
            }
            caller.interrupt();
        }
    }

    @Test
    void aNameOfAnInternalAddressIsNotConnectedTo() {
        URI uri = URI.create("http://localhost:" + listening.getLocalPort() + "/");
        assertThatThrownBy(() -> web.post(uri, Map.of(), "", AddressGuard.PUBLIC_ONLY))
                .isInstanceOf(WebPost.Forbidden.class);
    }
}
