package belfry.tools.doctor;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
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
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sts.StsClient;

/** Clients with the user's own credentials, for Belfry or for AWS. */
final class Sdk implements AutoCloseable {
    private final Optional<URI> endpoint;
    private final Region region;
    private final SdkHttpClient http = UrlConnectionHttpClient.create();
    private final DefaultCredentialsProvider credentials =
            DefaultCredentialsProvider.builder().build();
    private final List<SdkClient> made = new ArrayList<>();
    final StsClient identity;
    final SecretsManagerClient secrets;
    final KmsClient keys;
    final CloudTrailClient trails;
    final CloudWatchLogsClient logs;
    final CloudWatchClient alarms;
    final EventBridgeClient rules;
    final SnsClient topics;

    /** @param endpoint empty for AWS itself */
    Sdk(Optional<URI> endpoint, String region) {
        this.endpoint = endpoint;
        this.region = Region.of(region);
        identity = make(StsClient.builder());
        secrets = make(SecretsManagerClient.builder());
        keys = make(KmsClient.builder());
        trails = make(CloudTrailClient.builder());
        logs = make(CloudWatchLogsClient.builder());
        alarms = make(CloudWatchClient.builder());
        rules = make(EventBridgeClient.builder());
        topics = make(SnsClient.builder());
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkClient> C make(B builder) {
        builder.region(region)
                .httpClient(http)
                .credentialsProvider(credentials)
                .overrideConfiguration(o -> o.retryStrategy(RetryMode.ADAPTIVE_V2));
        endpoint.ifPresent(builder::endpointOverride);
        C client = builder.build();
        made.add(client);
        return client;
    }

    MuteRules muteRules() {
        URI monitoring = endpoint.orElseGet(() -> URI.create("https://monitoring." + region.id() + ".amazonaws.com"));
        return new MuteRules(monitoring, region.id(), credentials);
    }

    @Override
    public void close() {
        made.forEach(SdkClient::close);
        credentials.close();
        http.close();
    }
}
