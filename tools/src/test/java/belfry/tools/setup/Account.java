package belfry.tools.setup;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** An account as it is before setup: a trail that writes into a log group, and secrets that mallory reads. */
final class Account implements AutoCloseable {
    static final String GROUP = "trail-records";
    private static final String BUCKET = "trail-files";
    private static final Region REGION = Region.US_EAST_1;
    private static final String TRUST = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
             "Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";
    private static final String WRITE_LOGS = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
             "Action":["logs:CreateLogStream","logs:PutLogEvents"],"Resource":"*"}]}""";
    private static final String WRITE_FILES = """
            {"Version":"2012-10-17","Statement":[
             {"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},
              "Action":"s3:GetBucketAcl","Resource":"arn:aws:s3:::trail-files"},
             {"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},
              "Action":"s3:PutObject","Resource":"arn:aws:s3:::trail-files/AWSLogs/123456789012/*",
              "Condition":{"StringEquals":{"s3:x-amz-acl":"bucket-owner-full-control"}}}]}""";

    private final URI server;
    private final SecretsManagerClient secrets;

    Account(URI server) {
        this.server = server;
        this.secrets = SecretsManagerClient.builder()
                .endpointOverride(server)
                .region(REGION)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("mallory", "unused")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    void trail() {
        try (S3Client s3 = S3Client.builder()
                        .endpointOverride(server)
                        .region(REGION)
                        .forcePathStyle(true)
                        .build();
                IamClient iam = IamClient.builder()
                        .endpointOverride(server)
                        .region(REGION)
                        .build();
                CloudWatchLogsClient logs = CloudWatchLogsClient.builder()
                        .endpointOverride(server)
                        .region(REGION)
                        .build();
                CloudTrailClient trails = CloudTrailClient.builder()
                        .endpointOverride(server)
                        .region(REGION)
                        .build()) {
            s3.createBucket(r -> r.bucket(BUCKET));
            s3.putBucketPolicy(r -> r.bucket(BUCKET).policy(WRITE_FILES));
            String group = logGroup(logs);
            String role = iam.createRole(r -> r.roleName("trail-to-logs").assumeRolePolicyDocument(TRUST))
                    .role()
                    .arn();
            iam.putRolePolicy(
                    r -> r.roleName("trail-to-logs").policyName("write").policyDocument(WRITE_LOGS));
            trails.createTrail(r -> r.name("main")
                    .s3BucketName(BUCKET)
                    .isMultiRegionTrail(true)
                    .cloudWatchLogsLogGroupArn(group)
                    .cloudWatchLogsRoleArn(role));
            trails.startLogging(r -> r.name("main"));
        }
    }

    private static String logGroup(CloudWatchLogsClient logs) {
        logs.createLogGroup(r -> r.logGroupName(GROUP));
        return logs.describeLogGroups(r -> r.logGroupNamePrefix(GROUP))
                .logGroups()
                .getFirst()
                .arn();
    }

    void createSecret(String name) {
        secrets.createSecret(r -> r.name(name).secretString("unique-marker-5b1f"));
    }

    void readSecret(String name) {
        secrets.getSecretValue(r -> r.secretId(name));
    }

    @Override
    public void close() {
        secrets.close();
    }
}
