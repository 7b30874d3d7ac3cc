package belfry.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.TestServer;
import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.PublishBatchResponse;
import software.amazon.awssdk.services.sns.model.Tag;

/** SNS through the AWS SDK, with the built-in mailbox behind it. */
class SnsTest {
    private static final String ARN = "arn:aws:sns:us-east-1:" + TestServer.ACCOUNT + ":alerts";
    private static final String NEVER = "00000000-0000-4000-8000-000000000000";

    private TestServer server;
    private SnsClient sns;
    private String topic;

    @BeforeEach
    void start() {
        server = TestServer.start();
        sns = server.client(SnsClient.builder());
        topic = sns.createTopic(r -> r.name("alerts")).topicArn();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private List<JsonNode> mails() {
        server.settle();
        JsonNode mails = Json.parse(server.get("/_belfry/mail").body());
        return StreamSupport.stream(mails.spliterator(), false).toList();
    }

    private String subscribe(String address) {
        return sns.subscribe(r ->
                        r.topicArn(topic).protocol("email").endpoint(address).returnSubscriptionArn(true))
                .subscriptionArn();
    }

    private String link(JsonNode mail, String page) {
        Matcher found = Pattern.compile("http://127\\.0\\.0\\.1:\\d+(/_belfry/" + page + "\\?\\S+)")
                .matcher(mail.path("text").asText());
        assertThat(found.find()).as("a link to the page %s", page).isTrue();
        return found.group(1);
    }

    private String subscribeAndConfirm(String address) {
        String arn = subscribe(address);
        HttpResponse<String> page = server.get(link(mails().getLast(), "confirm"));
        assertThat(page.body()).contains("Subscription confirmed!").contains(arn);
        return arn;
    }

    private void publish(String message) {
        var unused = sns.publish(r -> r.topicArn(topic).message(message));
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(ThrowingCallable call, String code) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code));
    }

    private static void refused(ThrowingCallable call, int status, String code, String message) {
        assertThatThrownBy(call).isInstanceOfSatisfying(AwsServiceException.class, e -> {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(e.awsErrorDetails().errorMessage()).isEqualTo(message);
            assertThat(e.statusCode()).isEqualTo(status);
        });
    }

    private static void invalid(ThrowingCallable call, String message) {
        refused(call, 400, "InvalidParameter", message);
    }

    @Test
    void creatingATopicTwiceGivesTheSameOne() {
        assertThat(topic).isEqualTo(ARN);
        assertThat(sns.createTopic(r -> r.name("alerts")).topicArn()).isEqualTo(ARN);
        assertThat(sns.listTopics().topics()).map(t -> t.topicArn()).containsExactly(ARN);
    }

    @Test
    void creatingATopicAnewWithOtherAttributesOrTagsFails() {
        invalid(
                () -> sns.createTopic(r -> r.name("alerts").attributes(Map.of("DisplayName", "x"))),
                "Invalid parameter: Attributes Reason: Topic already exists with different attributes");
        invalid(
                () -> sns.createTopic(r ->
                        r.name("alerts").tags(Tag.builder().key("a").value("b").build())),
                "Invalid parameter: Tags Reason: Topic already exists with different tags");
        invalid(() -> sns.createTopic(r -> r.name("no blanks")), "Invalid parameter: Topic Name");
    }

    @Test
    void aFreshTopicShowsTheDefaults() {
        Map<String, String> attributes =
                sns.getTopicAttributes(r -> r.topicArn(topic)).attributes();
        assertThat(attributes)
                .containsOnlyKeys(
                        "DisplayName",
                        "EffectiveDeliveryPolicy",
                        "Owner",
                        "Policy",
                        "SubscriptionsConfirmed",
                        "SubscriptionsDeleted",
                        "SubscriptionsPending",
                        "TopicArn")
                .containsEntry("DisplayName", "")
                .containsEntry("Owner", TestServer.ACCOUNT)
                .containsEntry("SubscriptionsPending", "0");
        JsonNode statement = Json.parse(attributes.getOrDefault("Policy", ""))
                .path("Statement")
                .path(0);
        assertThat(statement
                        .path("Condition")
                        .path("StringEquals")
                        .path("AWS:SourceOwner")
                        .asText())
                .isEqualTo(TestServer.ACCOUNT);
    }

    @Test
    void attributesAreSetAndCleared() {
        String fresh =
                sns.getTopicAttributes(r -> r.topicArn(topic)).attributes().get("Policy");
        String own = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":"
                + "\"events.amazonaws.com\"},\"Action\":\"sns:Publish\",\"Resource\":\"" + ARN + "\"}]}";
        set("Policy", own);
        set("DisplayName", "The tower");
        assertThat(sns.getTopicAttributes(r -> r.topicArn(topic)).attributes())
                .containsEntry("Policy", own)
                .containsEntry("DisplayName", "The tower");
        set("Policy", "");
        set("DisplayName", "");
        assertThat(sns.getTopicAttributes(r -> r.topicArn(topic)).attributes())
                .containsEntry("Policy", fresh)
                .containsEntry("DisplayName", "");
    }

    private void set(String name, String value) {
        var unused = sns.setTopicAttributes(
                r -> r.topicArn(topic).attributeName(name).attributeValue(value));
    }

    @Test
    void whatCannotBeHonouredIsRefused() {
        invalid(() -> set("Colour", "blue"), "Invalid parameter: AttributeName");
        invalid(() -> sns.createTopic(r -> r.name("a.fifo")), "Invalid parameter: Topic Name");
        refused(() -> sns.subscribe(r -> r.topicArn(topic).protocol("lambda").endpoint("x")), "NotImplemented")
                .hasMessageContaining("'lambda'");
        invalid(
                () -> sns.subscribe(r -> r.topicArn(topic).protocol("sqs").endpoint("x")),
                "Invalid parameter: SQS endpoint ARN");
        invalid(
                () -> sns.subscribe(r -> r.topicArn(topic).protocol("pigeon").endpoint("x")),
                "Invalid parameter: Amazon SNS does not support this protocol string: pigeon");
        invalid(
                () -> sns.subscribe(r -> r.topicArn(topic).protocol("email").endpoint("a@b.c\r\nBcc: d@e.f")),
                "Invalid parameter: Email address");
        // Terraform sets these on every topic.
        set("KmsMasterKeyId", "");
        set("HTTPSuccessFeedbackSampleRate", "0");
    }

    @Test
    void nothingIsSentBeforeTheAddressIsConfirmed() {
        assertThat(sns.subscribe(r -> r.topicArn(topic).protocol("email").endpoint("ann@example.com"))
                        .subscriptionArn())
                .isEqualTo("pending confirmation");
        publish("too early");
        assertThat(mails()).singleElement().satisfies(mail -> {
            assertThat(mail.path("subject").asText()).isEqualTo("AWS Notification - Subscription Confirmation");
            assertThat(mail.path("to").asText()).isEqualTo("ann@example.com");
            assertThat(mail.path("text").asText()).contains("You have chosen to subscribe to the topic:", ARN);
        });
        assertThat(sns.listSubscriptionsByTopic(r -> r.topicArn(topic)).subscriptions())
                .singleElement()
                .satisfies(s -> assertThat(s.subscriptionArn()).isEqualTo("PendingConfirmation"));
        assertThat(server.get(link(mails().getFirst(), "confirm")).body()).contains("Subscription confirmed!");
        publish("in time");
        assertThat(mails()).hasSize(2);
        assertThat(mails().getLast().path("text").asText()).startsWith("in time\n\n--\n");
        assertThat(mails().getLast().path("subject").asText()).isEqualTo("AWS Notification Message");
    }

    @Test
    void theRawConfirmationUrlWorksToo() {
        subscribe("ann@example.com");
        String token = TopicsHouse.token(mails().getFirst().path("text").asText());
        HttpResponse<String> answer =
                server.get("/?Action=ConfirmSubscription&Version=2010-03-31&TopicArn=" + topic + "&Token=" + token);
        assertThat(answer.body()).contains("<ConfirmSubscriptionResponse").contains("<SubscriptionArn>" + topic + ":");
        publish("hello");
        assertThat(mails()).hasSize(2);
    }

    @Test
    void tokensHaveRules() {
        String arn = subscribe("ann@example.com");
        String token = TopicsHouse.token(mails().getFirst().path("text").asText());
        String other = sns.createTopic(r -> r.name("other")).topicArn();
        invalid(() -> sns.confirmSubscription(r -> r.topicArn(topic).token("x")), "Invalid parameter: Token");
        invalid(() -> sns.confirmSubscription(r -> r.topicArn(topic).token("0".repeat(256))), "Invalid token");
        invalid(() -> sns.confirmSubscription(r -> r.topicArn(other).token(token)), "Invalid parameter: Topic");
        assertThat(sns.confirmSubscription(r -> r.topicArn(topic).token(token)).subscriptionArn())
                .isEqualTo(arn);
        assertThat(sns.confirmSubscription(r -> r.topicArn(topic).token(token)).subscriptionArn())
                .isEqualTo(arn);
        assertThat(sns.getSubscriptionAttributes(r -> r.subscriptionArn(arn)).attributes())
                .containsEntry("PendingConfirmation", "false")
                .containsEntry("ConfirmationWasAuthenticated", "true");
    }

    @Test
    void aSubscriptionThatNobodyConfirmsGoesAfterTwoDays() {
        String arn = subscribe("ann@example.com");
        String link = link(mails().getFirst(), "confirm");
        server.advance(Duration.ofHours(47));
        assertThat(sns.getSubscriptionAttributes(r -> r.subscriptionArn(arn)).attributes())
                .containsEntry("PendingConfirmation", "true");
        server.advance(Duration.ofHours(1));
        refused(
                () -> sns.getSubscriptionAttributes(r -> r.subscriptionArn(arn)),
                404,
                "NotFound",
                "Subscription does not exist");
        HttpResponse<String> page = server.get(link);
        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.body()).contains("This link does not work");
        assertThat(sns.getTopicAttributes(r -> r.topicArn(topic)).attributes())
                .containsEntry("SubscriptionsDeleted", "1");
    }

    @Test
    void subscribingAgainIsTheSameSubscription() {
        String arn = subscribe("ann@example.com");
        assertThat(subscribe("ann@example.com")).isEqualTo(arn);
        assertThat(mails()).as("a second mail with a token of its own").hasSize(2);
        assertThat(TopicsHouse.token(mails().get(0).path("text").asText()))
                .isNotEqualTo(TopicsHouse.token(mails().get(1).path("text").asText()));
        assertThat(server.get(link(mails().getFirst(), "confirm")).statusCode()).isEqualTo(200);
        assertThat(subscribe("ann@example.com")).isEqualTo(arn);
        assertThat(mails()).as("no mail for what is confirmed").hasSize(2);
        invalid(
                () -> sns.subscribe(r -> r.topicArn(topic)
                        .protocol("email")
                        .endpoint("ann@example.com")
                        .attributes(Map.of("FilterPolicy", "{\"a\":[\"b\"]}"))),
                "Invalid parameter: Attributes Reason: Subscription already exists with different attributes");
    }

    @Test
    void onlyTheButtonUnsubscribes() {
        String arn = subscribeAndConfirm("ann@example.com");
        publish("hello");
        String link = link(mails().getLast(), "unsubscribe");
        assertThat(server.get(link).body()).contains("<form method=\"post\"").contains("Unsubscribe?");
        publish("still there");
        assertThat(mails().getLast().path("text").asText()).startsWith("still there");
        assertThat(server.post(link, "application/x-www-form-urlencoded", "").body())
                .contains("You have unsubscribed");
        publish("gone");
        assertThat(mails().getLast().path("text").asText()).startsWith("still there");
        refused(
                () -> sns.getSubscriptionAttributes(r -> r.subscriptionArn(arn)),
                404,
                "NotFound",
                "Subscription does not exist");
        // Idempotent, as at AWS.
        var unused = sns.unsubscribe(r -> r.subscriptionArn(arn));
        assertThat(server.get(link).statusCode()).isEqualTo(404);
    }

    @Test
    void arnsAreChecked() {
        invalid(
                () -> sns.publish(r -> r.topicArn("nonsense").message("x")),
                "Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 1");
        invalid(
                () -> sns.publish(
                        r -> r.topicArn(ARN.replace("us-east-1", "eu-west-1")).message("x")),
                "Invalid parameter: TopicArn");
        refused(() -> sns.publish(r -> r.topicArn(ARN + "x").message("x")), 404, "NotFound", "Topic does not exist");
        invalid(() -> sns.unsubscribe(r -> r.subscriptionArn(ARN + ":x")), "Invalid parameter: SubscriptionId");
        var unused = sns.unsubscribe(r -> r.subscriptionArn(ARN + ":" + NEVER));
        String pending = subscribe("ann@example.com");
        invalid(
                () -> sns.unsubscribe(r -> r.subscriptionArn(pending)),
                "Cannot unsubscribe a subscription that is pending confirmation");
    }

    @Test
    void messagesAreChecked() {
        invalid(() -> publish(""), "Invalid parameter: Empty message");
        invalid(() -> publish("x".repeat(262_145)), "Invalid parameter: Message too long");
        publish("x".repeat(262_144));
        for (String subject : List.of("", "two\nlines", "é", "x".repeat(101))) {
            invalid(
                    () -> sns.publish(r -> r.topicArn(topic).message("x").subject(subject)),
                    "Invalid parameter: Subject");
        }
        invalid(
                () -> sns.publish(
                        r -> r.topicArn(topic).messageStructure("json").message("{\"email\":\"x\"}")),
                "Invalid parameter: Message Structure - No default entry in JSON message body");
        invalid(
                () -> sns.publish(
                        r -> r.topicArn(topic).messageStructure("json").message("{")),
                "Invalid parameter: Message Structure - JSON message body failed to parse");
        refused(
                () -> sns.publish(r -> r.topicArn(topic)
                        .message("x")
                        .messageAttributes(Map.of(
                                "attr1",
                                MessageAttributeValue.builder()
                                        .dataType("String")
                                        .stringValue("")
                                        .build()))),
                400,
                "ParameterValueInvalid",
                "The message attribute 'attr1' must contain non-empty message attribute value for message attribute"
                        + " type 'String'.");
    }

    @Test
    void aStructuredMessageHasABodyForEachProtocol() {
        subscribeAndConfirm("ann@example.com");
        var unused = sns.publish(r -> r.topicArn(topic)
                .messageStructure("json")
                .subject("Both")
                .message("{\"default\":\"for all\",\"email\":\"for mail\",\"sms\":7}"));
        assertThat(mails().getLast().path("text").asText()).startsWith("for mail\n");
    }

    @Test
    void emailJsonShowsTheEnvelope() {
        String arn = sns.subscribe(r -> r.topicArn(topic)
                        .protocol("email-json")
                        .endpoint("bot@example.com")
                        .returnSubscriptionArn(true))
                .subscriptionArn();
        assertThat(server.get(link(mails().getLast(), "confirm")).statusCode()).isEqualTo(200);
        String id = sns.publish(r -> r.topicArn(topic).subject("Hi").message("there"))
                .messageId();
        String text = mails().getLast().path("text").asText();
        JsonNode envelope = Json.parse(text.substring(0, text.indexOf("\n\n--\n")));
        assertThat(envelope.path("Type").asText()).isEqualTo("Notification");
        assertThat(envelope.path("MessageId").asText()).isEqualTo(id);
        assertThat(envelope.path("Message").asText()).isEqualTo("there");
        assertThat(envelope.path("UnsubscribeURL").asText()).contains(arn.substring(arn.length() - 36));
    }

    @Test
    void filterPoliciesDecideWhoGetsWhat() {
        String arn = subscribeAndConfirm("ann@example.com");
        filter(arn, "{\"store\":[\"books\",{\"prefix\":\"music\"}],\"price\":[{\"numeric\":[\">\",10]}]}");
        publish("no attributes");
        sendWith("books", "9");
        sendWith("films", "11");
        sendWith("musical", "11");
        assertThat(mails()).hasSize(2);
        assertThat(mails().getLast().path("text").asText()).startsWith("musical");
        filter(arn, "{}");
        publish("all again");
        assertThat(mails()).hasSize(3);
        attribute(arn, "FilterPolicyScope", "MessageBody");
        filter(arn, "{\"who\":{\"name\":[\"alice\"]}}");
        publish("no json");
        publish("{\"who\":{\"name\":\"bob\"}}");
        publish("{\"who\":{\"name\":\"alice\"}}");
        assertThat(mails()).hasSize(4);
    }

    private void sendWith(String store, String price) {
        var unused = sns.publish(r -> r.topicArn(topic)
                .message(store)
                .messageAttributes(Map.of("store", attribute("String", store), "price", attribute("Number", price))));
    }

    private static MessageAttributeValue attribute(String type, String value) {
        return MessageAttributeValue.builder().dataType(type).stringValue(value).build();
    }

    private void filter(String arn, String policy) {
        attribute(arn, "FilterPolicy", policy);
    }

    private void attribute(String arn, String name, String value) {
        var unused = sns.setSubscriptionAttributes(
                r -> r.subscriptionArn(arn).attributeName(name).attributeValue(value));
    }

    @Test
    void badFilterPoliciesAreRefusedInSnsWords() {
        String arn = subscribe("ann@example.com");
        Map.of(
                        "{\"a\":[]}", "FilterPolicy: Empty arrays are not allowed",
                        "{\"a\":\"b\"}", "FilterPolicy: \"a\" must be an object or an array",
                        "{\"a\":[{\"like\":\"b\"}]}", "FilterPolicy: Unrecognized match type like",
                        "{\"a\":[[\"b\"]]}", "FilterPolicy: Match value must be String, number, true, false, or null",
                        "{\"a\":[1],\"b\":[1],\"c\":[1],\"d\":[1],\"e\":[1],\"f\":[1]}",
                                "FilterPolicy: Filter policy can not have more than 5 keys",
                        "{\"a\":{\"b\":[1]}}",
                                "Filter policy scope MessageAttributes does not support nested filter policy")
                .forEach((policy, words) -> invalid(() -> filter(arn, policy), "Invalid parameter: " + words));
    }

    @Test
    void aBatchSendsWhatIsGoodAndNamesTheRest() {
        subscribeAndConfirm("ann@example.com");
        PublishBatchResponse answer = sns.publishBatch(r ->
                r.topicArn(topic).publishBatchRequestEntries(entry("1", "first"), entry("2", ""), entry("3", "third")));
        assertThat(answer.successful()).map(one -> one.id()).containsExactly("1", "3");
        assertThat(answer.failed()).singleElement().satisfies(one -> {
            assertThat(one.id()).isEqualTo("2");
            assertThat(one.code()).isEqualTo("InvalidParameter");
        });
        assertThat(mails()).hasSize(3);
        refused(
                () -> sns.publishBatch(
                        r -> r.topicArn(topic).publishBatchRequestEntries(entry("1", "a"), entry("1", "b"))),
                400,
                "BatchEntryIdsNotDistinct",
                "Two or more batch entries in the request have the same Id.");
        refused(
                () -> sns.publishBatch(r -> r.topicArn(topic)
                        .publishBatchRequestEntries(entry("1", "x".repeat(200_000)), entry("2", "x".repeat(200_000)))),
                400,
                "BatchRequestTooLong",
                "The length of all the messages put together is more than the limit.");
    }

    @Test
    void aBatchsAttributesCountToo() {
        Map<String, MessageAttributeValue> large = Map.of("a", attribute("String", "x".repeat(140_000)));
        PublishBatchRequestEntry one =
                entry("1", "x").toBuilder().messageAttributes(large).build();
        PublishBatchRequestEntry other =
                entry("2", "x").toBuilder().messageAttributes(large).build();
        refused(
                () -> sns.publishBatch(r -> r.topicArn(topic).publishBatchRequestEntries(one, other)),
                400,
                "BatchRequestTooLong",
                "The length of all the messages put together is more than the limit.");
    }

    private static PublishBatchRequestEntry entry(String id, String message) {
        return PublishBatchRequestEntry.builder().id(id).message(message).build();
    }

    @Test
    void permissionsAreStatementsOfThePolicy() {
        var unused = sns.addPermission(r ->
                r.topicArn(topic).label("friend").awsAccountIds("999999999999").actionNames("Publish"));
        JsonNode policy = Json.parse(
                sns.getTopicAttributes(r -> r.topicArn(topic)).attributes().getOrDefault("Policy", ""));
        assertThat(policy.path("Statement")).hasSize(2);
        assertThat(policy.path("Statement").path(1).path("Action").asText()).isEqualTo("SNS:Publish");
        invalid(
                () -> sns.addPermission(r -> r.topicArn(topic)
                        .label("friend")
                        .awsAccountIds("999999999999")
                        .actionNames("Publish")),
                "Invalid parameter: Statement already exists");
        var unusedToo = sns.removePermission(r -> r.topicArn(topic).label("friend"));
        assertThat(sns.getTopicAttributes(r -> r.topicArn(topic)).attributes().get("Policy"))
                .doesNotContain("friend");
    }

    @Test
    void aPermissionNamesAccountsAndActions() {
        invalid(() -> permit(List.of("bob"), List.of("Publish")), "Invalid parameter: Policy Error: PrincipalNotFound");
        invalid(
                () -> permit(List.of(), List.of("Publish")),
                "Invalid parameter: AWSAccountId Reason: no value for required parameter");
        invalid(
                () -> permit(List.of("999999999999"), List.of()),
                "Invalid parameter: ActionName Reason: no value for required parameter");
        assertThat(sns.getTopicAttributes(r -> r.topicArn(topic)).attributes().get("Policy"))
                .doesNotContain("someone");
    }

    private void permit(List<String> accounts, List<String> actions) {
        var unused = sns.addPermission(
                r -> r.topicArn(topic).label("someone").awsAccountIds(accounts).actionNames(actions));
    }

    @Test
    void aMessageHasOneTarget() {
        assertThat(sns.publish(r -> r.topicArn(topic).targetArn(topic).message("m"))
                        .messageId())
                .isNotEmpty();
        invalid(
                () -> sns.publish(r -> r.topicArn(topic).targetArn(topic + "2").message("m")),
                "Invalid parameter: Only one of TopicArn, TargetArn or PhoneNumber can be given");
    }

    @Test
    void aTopicIsNoSubscription() {
        String none = "Invalid parameter: SubscriptionId";
        invalid(() -> sns.unsubscribe(r -> r.subscriptionArn(topic)), none);
        invalid(() -> sns.unsubscribe(r -> r.subscriptionArn(topic + ":no-uuid")), none);
        invalid(() -> sns.getSubscriptionAttributes(r -> r.subscriptionArn(topic)), none);
    }

    @Test
    void tagsComeAndGo() {
        var unused = sns.tagResource(r -> r.resourceArn(topic)
                .tags(Tag.builder().key("team").value("blue").build()));
        assertThat(sns.listTagsForResource(r -> r.resourceArn(topic)).tags())
                .singleElement()
                .satisfies(tag -> assertThat(tag.value()).isEqualTo("blue"));
        var unusedToo = sns.untagResource(r -> r.resourceArn(topic).tagKeys("team"));
        assertThat(sns.listTagsForResource(r -> r.resourceArn(topic)).tags()).isEmpty();
        refused(
                () -> sns.listTagsForResource(r -> r.resourceArn(ARN + "x")),
                404,
                "ResourceNotFound",
                "Resource does not exist");
    }

    @Test
    void aDeletedTopicTakesItsSubscriptionsAlong() {
        subscribeAndConfirm("ann@example.com");
        var unused = sns.deleteTopic(r -> r.topicArn(topic));
        assertThat(sns.listSubscriptions().subscriptions()).isEmpty();
        refused(() -> sns.getTopicAttributes(r -> r.topicArn(topic)), 404, "NotFound", "Topic does not exist");
        // Deleting what is not there succeeds.
        var unusedToo = sns.deleteTopic(r -> r.topicArn(topic));
    }

    @Test
    void longListsComeInPages() {
        for (int i = 0; i < 120; i++) {
            String name = "t" + i;
            var unused = sns.createTopic(r -> r.name(name));
        }
        assertThat(sns.listTopics().topics()).hasSize(100);
        assertThat(sns.listTopicsPaginator().topics().stream().distinct().count())
                .isEqualTo(121);
    }
}
