package belfry.hostile;

import belfry.TestServer;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;

/** Whose clients call which server; a failure is not tried again. */
record Caller(URI url, AwsCredentials credentials) {

    <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkClient> C client(B builder) {
        return builder.endpointOverride(url)
                .region(Region.of(TestServer.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(config -> config.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    /** The client of a service by the name that Belfry's descriptions use. */
    SdkClient of(String service) {
        return switch (service) {
            case "cloudtrail" -> client(CloudTrailClient.builder());
            case "cloudwatch" -> client(CloudWatchClient.builder());
            case "events" -> client(EventBridgeClient.builder());
            case "iam" -> client(IamClient.builder());
            case "kms" -> client(KmsClient.builder());
            case "logs" -> client(CloudWatchLogsClient.builder());
            case "s3" -> client(S3Client.builder().forcePathStyle(true));
            case "secretsmanager" -> client(SecretsManagerClient.builder());
            case "sns" -> client(SnsClient.builder());
            case "sqs" -> client(SqsClient.builder());
            case "sts" -> client(StsClient.builder());
            default -> throw new IllegalArgumentException("no client for " + service);
        };
    }
}
