package belfry.tools;

import belfry.Belfry;
import belfry.Options;
import belfry.base.Clock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** A server that has watched a day go by, on a moved clock, with a trail whose log files are signed for. */
final class WatchedDay implements AutoCloseable {
    static final Instant BEGIN = Instant.parse("2026-03-02T10:00:00Z");
    static final Instant END = BEGIN.plus(Duration.ofDays(1));
    static final String BUCKET = "evidence";
    static final String TRAIL = "arn:aws:cloudtrail:us-east-1:" + Options.DEFAULT_ACCOUNT + ":trail/watch";

    private static final String POLICY = """
            {"Version":"2012-10-17","Statement":[
             {"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:GetBucketAcl",
              "Resource":"arn:aws:s3:::evidence"},
             {"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:PutObject",
              "Resource":"arn:aws:s3:::evidence/AWSLogs/*",
              "Condition":{"StringEquals":{"s3:x-amz-acl":"bucket-owner-full-control"}}}]}""";

    private final Belfry belfry;
    private final S3Client s3;

    /** An object with what makes it what it is. */
    record Stored(String key, byte[] bytes, Map<String, String> metadata) {}

    private WatchedDay(Belfry belfry) {
        this.belfry = belfry;
        this.s3 = S3Client.builder()
                .forcePathStyle(true)
                .endpointOverride(belfry.url())
                .region(Region.US_EAST_1)
                .credentialsProvider(user())
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    private static StaticCredentialsProvider user() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create("ann", "unused"));
    }

    /** @param every a secret is read once in that time */
    static WatchedDay of(Duration every) {
        Clock clock = Clock.stoppedAt(BEGIN);
        Belfry belfry = Belfry.start(Options.development(), clock);
        WatchedDay day = new WatchedDay(belfry);
        day.s3.createBucket(in -> in.bucket(BUCKET));
        day.s3.putBucketPolicy(in -> in.bucket(BUCKET).policy(POLICY));
        try (CloudTrailClient trails = CloudTrailClient.builder()
                        .endpointOverride(belfry.url())
                        .region(Region.US_EAST_1)
                        .credentialsProvider(user())
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .build();
                SecretsManagerClient secrets = SecretsManagerClient.builder()
                        .endpointOverride(belfry.url())
                        .region(Region.US_EAST_1)
                        .credentialsProvider(user())
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .build()) {
            trails.createTrail(in -> in.name("watch").s3BucketName(BUCKET).enableLogFileValidation(true));
            trails.startLogging(in -> in.name("watch"));
            secrets.createSecret(in -> in.name("payroll").secretString("unused"));
            for (Instant at = BEGIN.plus(every); !at.isAfter(END); at = at.plus(every)) {
                belfry.pumps().advanceTo(at, false);
                secrets.getSecretValue(in -> in.secretId("payroll"));
            }
        }
        belfry.pumps().advanceTo(END, false);
        return day;
    }

    URI url() {
        return belfry.url();
    }

    /** For the AWS CLI: its S3 client hears of the endpoint only through the environment. */
    Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL", belfry.url().toString(),
                "AWS_ACCESS_KEY_ID", "ann",
                "AWS_SECRET_ACCESS_KEY", "unused",
                "AWS_DEFAULT_REGION", "us-east-1",
                "AWS_EC2_METADATA_DISABLED", "true");
    }

    List<String> digests() {
        return keys("/CloudTrail-Digest/");
    }

    List<String> logs() {
        return keys("/CloudTrail/");
    }

    private List<String> keys(String part) {
        return s3.listObjectsV2Paginator(in -> in.bucket(BUCKET)).contents().stream()
                .map(S3Object::key)
                .filter(key -> key.contains(part))
                .toList();
    }

    Stored get(String key) {
        var object = s3.getObjectAsBytes(in -> in.bucket(BUCKET).key(key));
        return new Stored(key, object.asByteArray(), object.response().metadata());
    }

    void put(Stored object) {
        s3.putObject(
                in -> in.bucket(BUCKET).key(object.key()).metadata(object.metadata()),
                RequestBody.fromBytes(object.bytes()));
    }

    void delete(String key) {
        s3.deleteObject(in -> in.bucket(BUCKET).key(key));
    }

    @Override
    public void close() {
        s3.close();
        belfry.close();
    }
}
