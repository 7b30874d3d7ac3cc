package belfry.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.TestServer;
import belfry.base.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input of each protocol: AWS's error, no stack trace, and a server that is well afterwards. */
class GatewayTest {
    private static final String SECRETS = "secretsmanager.CreateSecret";
    private static TestServer server;
    private static HttpClient http;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        assertThat(server.get("/_belfry/health").statusCode()).isEqualTo(200);
        http.close();
        server.close();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        assertThat(response.body()).doesNotContain("Exception in", "\tat ", "java.", "belfry.");
        return response;
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.url() + path));
    }

    private static HttpResponse<String> json(String target, String body) throws IOException, InterruptedException {
        return send(request("/")
                .header("X-Amz-Target", target)
                .header("Content-Type", "application/x-amz-json-1.1")
                .POST(BodyPublishers.ofString(body)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"Name\": \"x", "{\"Name\": 5}", "[]", "nonsense", "{\"Name\": {\"a\": 1}}", "\u0000"})
    void jsonThatDoesNotFitIsASerializationError(String body) throws Exception {
        HttpResponse<String> response = json(SECRETS, body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Json.parse(response.body()).path("__type").asText()).isEqualTo("SerializationException");
        assertThat(response.headers().firstValue("x-amzn-RequestId")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"secretsmanager.Nothing", "nothing.CreateSecret", "nothing", ".", ""})
    void anUnknownTargetIsAnUnknownOperation(String target) throws Exception {
        HttpResponse<String> response = json(target, "{}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("UnknownOperationException");
    }

    @ParameterizedTest
    @CsvSource({
        "Action=ListTopics&Version=1999-01-01, InvalidAction",
        "Action=Nothing&Version=2010-03-31, InvalidAction",
        "Version=2010-03-31, MissingAction",
        "%%%, MissingAction",
        "'', MissingAction",
    })
    void aBadFormIsRefusedInXml(String form, String code) throws Exception {
        HttpResponse<String> response = send(request("/")
                .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .POST(BodyPublishers.ofString(form)));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("<Code>" + code + "</Code>").contains("<RequestId>");
    }

    @Test
    void brokenCborIsRefused() throws Exception {
        HttpResponse<String> response = send(request("/service/GraniteServiceVersion20100801/operation/PutMetricData")
                .header("smithy-protocol", "rpc-v2-cbor")
                .header("Content-Type", "application/cbor")
                .POST(BodyPublishers.ofByteArray(new byte[] {(byte) 0xBF, 0x61})));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("smithy-protocol")).hasValue("rpc-v2-cbor");
        assertThat(response.body()).contains("SerializationException");
    }

    @Test
    void brokenXmlIsMalformed() throws Exception {
        HttpResponse<String> response = send(
                request("/some-bucket?versioning").PUT(BodyPublishers.ofString("<VersioningConfiguration><Status>")));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("<Code>MalformedXML</Code>");
    }

    @Test
    void aBodyBeyondTheLimitIsRefusedWithoutBeingKept() throws Exception {
        HttpResponse<String> response = json(SECRETS, "x".repeat(20_000_000));
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("RequestEntityTooLarge");
    }

    @Test
    void endlessHeadersEndTheConnection() throws Exception {
        assertThat(raw("GET / HTTP/1.1\r\nHost: x\r\n"
                        + "X-Filler: %s\r\n".formatted("y".repeat(200)).repeat(1_000)))
                .startsWith("HTTP/1.1 4");
    }

    @Test
    void anEndlessRequestLineEndsTheConnection() throws Exception {
        assertThat(raw("GET /" + "a".repeat(100_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 4");
    }

    /** What the server answers before it closes; empty if it just closes. */
    private static String raw(String text) throws IOException {
        try (Socket socket = new Socket(server.url().getHost(), server.url().getPort())) {
            socket.setSoTimeout(10_000);
            try {
                socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
            } catch (IOException e) {
                // The server closed early; it may have answered before.
            }
            try (InputStream in = socket.getInputStream()) {
                byte[] start = in.readNBytes(12);
                return new String(start, StandardCharsets.ISO_8859_1);
            }
        }
    }

    @Test
    void anOperationThatIsNotBuiltSaysSo() throws Exception {
        HttpResponse<String> response = json("secretsmanager.RotateSecret", "{\"SecretId\":\"x\"}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .contains("NotImplemented")
                .contains("RotateSecret")
                .contains("secretsmanager");
    }

    @Test
    void whatIsNotThereBelowTheOwnPrefixIsNotFound() {
        assertThat(server.get("/_belfry/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void theClockMovesForwardOnly() {
        String json = "application/json";
        assertThat(server.post("/_belfry/clock", json, "{\"advance\":\"PT5M\"}").statusCode())
                .isEqualTo(200);
        assertThat(Json.parse(server.get("/_belfry/clock").body()).path("time").asText())
                .isEqualTo(TestServer.START.plusSeconds(300).toString());
        assertThat(server.post("/_belfry/clock", json, "{\"advance\":\"-PT5M\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(server.post("/_belfry/clock", json, "{\"advance\":\"soon\"}").statusCode())
                .isEqualTo(400);
        assertThat(server.post("/_belfry/clock", json, "five minutes").statusCode())
                .isEqualTo(400);
    }

    @Test
    void theClockIsSetStoppedAndStarted() {
        String json = "application/json";
        assertThat(Json.parse(server.get("/_belfry/clock").body())
                        .path("running")
                        .asBoolean())
                .isFalse();
        String set = server.post(
                        "/_belfry/clock",
                        json,
                        "{\"time\":\"2026-03-05T00:00:00Z\",\"advance\":\"PT90S\",\"running\":true}")
                .body();
        assertThat(Json.parse(set).path("running").asBoolean()).isTrue();
        assertThat(server.clock().now()).isAfterOrEqualTo(Instant.parse("2026-03-05T00:01:30Z"));
        String stopped =
                server.post("/_belfry/clock", json, "{\"running\":false}").body();
        Instant then = Instant.parse(Json.parse(stopped).path("time").asText());
        assertThat(server.clock().now()).isEqualTo(then);
        assertThat(server.post("/_belfry/clock", json, "{}").statusCode()).isEqualTo(200);
        assertThat(server.clock().now()).as("nothing asked, nothing moved").isEqualTo(then);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"time\":\"2020-01-01T00:00:00Z\"}",
                "{\"time\":\"tomorrow\"}",
                "{\"time\":1767225600}",
                "{\"advance\":300}",
                "{\"running\":\"yes\"}",
                "{\"advances\":\"PT5M\"}",
                "[]",
                "",
            })
    void whatTheClockDoesNotUnderstandIsRefused(String body) {
        Instant before = server.clock().now();
        HttpResponse<String> response = server.post("/_belfry/clock", "application/json", body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(server.clock().now()).isEqualTo(before);
    }
}
