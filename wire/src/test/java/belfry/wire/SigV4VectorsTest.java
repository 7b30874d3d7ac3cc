package belfry.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** AWS's own signature suite, on the verifying side; and each of its requests again with one thing changed. */
class SigV4VectorsTest {
    private static final SignatureErrors ERRORS = SignatureErrors.JSON;

    /** One signed request of the suite. */
    record Vector(String name, WireRequest request, JsonNode context, String canonical, String stringToSign) {
        Instant time() {
            return Instant.parse(context.get("timestamp").asText());
        }

        CanonicalRequest.PathRules rules() {
            return new CanonicalRequest.PathRules(context.get("normalize").asBoolean(), true);
        }

        @Nullable
        String token() {
            JsonNode token = context.get("credentials").get("token");
            return token == null ? null : token.asText();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Vector> vectors() throws IOException, URISyntaxException {
        Path root = Path.of(Objects.requireNonNull(SigV4VectorsTest.class.getResource("/sigv4"))
                .toURI());
        List<Vector> vectors = new ArrayList<>();
        try (Stream<Path> folders = Files.list(root).filter(Files::isDirectory).sorted()) {
            for (Path folder : folders.toList()) {
                vectors.add(read(folder, "header"));
                vectors.add(read(folder, "query"));
            }
        }
        assertThat(vectors).hasSize(76);
        return vectors.stream();
    }

    private static Vector read(Path folder, String kind) throws IOException {
        return new Vector(
                folder.getFileName() + " " + kind,
                RawRequests.read(folder.resolve(kind + "-signed-request.txt")),
                new ObjectMapper().readTree(folder.resolve("context.json").toFile()),
                Files.readString(folder.resolve(kind + "-canonical-request.txt")),
                Files.readString(folder.resolve(kind + "-string-to-sign.txt")));
    }

    private static SigV4 verifier(Vector vector) {
        JsonNode credentials = vector.context().get("credentials");
        KeyLookup.Key key =
                new KeyLookup.Key(credentials.get("secret_access_key").asText(), vector.token(), null);
        return new SigV4(id -> id.equals(credentials.get("access_key_id").asText()) ? key : null);
    }

    private static SigV4.Verified verify(Vector vector, WireRequest request) {
        Signature signature = Signature.read(request, ERRORS);
        return verifier(vector).verify(request, signature, ERRORS, vector.rules(), vector.time());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void theSuitesSignaturesAreRight(Vector vector) {
        Credential credential = verify(vector, vector.request()).credential();
        assertThat(credential).isEqualTo(new Credential("AKIDEXAMPLE", "20150830", "us-east-1", "service"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void everyChangedSignatureCharacterIsRefused(Vector vector) {
        String value = Signature.read(vector.request(), ERRORS).value();
        for (int i = 0; i < value.length(); i++) {
            char other = value.charAt(i) == '0' ? '1' : '0';
            String changed = value.substring(0, i) + other + value.substring(i + 1);
            refuse(vector, edited(vector.request(), text -> text.replace(value, changed)));
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void everythingThatTheSignatureCoversIsRefusedWhenItChanges(Vector vector) {
        WireRequest request = vector.request();
        refuse(
                vector,
                new WireRequest("PUT", request.rawPath(), request.rawQuery(), request.headers(), request.body()));
        refuse(
                vector,
                new WireRequest(
                        request.method(),
                        request.rawPath() + "/x",
                        request.rawQuery(),
                        request.headers(),
                        request.body()));
        refuse(
                vector,
                new WireRequest(
                        request.method(),
                        request.rawPath(),
                        request.rawQuery() + (request.rawQuery().isEmpty() ? "" : "&") + "added=1",
                        request.headers(),
                        request.body()));
        refuse(vector, request.withBody(Body.of("another body".getBytes(java.nio.charset.StandardCharsets.UTF_8))));
        refuse(vector, request.withHeaders(request.headers().with("Host", "example.org")));
        refuse(vector, request.withHeaders(request.headers().with("Host", null)));
        refuse(vector, edited(request, text -> text.replace("us-east-1", "us-east-2")));
        refuse(vector, edited(request, text -> text.replaceFirst("service(/|%2F)aws4", "other$1aws4")));
        refuse(vector, edited(request, text -> text.replace("20150830T123600Z", "20150830T123601Z")));
        refuse(vector, edited(request, text -> text.replace("AKIDEXAMPLE", "AKIDEXAMPLF")));
        refuse(
                vector,
                edited(request, text -> text.replace("20150830/", "20150831/").replace("20150830%2F", "20150831%2F")));
        refuse(vector, edited(request, text -> text.replaceFirst("SignedHeaders=[a-z-]+", "SignedHeaders=x-other")));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void timeDecides(Vector vector) {
        SigV4 verifier = verifier(vector);
        Signature signature = Signature.read(vector.request(), ERRORS);
        long lifetime = signature.expires() == null ? 300 : signature.expires().toSeconds();
        Instant end = vector.time().plusSeconds(lifetime);
        verifier.verify(vector.request(), signature, ERRORS, vector.rules(), end);
        for (Instant wrong : List.of(end.plusSeconds(1), vector.time().minusSeconds(301))) {
            assertThatThrownBy(() -> verifier.verify(vector.request(), signature, ERRORS, vector.rules(), wrong))
                    .isInstanceOf(ServiceException.class)
                    .hasMessageContaining("Signature");
        }
    }

    /** The request with its headers and its query edited as texts. */
    private static WireRequest edited(WireRequest request, UnaryOperator<String> edit) {
        Headers.Builder headers = Headers.builder();
        request.headers().forEach((name, value) -> headers.add(name, edit.apply(value)));
        return new WireRequest(
                request.method(), request.rawPath(), edit.apply(request.rawQuery()), headers.build(), request.body());
    }

    private static void refuse(Vector vector, WireRequest changed) {
        assertThatThrownBy(() -> verify(vector, changed))
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.status()).isIn(400, 403));
    }
}
