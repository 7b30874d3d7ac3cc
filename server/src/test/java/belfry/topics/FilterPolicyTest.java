package belfry.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.TestServer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Filter policies through the AWS SDK, row by row of sns.md §7, with a queue that shows what came through. */
class FilterPolicyTest {
    private static final String QUEUE = "arn:aws:sqs:us-east-1:" + TestServer.ACCOUNT + ":sieve";

    private TestServer server;
    private SnsClient sns;
    private SqsClient sqs;
    private String topic;
    private String url;
    private String subscription;

    /** A message and whether the policy wants it. */
    private record Row(String policy, String type, String value, boolean wanted) {}

    @BeforeEach
    void start() {
        server = TestServer.start();
        sns = server.client(SnsClient.builder());
        sqs = server.client(SqsClient.builder());
        topic = sns.createTopic(r -> r.name("alerts")).topicArn();
        url = sqs.createQueue(r -> r.queueName("sieve")
                        .attributes(Map.of(
                                QueueAttributeName.POLICY,
                                "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"sqs:*\","
                                        + "\"Resource\":\"*\"}]}")))
                .queueUrl();
        subscription = sns.subscribe(r -> r.topicArn(topic).protocol("sqs").endpoint(QUEUE))
                .subscriptionArn();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void set(String name, String value) {
        var unused = sns.setSubscriptionAttributes(
                r -> r.subscriptionArn(subscription).attributeName(name).attributeValue(value));
    }

    private boolean arrives() {
        server.settle();
        var messages = sqs.receiveMessage(r -> r.queueUrl(url)).messages();
        return !messages.isEmpty();
    }

    @Test
    void everyOperatorDecidesByAttribute() {
        List<Row> rows = List.of(
                new Row("[\"red\"]", "String", "red", true),
                new Row("[\"red\"]", "String", "Red", false),
                new Row("[\"red\",\"blue\"]", "String", "blue", true),
                new Row("[100]", "Number", "100.0", true),
                new Row("[100]", "String", "100", false),
                new Row("[\"100\"]", "Number", "100", false),
                new Row("[{\"prefix\":\"re\"}]", "String", "red", true),
                new Row("[{\"prefix\":\"re\"}]", "String", "green", false),
                new Row("[{\"suffix\":\"en\"}]", "String", "green", true),
                new Row("[{\"anything-but\":[\"red\",\"blue\"]}]", "String", "green", true),
                new Row("[{\"anything-but\":[\"red\",\"blue\"]}]", "String", "blue", false),
                new Row("[{\"anything-but\":{\"prefix\":\"re\"}}]", "String", "red", false),
                new Row("[{\"anything-but\":{\"prefix\":\"re\"}}]", "String", "blue", true),
                new Row("[{\"anything-but\":[1,2]}]", "Number", "2", false),
                new Row("[{\"equals-ignore-case\":\"RED\"}]", "String", "red", true),
                new Row("[{\"numeric\":[\">=\",1,\"<\",2.5]}]", "Number", "2.49999", true),
                new Row("[{\"numeric\":[\">=\",1,\"<\",2.5]}]", "Number", "2.5", false),
                new Row("[{\"numeric\":[\"=\",-1000000000]}]", "Number", "-1000000000", true),
                new Row("[{\"exists\":true}]", "String", "x", true),
                new Row("[{\"exists\":false}]", "String", "x", false),
                new Row("[{\"cidr\":\"10.0.0.0/24\"}]", "String", "10.0.0.77", true),
                new Row("[{\"cidr\":\"10.0.0.0/24\"}]", "String", "10.0.1.77", false),
                new Row("[{\"wildcard\":\"a*c*e\"}]", "String", "abcde", true),
                new Row("[{\"wildcard\":\"a*c*e\"}]", "String", "abde", false),
                new Row("[\"b\"]", "String.Array", "[\"a\",\"b\"]", true),
                new Row("[\"c\"]", "String.Array", "[\"a\",\"b\"]", false),
                new Row("[7]", "String.Array", "[\"a\",7,true,null]", true),
                new Row("[true]", "String.Array", "[\"a\",7,true,null]", true),
                new Row("[null]", "String.Array", "[\"a\",7,true,null]", true),
                new Row("[{\"exists\":true}]", "Binary", "eA==", false));
        for (Row row : rows) {
            set("FilterPolicy", "{\"key\":" + row.policy() + "}");
            publish(row);
            assertThat(arrives()).as(row.toString()).isEqualTo(row.wanted());
        }
    }

    private void publish(Row row) {
        MessageAttributeValue.Builder value = MessageAttributeValue.builder().dataType(row.type());
        MessageAttributeValue attribute = row.type().equals("Binary")
                ? value.binaryValue(software.amazon.awssdk.core.SdkBytes.fromUtf8String(row.value()))
                        .build()
                : value.stringValue(row.value()).build();
        var unused = sns.publish(r -> r.topicArn(topic).message("x").messageAttributes(Map.of("key", attribute)));
    }

    @Test
    void bodiesAreMatchedToTheirDepth() {
        set("FilterPolicyScope", "MessageBody");
        set(
                "FilterPolicy",
                "{\"detail\":{\"who\":[{\"prefix\":\"m\"}]},\"$or\":[{\"n\":[{\"numeric\":[\">\",5]}]},"
                        + "{\"urgent\":[true]}]}");
        Map.of(
                        "{\"detail\":{\"who\":\"mallory\"},\"n\":6}", true,
                        "{\"detail\":{\"who\":\"mallory\"},\"n\":5}", false,
                        "{\"detail\":{\"who\":\"mallory\"},\"urgent\":true}", true,
                        "{\"detail\":{\"who\":\"alice\"},\"urgent\":true}", false,
                        "{\"detail\":[{\"who\":\"alice\"},{\"who\":\"mallory\"}],\"urgent\":true}", true,
                        "\"mallory\"", false,
                        "no json", false)
                .forEach((body, wanted) -> {
                    var unused = sns.publish(r -> r.topicArn(topic).message(body));
                    assertThat(arrives()).as(body).isEqualTo(wanted);
                });
    }

    @Test
    void mistakesAreNamedInSnsWords() {
        String six = IntStream.range(0, 6).mapToObj(i -> "\"k" + i + "\":[1]").collect(Collectors.joining(","));
        String many = IntStream.range(0, 13).mapToObj(String::valueOf).collect(Collectors.joining(","));
        Map.ofEntries(
                        Map.entry("{\"a\":[]}", "Empty arrays are not allowed"),
                        Map.entry("{\"a\":\"b\"}", "\"a\" must be an object or an array"),
                        Map.entry("{\"a\":[{\"like\":\"b\"}]}", "Unrecognized match type like"),
                        Map.entry("{\"a\":[[1]]}", "Match value must be String, number, true, false, or null"),
                        Map.entry("{" + six + "}", "Filter policy can not have more than 5 keys"),
                        Map.entry("{\"a\":[" + many + "],\"b\":[" + many + "]}", "Filter policy is too complex"),
                        Map.entry(
                                "{\"a\":[{\"anything-but\":{\"suffix\":\"b\"}}]}",
                                "Unsupported anything-but pattern: suffix"),
                        Map.entry(
                                "{\"a\":[{\"wildcard\":\"*a*b*c*\"}]}",
                                "Wildcard patterns can not have more than 3 wildcards"),
                        Map.entry("[1]", "Filter policy must be an object"),
                        Map.entry("{", "failed to parse JSON."),
                        Map.entry("{\"a\":[1000000000.1]}", numbers()),
                        Map.entry("{\"a\":[{\"numeric\":[\"<\",0.000001]}]}", numbers()))
                .forEach((policy, words) -> {
                    refused(() -> set("FilterPolicy", policy), "Invalid parameter: FilterPolicy: " + words);
                    refused(
                            () -> sns.subscribe(r -> r.topicArn(topic)
                                    .protocol("sqs")
                                    .endpoint(QUEUE + "2")
                                    .attributes(Map.of("FilterPolicy", policy))),
                            "Invalid parameter: Attributes Reason: FilterPolicy: " + words);
                });
        refused(
                () -> set("FilterPolicy", "{\"a\":{\"b\":[1]}}"),
                "Invalid parameter: Filter policy scope MessageAttributes does not support nested filter policy");
        refused(
                () -> set("FilterPolicyScope", "Subject"),
                "Invalid parameter: FilterPolicyScope: Invalid value [Subject]. Please use either MessageBody or"
                        + " MessageAttributes");
        String large = "{\"a\":[\"" + "x".repeat(256 * 1024) + "\"]}";
        refused(
                () -> set("FilterPolicy", large),
                "Invalid parameter: FilterPolicy: Filter policy can not be larger than 256 KB");
    }

    private static String numbers() {
        return "Numeric values must be between -1.0E9 and 1.0E9, inclusive, with at most 5 decimal places";
    }

    @Test
    void depthCountsInBodiesAndChoicesAddUp() {
        set("FilterPolicyScope", "MessageBody");
        String fifty = IntStream.range(0, 50).mapToObj(String::valueOf).collect(Collectors.joining(","));
        set("FilterPolicy", "{\"a\":{\"b\":{\"c\":[" + fifty + "]}}}");
        refused(
                () -> set("FilterPolicy", "{\"a\":{\"b\":{\"c\":[" + fifty + ",50]}}}"),
                "Invalid parameter: FilterPolicy: Filter policy is too complex");
        set("FilterPolicy", "{\"$or\":[{\"a\":[" + fifty + "]},{\"b\":[" + fifty + "]}]}");
    }

    @Test
    void aTopicHasTwoHundredPolicies() {
        set("FilterPolicy", "{\"a\":[1]}");
        for (int i = 1; i < 200; i++) {
            String endpoint = QUEUE + i;
            var unused = sns.subscribe(r -> r.topicArn(topic)
                    .protocol("sqs")
                    .endpoint(endpoint)
                    .attributes(Map.of("FilterPolicy", "{\"a\":[1]}")));
        }
        ThrowingCallable oneMore = () -> sns.subscribe(r -> r.topicArn(topic)
                .protocol("sqs")
                .endpoint(QUEUE + "200")
                .attributes(Map.of("FilterPolicy", "{\"a\":[1]}")));
        assertThatThrownBy(oneMore).isInstanceOfSatisfying(AwsServiceException.class, e -> {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo("FilterPolicyLimitExceeded");
            assertThat(e.statusCode()).isEqualTo(403);
        });
        // Those that are there can still be changed.
        set("FilterPolicy", "{\"a\":[2]}");
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOfSatisfying(AwsServiceException.class, e -> {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidParameter");
            assertThat(e.awsErrorDetails().errorMessage()).isEqualTo(message);
        });
    }
}
