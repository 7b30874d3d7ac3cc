package belfry.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.AdvancedEventSelector;
import software.amazon.awssdk.services.cloudtrail.model.AdvancedFieldSelector;
import software.amazon.awssdk.services.cloudtrail.model.CloudTrailException;
import software.amazon.awssdk.services.cloudtrail.model.CreateTrailRequest;
import software.amazon.awssdk.services.cloudtrail.model.DataResource;
import software.amazon.awssdk.services.cloudtrail.model.EventSelector;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttribute;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttributeKey;
import software.amazon.awssdk.services.cloudtrail.model.LookupEventsRequest;
import software.amazon.awssdk.services.cloudtrail.model.LookupEventsResponse;
import software.amazon.awssdk.services.cloudtrail.model.Tag;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;

class CloudTrailTest {
    private static final String BUCKET = "trail-bucket";
    private static TestServer server;
    private static CloudTrailClient home;
    private static CloudTrailClient abroad;
    private static S3Client s3;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        home = server.client(CloudTrailClient.builder());
        s3 = server.s3();
        abroad = CloudTrailClient.builder()
                .endpointOverride(server.url())
                .region(Region.EU_WEST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(TestServer.USER, "not-a-secret")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    @AfterAll
    static void stop() {
        abroad.close();
        server.close();
    }

    @AfterEach
    void forget() {
        assertThat(server.post("/_belfry/reset", "text/plain", "").statusCode()).isEqualTo(200);
    }

    private static String create(String name, Consumer<CreateTrailRequest.Builder> more) {
        return home.createTrail(in -> more.accept(in.name(name).s3BucketName(BUCKET)))
                .trailARN();
    }

    @BeforeEach
    void makeBucket() {
        TrailBuckets.create(s3, BUCKET);
    }

    private static void refused(String code, String message, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(CloudTrailException.class, e -> {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(e.awsErrorDetails().errorMessage()).contains(message);
        });
    }

    @Test
    void aTrailIsFoundByNameAndArnAndForgottenWhenDeleted() {
        String arn = create("watch", in -> in.s3KeyPrefix("audit"));
        assertThat(arn).isEqualTo("arn:aws:cloudtrail:us-east-1:" + TestServer.ACCOUNT + ":trail/watch");
        for (String id : List.of("watch", arn)) {
            var trail = home.getTrail(in -> in.name(id)).trail();
            assertThat(trail.s3BucketName()).isEqualTo(BUCKET);
            assertThat(trail.s3KeyPrefix()).isEqualTo("audit");
            assertThat(trail.homeRegion()).isEqualTo("us-east-1");
            assertThat(trail.includeGlobalServiceEvents()).isTrue();
            assertThat(trail.isMultiRegionTrail()).isFalse();
            assertThat(trail.logFileValidationEnabled()).isFalse();
            assertThat(trail.hasCustomEventSelectors()).isFalse();
            assertThat(trail.snsTopicARN()).isNull();
        }
        refused(
                "TrailAlreadyExistsException",
                "Trail watch already exists for customer: " + TestServer.ACCOUNT,
                () -> create("watch", in -> {}));
        home.deleteTrail(in -> in.name(arn));
        refused(
                "TrailNotFoundException",
                "Unknown trail: watch for the user: " + TestServer.ACCOUNT,
                () -> home.getTrail(in -> in.name("watch")));
        assertThat(home.describeTrails(in -> in.trailNameList(arn)).trailList()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ab, too short",
        "-abc, must starts with a letter or number",
        "abc-, must ends with a letter or number",
        "a--b, adjacent",
        "a b c, can only contain",
        "192.168.5.4, IP address"
    })
    void badNamesAreRefused(String name, String message) {
        refused("InvalidTrailNameException", message, () -> create(name, in -> {}));
    }

    @Test
    void changesTouchOnlyWhatIsGiven() {
        create("watch", in -> in.s3KeyPrefix("p"));
        var changed = home.updateTrail(in -> in.name("watch").isMultiRegionTrail(true));
        assertThat(changed.s3KeyPrefix()).isEqualTo("p");
        assertThat(changed.isMultiRegionTrail()).isTrue();
        refused(
                "InvalidParameterCombinationException",
                "Multi-Region trail must include global service events.",
                () -> home.updateTrail(in -> in.name("watch").includeGlobalServiceEvents(false)));
        refused(
                "InvalidCloudWatchLogsRoleArnException",
                "You must specify a role ARN as well as a log group.",
                () -> home.updateTrail(in -> in.name("watch")
                        .cloudWatchLogsLogGroupArn("arn:aws:logs:us-east-1:" + TestServer.ACCOUNT + ":log-group:g:*")));
    }

    @Test
    void destinationsThatWouldRefuseAreRefused() {
        refused(
                "S3BucketDoesNotExistException",
                "S3 bucket nowhere does not exist!",
                () -> home.createTrail(in -> in.name("watch").s3BucketName("nowhere")));
        s3.createBucket(in -> in.bucket("closed"));
        refused(
                "InsufficientS3BucketPolicyException",
                "Incorrect S3 bucket policy is detected for bucket: closed",
                () -> home.createTrail(in -> in.name("watch").s3BucketName("closed")));
        refused(
                "InsufficientSnsTopicPolicyException",
                "SNS Topic does not exist or the topic policy is incorrect!",
                () -> create("watch", in -> in.snsTopicName("none")));
        refused(
                "InvalidCloudWatchLogsLogGroupArnException",
                "CloudTrail cannot validate the specified log group ARN.",
                () -> create(
                        "watch",
                        in -> in.cloudWatchLogsLogGroupArn(
                                        "arn:aws:logs:us-east-1:" + TestServer.ACCOUNT + ":log-group:none:*")
                                .cloudWatchLogsRoleArn("arn:aws:iam::" + TestServer.ACCOUNT + ":role/r")));
        rolesAreAsked();
        refused("KmsKeyNotFoundException", "alias/x", () -> create("watch", in -> in.kmsKeyId("alias/x")));
        refused(
                "InvalidKmsKeyIdException",
                "arn:aws:sns",
                () -> create("watch", in -> in.kmsKeyId("arn:aws:sns:us-east-1:123456789012:x")));
        assertThat(home.describeTrails().trailList()).isEmpty();
    }

    private void rolesAreAsked() {
        String group = "arn:aws:logs:us-east-1:" + TestServer.ACCOUNT + ":log-group:there:*";
        server.client(CloudWatchLogsClient.builder()).createLogGroup(in -> in.logGroupName("there"));
        refused(
                "InvalidCloudWatchLogsRoleArnException",
                "Access denied. Check the trust relationships for your role.",
                () -> create(
                        "watch",
                        in -> in.cloudWatchLogsLogGroupArn(group)
                                .cloudWatchLogsRoleArn("arn:aws:iam::" + TestServer.ACCOUNT + ":role/none")));
        IamClient iam = server.client(IamClient.builder());
        String role = TrailRoles.create(iam, "mute");
        iam.deleteRolePolicy(in -> in.roleName("mute").policyName("write-logs"));
        refused(
                "InvalidCloudWatchLogsLogGroupArnException",
                "Access denied. Check the permissions for your role.",
                () -> create("watch", in -> in.cloudWatchLogsLogGroupArn(group).cloudWatchLogsRoleArn(role)));
    }

    @Test
    void multiRegionTrailsHaveShadowsThatCannotBeChanged() {
        String arn = create("wide", in -> in.isMultiRegionTrail(true));
        String narrow = create("narrow", in -> {});
        assertThat(abroad.describeTrails().trailList()).extracting("trailARN").containsExactly(arn);
        assertThat(abroad.describeTrails(in -> in.includeShadowTrails(false)).trailList())
                .isEmpty();
        assertThat(abroad.getTrailStatus(in -> in.name("wide")).isLogging()).isFalse();
        refused("InvalidHomeRegionException", "us-east-1", () -> abroad.startLogging(in -> in.name(arn)));
        refused("InvalidHomeRegionException", "us-east-1", () -> abroad.deleteTrail(in -> in.name("wide")));
        refused("TrailNotFoundException", narrow, () -> abroad.getTrail(in -> in.name(narrow)));
        assertThat(abroad.listTrails(in -> {}).trails()).extracting("name").containsExactly("narrow", "wide");
    }

    @Test
    void noMoreThanFiveTrails() {
        for (int i = 0; i < 5; i++) {
            create("trail-" + i, in -> {});
        }
        refused(
                "MaximumNumberOfTrailsExceededException",
                "already has 5 trails in us-east-1.",
                () -> create("trail-5", in -> {}));
    }

    @Test
    void statusFollowsStartAndStop() {
        String arn = create("watch", in -> {});
        var fresh = home.getTrailStatus(in -> in.name(arn));
        assertThat(fresh.isLogging()).isFalse();
        assertThat(fresh.timeLoggingStarted()).isEmpty();
        home.startLogging(in -> in.name(arn));
        assertThat(home.getTrailStatus(in -> in.name(arn)).isLogging()).isTrue();
        home.stopLogging(in -> in.name(arn));
        var stopped = home.getTrailStatus(in -> in.name(arn));
        assertThat(stopped.isLogging()).isFalse();
        assertThat(stopped.startLoggingTime()).isEqualTo(server.clock().now());
        assertThat(stopped.timeLoggingStopped()).isEqualTo(server.clock().now().toString());
    }

    @Test
    void selectorsComeBackAsPut() {
        String arn = create("watch", in -> {});
        assertThat(home.getEventSelectors(in -> in.trailName("watch")).eventSelectors())
                .singleElement()
                .satisfies(
                        selector -> assertThat(selector.readWriteTypeAsString()).isEqualTo("All"));
        EventSelector basic = EventSelector.builder()
                .readWriteType("ReadOnly")
                .includeManagementEvents(true)
                .dataResources(data("AWS::S3::Object", "arn:aws:s3:::b/p"))
                .excludeManagementEventSources("kms.amazonaws.com")
                .build();
        home.putEventSelectors(in -> in.trailName(arn).eventSelectors(basic));
        assertThat(home.getEventSelectors(in -> in.trailName(arn)).eventSelectors())
                .containsExactly(basic);
        assertThat(home.getTrail(in -> in.name(arn)).trail().hasCustomEventSelectors())
                .isTrue();
        AdvancedEventSelector advanced = AdvancedEventSelector.builder()
                .name("reads")
                .fieldSelectors(field("eventCategory", "Management"), field("readOnly", "true"))
                .build();
        home.putEventSelectors(in -> in.trailName(arn).advancedEventSelectors(advanced));
        var got = home.getEventSelectors(in -> in.trailName(arn));
        assertThat(got.advancedEventSelectors()).containsExactly(advanced);
        assertThat(got.hasEventSelectors()).isFalse();
    }

    private static AdvancedFieldSelector field(String name, String... values) {
        return AdvancedFieldSelector.builder().field(name).equalsValue(values).build();
    }

    private static AdvancedEventSelector advanced(AdvancedFieldSelector... fields) {
        return AdvancedEventSelector.builder().fieldSelectors(fields).build();
    }

    private static DataResource data(String type, String... values) {
        return DataResource.builder().type(type).values(values).build();
    }

    @Test
    void wrongSelectorsAreRefused() {
        create("watch", in -> {});
        String code = "InvalidEventSelectorsException";
        refused(code, "either", () -> home.putEventSelectors(in -> in.trailName("watch")));
        refused(
                code,
                "cannot hold",
                () -> home.putEventSelectors(in -> in.trailName("watch")
                        .eventSelectors(EventSelector.builder()
                                .excludeManagementEventSources("iam.amazonaws.com")
                                .build())));
        refused(
                code,
                "is not valid in EventSelectors",
                () -> home.putEventSelectors(in -> in.trailName("watch")
                        .eventSelectors(EventSelector.builder()
                                .dataResources(data("AWS::SNS::Topic"))
                                .build())));
        refused(
                code,
                "eventCategory is required",
                () -> home.putEventSelectors(
                        in -> in.trailName("watch").advancedEventSelectors(advanced(field("readOnly", "true")))));
        refused(
                code,
                "need resources.type",
                () -> home.putEventSelectors(
                        in -> in.trailName("watch").advancedEventSelectors(advanced(field("eventCategory", "Data")))));
        refused(
                code,
                "not valid for Management",
                () -> home.putEventSelectors(in -> in.trailName("watch")
                        .advancedEventSelectors(
                                advanced(field("eventCategory", "Management"), field("eventName", "GetSecretValue")))));
    }

    @Test
    void tagsAreKept() {
        String arn = create("watch", in -> in.tagsList(tag("team", "red"), tag("cost", "1")));
        home.addTags(in -> in.resourceId(arn).tagsList(tag("team", "blue")));
        home.removeTags(
                in -> in.resourceId(arn).tagsList(Tag.builder().key("cost").build()));
        assertThat(home.listTags(in -> in.resourceIdList(arn)).resourceTagList())
                .singleElement()
                .satisfies(it -> assertThat(it.tagsList()).containsExactly(tag("team", "blue")));
        refused("CloudTrailARNInvalidException", "watch", () -> home.listTags(in -> in.resourceIdList("watch")));
        refused("ResourceNotFoundException", arn + "x", () -> home.listTags(in -> in.resourceIdList(arn + "x")));
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private static List<String> lookup(CloudTrailClient client, LookupAttributeKey key, String value) {
        return client
                .lookupEvents(in -> in.lookupAttributes(LookupAttribute.builder()
                        .attributeKey(key)
                        .attributeValue(value)
                        .build()))
                .events()
                .stream()
                .map(event -> event.eventName())
                .toList();
    }

    @Test
    void eventHistoryIsFoundByEachAttribute() {
        String arn = create("watch", in -> {});
        home.startLogging(in -> in.name("watch"));
        var newest = home.lookupEvents().events().getFirst();
        assertThat(newest.eventName()).isEqualTo("StartLogging");
        assertThat(newest.readOnly()).isEqualTo("false");
        assertThat(newest.eventSource()).isEqualTo("cloudtrail.amazonaws.com");
        assertThat(newest.cloudTrailEvent()).startsWith("{\"eventVersion\":").contains(newest.eventId());
        assertThat(newest.resources())
                .singleElement()
                .satisfies(it -> assertThat(it.resourceName()).isEqualTo(arn));
        assertThat(lookup(home, LookupAttributeKey.EVENT_ID, newest.eventId())).containsExactly("StartLogging");
        assertThat(lookup(home, LookupAttributeKey.EVENT_NAME, "CreateTrail")).containsExactly("CreateTrail");
        assertThat(lookup(home, LookupAttributeKey.EVENT_NAME, "createtrail")).isEmpty();
        assertThat(lookup(home, LookupAttributeKey.READ_ONLY, "false")).startsWith("StartLogging", "CreateTrail");
        assertThat(lookup(home, LookupAttributeKey.RESOURCE_NAME, arn)).containsExactly("StartLogging", "CreateTrail");
        assertThat(lookup(home, LookupAttributeKey.RESOURCE_TYPE, "AWS::CloudTrail::Trail"))
                .containsExactly("StartLogging", "CreateTrail");
        assertThat(lookup(home, LookupAttributeKey.USERNAME, newest.username())).contains("StartLogging");
        assertThat(lookup(home, LookupAttributeKey.ACCESS_KEY_ID, newest.accessKeyId()))
                .contains("StartLogging");
        assertThat(lookup(home, LookupAttributeKey.EVENT_SOURCE, "cloudtrail.amazonaws.com"))
                .contains("CreateTrail");
        assertThat(lookup(abroad, LookupAttributeKey.EVENT_NAME, "CreateTrail")).isEmpty();
    }

    @Test
    void eventHistoryIsPagedNewestFirstByTokensOfTheSameQuery() {
        for (int i = 0; i < 7; i++) {
            home.listTrails(in -> {});
        }
        List<String> seen = new ArrayList<>();
        LookupEventsResponse page = home.lookupEvents(LookupEventsRequest.builder()
                .lookupAttributes(byName("ListTrails"))
                .maxResults(3)
                .build());
        int pages = 1;
        while (page.nextToken() != null) {
            page.events().forEach(event -> seen.add(event.eventId()));
            String token = page.nextToken();
            // What happens meanwhile must not shift the pages.
            home.listTrails(in -> {});
            page = home.lookupEvents(in ->
                    in.lookupAttributes(byName("ListTrails")).maxResults(3).nextToken(token));
            pages++;
        }
        page.events().forEach(event -> seen.add(event.eventId()));
        assertThat(pages).isEqualTo(3);
        assertThat(seen).hasSize(7).doesNotHaveDuplicates();
        String token = home.lookupEvents(
                        in -> in.lookupAttributes(byName("ListTrails")).maxResults(1))
                .nextToken();
        refused(
                "InvalidNextTokenException",
                "token",
                () -> home.lookupEvents(
                        in -> in.lookupAttributes(byName("GetTrail")).nextToken(token)));
    }

    private static LookupAttribute byName(String name) {
        return LookupAttribute.builder()
                .attributeKey(LookupAttributeKey.EVENT_NAME)
                .attributeValue(name)
                .build();
    }

    @Test
    void wrongLookupsAreRefused() {
        refused(
                "InvalidTimeRangeException",
                "start time",
                () -> home.lookupEvents(in -> in.startTime(server.clock().now())
                        .endTime(server.clock().now().minusSeconds(1))));
        refused(
                "InvalidLookupAttributesException",
                "Only one",
                () -> home.lookupEvents(in -> in.lookupAttributes(byName("A"), byName("B"))));
    }

    @Test
    void eventHistoryIsForgottenAfterNinetyDays() {
        home.listTrails(in -> {});
        server.advance(Duration.ofDays(89));
        assertThat(lookup(home, LookupAttributeKey.EVENT_NAME, "ListTrails")).hasSize(1);
        server.advance(Duration.ofDays(2));
        assertThat(lookup(home, LookupAttributeKey.EVENT_NAME, "ListTrails")).isEmpty();
        // Only the two lookups are left of the rows.
        assertThat(home.lookupEvents(in -> in.startTime(TestServer.START)).events())
                .hasSize(2);
    }
}
