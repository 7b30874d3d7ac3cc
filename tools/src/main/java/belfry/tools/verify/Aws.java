package belfry.tools.verify;

import belfry.tools.SdkWords;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.s3.S3Client;

/** The AWS SDK's clients, for AWS or for one endpoint, with credentials from where the AWS tools have them. */
final class Aws implements AutoCloseable {
    private static final String FALLBACK = "us-east-1";

    private final @Nullable URI endpoint;
    private final @Nullable String region;
    private final SdkHttpClient http;

    Aws(@Nullable URI endpoint, @Nullable String region, int connections) {
        // Kept open and used again, as many as read at once.
        System.setProperty("http.maxConnections", String.valueOf(connections));
        this.endpoint = endpoint;
        this.region = region;
        this.http = UrlConnectionHttpClient.create();
    }

    /** Hashes are checked against digests; the answer's own checksum would only be a second look at the same bytes. */
    S3Client s3() {
        return build(
                S3Client.builder()
                        .forcePathStyle(endpoint != null)
                        .crossRegionAccessEnabled(endpoint == null)
                        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED),
                region());
    }

    /** A {@link KeySource}. */
    void publicKeys(String of, Instant from, Instant to, Proof proof) throws IOException {
        try (CloudTrailClient trails = build(CloudTrailClient.builder(), Region.of(of))) {
            trails.listPublicKeysPaginator(in -> in.startTime(from).endTime(to))
                    .publicKeyList()
                    .forEach(key -> proof.add(key.fingerprint(), key.value().asByteArray()));
        } catch (SdkException e) {
            throw new IOException("The public keys of " + of + " cannot be had: " + SdkWords.reason(e), e);
        }
    }

    private Region region() {
        if (region != null) {
            return Region.of(region);
        }
        try {
            return new DefaultAwsRegionProviderChain().getRegion();
        } catch (SdkException e) {
            return Region.of(FALLBACK);
        }
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C build(B builder, Region in) {
        builder.region(in).httpClient(http);
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        return builder.build();
    }

    @Override
    public void close() {
        http.close();
    }
}
