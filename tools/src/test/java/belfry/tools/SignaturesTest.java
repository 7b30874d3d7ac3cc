package belfry.tools;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.Belfry;
import belfry.Options;
import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signatures of messages, checked by code that is not ours. */
class SignaturesTest {
    private static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:signed";

    @TempDir
    private Path folder;

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private Belfry belfry;
    private HttpServer receiver;

    @BeforeEach
    void start() throws IOException {
        belfry = Belfry.start(Options.development());
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            try (exchange) {
                received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(200, -1);
            }
        });
        receiver.start();
    }

    @AfterEach
    void stop() {
        belfry.close();
        receiver.stop(0);
    }

    @Test
    void pythonsCryptographyAgrees() throws Exception {
        Tools.require("python3");
        Tools.requireRun("Python's package cryptography", "python3", "-c", "import cryptography.x509");
        verify("verify.py", "python3");
    }

    @Test
    void theJavaScriptPackageSnsValidatorAgrees() throws Exception {
        Tools.require("node");
        Tools.requireRun("the npm package sns-validator (on NODE_PATH)", "node", "-e", "require('sns-validator')");
        verify("verify.js", "node");
    }

    private void verify(String script, String runner) throws Exception {
        Path file = folder.resolve(script);
        try (InputStream in = SignaturesTest.class.getResourceAsStream("/signatures/" + script)) {
            Files.write(file, in.readAllBytes());
        }
        call("Action=CreateTopic&Name=signed");
        call("Action=Subscribe&Protocol=http&TopicArn=" + TOPIC + "&Endpoint="
                + encoded("http://127.0.0.1:" + receiver.getAddress().getPort() + "/"));
        JsonNode asked = Json.parse(next());
        assertThat(judged(file, runner, asked).output().strip()).isEqualTo("right");
        get(asked.path("SubscribeURL").textValue());
        for (String version : List.of("1", "2")) {
            call("Action=SetTopicAttributes&AttributeName=SignatureVersion&AttributeValue=" + version + "&TopicArn="
                    + TOPIC);
            call("Action=Publish&Subject=" + encoded("A subject") + "&Message="
                    + encoded("gr\u00fc\u00dfe \"quoted\" \u2713") + "&TopicArn=" + TOPIC);
            ObjectNode message = (ObjectNode) Json.parse(next());
            assertThat(message.path("SignatureVersion").textValue()).isEqualTo(version);
            Tools.Result right = judged(file, runner, message);
            assertThat(right.output().strip()).isEqualTo("right");
            assertThat(judged(file, runner, message.deepCopy().put("Message", "forged"))
                            .exit())
                    .isEqualTo(1);
            assertThat(judged(file, runner, message.deepCopy().put("Subject", "forged"))
                            .exit())
                    .isEqualTo(1);
        }
    }

    private Tools.Result judged(Path script, String runner, JsonNode message) throws Exception {
        Path file = Files.writeString(folder.resolve("message.json"), Json.write(message));
        return Tools.run(folder, Map.of(), "sh", "-c", runner + " " + script + " < " + file);
    }

    private String next() throws InterruptedException {
        String body = received.poll(30, TimeUnit.SECONDS);
        assertThat(body).as("a message within 30 s").isNotNull();
        return String.valueOf(body);
    }

    private void call(String form) throws Exception {
        send(HttpRequest.newBuilder(belfry.url().resolve("/"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=alice/20260302/us-east-1/sns/aws4_request, SignedHeaders=host,"
                                + " Signature=0")
                .POST(HttpRequest.BodyPublishers.ofString(form + "&Version=2010-03-31")));
    }

    private static void get(String url) throws Exception {
        send(HttpRequest.newBuilder(URI.create(url)));
    }

    private static void send(HttpRequest.Builder request) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
