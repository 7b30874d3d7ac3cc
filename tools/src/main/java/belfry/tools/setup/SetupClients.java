package belfry.tools.setup;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.sns.SnsClient;

/** Clients with the user's own credentials. AWS lets three to five such calls pass a second: they wait as long as it takes. */
final class SetupClients implements AutoCloseable {
    private final @Nullable URI endpoint;
    private final Region region;
    private final SdkHttpClient http = UrlConnectionHttpClient.create();
    private final List<SdkClient> made = new ArrayList<>();
    private final CloudTrailClient trails;
    private final CloudWatchLogsClient logs;
    private final CloudWatchClient metrics;
    private final SnsClient topics;

    SetupClients(@Nullable URI endpoint, String region) {
        this.endpoint = endpoint;
        this.region = Region.of(region);
        trails = make(CloudTrailClient.builder());
        logs = make(CloudWatchLogsClient.builder());
        metrics = make(CloudWatchClient.builder());
        topics = make(SnsClient.builder());
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkClient> C make(B builder) {
        builder.region(region).httpClient(http).overrideConfiguration(o -> o.retryStrategy(RetryMode.ADAPTIVE_V2));
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        C client = builder.build();
        made.add(client);
        return client;
    }

    CloudTrailClient trails() {
        return trails;
    }

    CloudWatchLogsClient logs() {
        return logs;
    }

    CloudWatchClient metrics() {
        return metrics;
    }

    SnsClient topics() {
        return topics;
    }

    @Override
    public void close() {
        made.forEach(SdkClient::close);
        http.close();
    }
}
