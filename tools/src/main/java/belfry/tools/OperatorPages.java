package belfry.tools;

import belfry.Options;
import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/**
 * The pages of a running server that are for the account's root. Requests are signed with the credentials that the AWS
 * tools would use; without any they go unsigned, which a development server answers too.
 */
public final class OperatorPages implements AutoCloseable {
    /** It answers 503 where something fails, and says what. */
    public static final String HEALTH = "/_belfry/health";

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final URI server;
    private final Optional<AwsCredentials> key;
    private final HttpClient http = HttpClient.newHttpClient();

    /** What kept a page from being read, in a sentence for people. */
    public static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    public OperatorPages(URI server, Optional<AwsCredentials> key) {
        this.server = server;
        this.key = key;
    }

    /** The credentials of the environment, a profile, and so on; empty where there are none. */
    public static Optional<AwsCredentials> usualKey() {
        try (DefaultCredentialsProvider usual =
                DefaultCredentialsProvider.builder().build()) {
            return Optional.of(usual.resolveCredentials());
        } catch (SdkClientException e) {
            return Optional.empty();
        }
    }

    /** The page's JSON; {@code path} begins with {@code /_belfry/}. */
    public JsonNode get(String path) {
        try {
            HttpResponse<String> answer =
                    http.send(request(server.resolve(path)), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 403) {
                throw new Unreadable("The server is secured, and this page is its root's: use the profile in the file"
                        + " credentials of its data folder (AWS_SHARED_CREDENTIALS_FILE).");
            }
            if (answer.statusCode() != 200 && !(answer.statusCode() == 503 && path.equals(HEALTH))) {
                throw new Unreadable(server + path + " answered " + answer.statusCode() + ".");
            }
            return Json.parse(answer.body());
        } catch (IOException e) {
            throw new Unreadable("No Belfry answers at " + server + " (--endpoint, or AWS_ENDPOINT_URL).");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unreadable("interrupted");
        }
    }

    private HttpRequest request(URI uri) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(TIMEOUT);
        SdkHttpRequest plain =
                SdkHttpRequest.builder().uri(uri).method(SdkHttpMethod.GET).build();
        key.ifPresent(identity -> AwsV4HttpSigner.create()
                .sign(r -> r.identity(identity)
                        .request(plain)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, Options.DEFAULT_REGION))
                .request()
                .forEachHeader((name, values) -> {
                    if (!name.equalsIgnoreCase("Host")) {
                        request.header(name, values.getFirst());
                    }
                }));
        return request.build();
    }

    /** Where the server is: what was given, else what the AWS tools use, else the usual address. */
    public static URI endpoint(Optional<URI> given) {
        return given.or(() -> Optional.ofNullable(System.getenv("AWS_ENDPOINT_URL"))
                        .filter(text -> !text.isBlank())
                        .map(URI::create))
                .orElseGet(() -> URI.create("http://" + Options.DEFAULT_HOST + ":" + Options.DEFAULT_PORT));
    }

    @Override
    public void close() {
        http.close();
    }
}
