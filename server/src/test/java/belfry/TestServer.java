package belfry;

import belfry.base.Clock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The real server in this process on a free port, and the AWS SDK's clients for it. By default in development mode with a
 * clock that stands at {@link #START} until {@link #advance} moves it.
 */
public final class TestServer implements AutoCloseable {
    public static final Instant START = Instant.parse("2026-03-02T10:00:00Z");
    public static final String ACCOUNT = Options.DEFAULT_ACCOUNT;
    public static final String REGION = Options.DEFAULT_REGION;
    /** The access key id that the clients use; in development mode it is also the user's name. */
    public static final String USER = "alice";

    private final Belfry belfry;
    private final Clock clock;
    private final List<AutoCloseable> clients = new ArrayList<>();

    private TestServer(Options options, Machine machine) {
        this.clock = machine.clock();
        this.belfry = Belfry.start(options, machine);
    }

    /** In development mode, nothing kept, with a standing clock. */
    public static TestServer start() {
        return start(Options.development());
    }

    public static TestServer start(Options options) {
        return start(options, Clock.stoppedAt(START));
    }

    public static TestServer start(Options options, Clock clock) {
        return start(options, Machine.at(clock));
    }

    public static TestServer start(Options options, Machine machine) {
        return new TestServer(options, machine);
    }

    public URI url() {
        return belfry.url();
    }

    public Belfry belfry() {
        return belfry;
    }

    public Clock clock() {
        return clock;
    }

    /** Waits until everything that calls have set in motion is done. */
    public void settle() {
        belfry.pumps().settle();
    }

    /** Moves the clock forward and lets what falls due happen, in order. */
    public void advance(Duration by) {
        belfry.pumps().advanceTo(clock.now().plus(by), false);
    }

    /** A client of the AWS SDK, for example {@code server.client(KmsClient.builder())}. */
    public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkClient> C client(B builder) {
        return client(builder, USER);
    }

    /** A client whose access key id is {@code user}. */
    public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkClient> C client(
            B builder, String user) {
        C client = builder.endpointOverride(url())
                .region(Region.of(REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(user, "not-a-secret")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
        clients.add(client);
        return client;
    }

    public S3Client s3() {
        return client(S3Client.builder().forcePathStyle(true));
    }

    /** A plain HTTP GET of {@code /…}. */
    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(url().resolve(path)).build());
    }

    public HttpResponse<String> post(String path, String contentType, String body) {
        return send(HttpRequest.newBuilder(url().resolve(path))
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        for (AutoCloseable client : clients) {
            try {
                client.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        belfry.close();
    }
}
