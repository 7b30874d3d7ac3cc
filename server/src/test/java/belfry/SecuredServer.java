package belfry;

import belfry.base.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.s3.S3Client;

/** The real server in secured mode, with the SDK's clients for its root and for users made on the way. */
public final class SecuredServer implements AutoCloseable {
    private final Belfry belfry;
    private final AwsCredentials root;
    private final IamClient iam;
    private final List<AutoCloseable> clients = new ArrayList<>();

    /** @param dataDir an empty folder */
    public SecuredServer(Path dataDir) {
        this(dataDir, Clock.system());
    }

    /** @param clock the server's; the clients made here sign with the machine's time all the same */
    public SecuredServer(Path dataDir, Clock clock) {
        Options options = Options.read(Map.of("port", "0", "data-dir", dataDir.toString()), Map.of());
        this.belfry = Belfry.start(options, clock);
        this.root = AwsBasicCredentials.create(
                profile(dataDir, "aws_access_key_id"), profile(dataDir, "aws_secret_access_key"));
        this.iam = client(IamClient.builder(), root);
    }

    private static String profile(Path dataDir, String name) {
        try {
            return Files.readAllLines(dataDir.resolve("credentials")).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf('=') + 1).strip())
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Belfry belfry() {
        return belfry;
    }

    public AwsCredentials root() {
        return root;
    }

    /** IAM as the root sees it. */
    public IamClient iam() {
        return iam;
    }

    /** Makes a user who may do what the statements say. */
    public AwsCredentials user(String name, String... statements) {
        iam.createUser(b -> b.userName(name));
        if (statements.length > 0) {
            iam.putUserPolicy(b -> b.userName(name).policyName("own").policyDocument(policy(statements)));
        }
        return key(name);
    }

    /** Makes a key for a user. */
    public AwsCredentials key(String name) {
        AccessKey key = iam.createAccessKey(b -> b.userName(name)).accessKey();
        return AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey());
    }

    /** A policy of these statements. */
    public static String policy(String... statements) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[" + String.join(",", statements) + "]}";
    }

    /** A statement that allows. */
    public static String allow(String action, String resource) {
        return "{\"Effect\":\"Allow\",\"Action\":\"" + action + "\",\"Resource\":\"" + resource + "\"}";
    }

    /** A statement that denies. */
    public static String deny(String action, String resource) {
        return allow(action, resource).replace("\"Allow\"", "\"Deny\"");
    }

    public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkClient> C client(
            B builder, AwsCredentials credentials) {
        C client = builder.endpointOverride(belfry.url())
                .region(Region.of(TestServer.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
        clients.add(client);
        return client;
    }

    public S3Client s3(AwsCredentials credentials) {
        return client(S3Client.builder().forcePathStyle(true), credentials);
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
