package belfry.topics.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.TestServer;
import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Policy statements by label, as AWS writes them. */
class QueuePermissionsTest {
    private final TestServer server = TestServer.start();
    private final SqsClient sqs = server.client(SqsClient.builder());
    private final String url = sqs.createQueue(r -> r.queueName("alerts")).queueUrl();
    private final String arn = "arn:aws:sqs:us-east-1:" + TestServer.ACCOUNT + ":alerts";

    @AfterEach
    void close() {
        server.close();
    }

    private void add(String label, List<String> accounts, String... actions) {
        sqs.addPermission(
                r -> r.queueUrl(url).label(label).awsAccountIds(accounts).actions(actions));
    }

    private String policy() {
        return sqs.getQueueAttributes(r -> r.queueUrl(url).attributeNames(QueueAttributeName.POLICY))
                .attributes()
                .getOrDefault(QueueAttributeName.POLICY, "");
    }

    @Test
    void statementsComeAndGoByLabel() {
        add("one", List.of("111111111111", "222222222222"), "SendMessage");
        add("two", List.of("111111111111"), "SendMessage", "ReceiveMessage");
        JsonNode policy = Json.parse(policy());
        assertThat(policy.path("Version").asText()).isEqualTo("2008-10-17");
        assertThat(policy.path("Id").asText()).isEqualTo(arn + "/SQSDefaultPolicy");
        assertThat(policy.path("Statement").path(0).toString())
                .isEqualTo("{\"Sid\":\"one\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":"
                        + "[\"arn:aws:iam::111111111111:root\",\"arn:aws:iam::222222222222:root\"]},"
                        + "\"Action\":\"SQS:SendMessage\",\"Resource\":\"" + arn + "\"}");
        assertThat(policy.path("Statement")
                        .path(1)
                        .path("Principal")
                        .path("AWS")
                        .asText())
                .isEqualTo("arn:aws:iam::111111111111:root");
        sqs.removePermission(r -> r.queueUrl(url).label("one"));
        assertThat(Json.parse(policy()).path("Statement").path(0).path("Sid").asText())
                .isEqualTo("two");
        sqs.removePermission(r -> r.queueUrl(url).label("two"));
        assertThat(policy()).isEmpty();
    }

    @Test
    void whatIsWrongIsRefusedInTheWordsOfAws() {
        add("one", List.of("111111111111"), "SendMessage");
        assertThatThrownBy(() -> add("one", List.of("222222222222"), "SendMessage"))
                .hasMessageContaining("Value one for parameter Label is invalid. Reason: Already exists.");
        assertThatThrownBy(() -> sqs.removePermission(r -> r.queueUrl(url).label("two")))
                .hasMessageContaining("Value two for parameter Label is invalid. Reason: can't find label.");
        assertThatThrownBy(() -> add("two", List.of("111111111111"), "CreateQueue"))
                .hasMessageContaining("Value SQS:CreateQueue for parameter ActionName is invalid. Reason: Only the"
                        + " queue owner is allowed to invoke this action.");
        assertThatThrownBy(() -> add("two", List.of("11"), "SendMessage"))
                .hasMessageContaining("Value [11] for parameter PrincipalId is invalid. Reason: Unable to verify.");
        assertThatThrownBy(() -> add("a b", List.of("111111111111"), "SendMessage"))
                .hasMessageContaining("for parameter Label is invalid");
        assertThatThrownBy(() -> add(
                        "two",
                        List.of("111111111111"),
                        "SendMessage",
                        "ReceiveMessage",
                        "DeleteMessage",
                        "PurgeQueue",
                        "GetQueueUrl",
                        "GetQueueAttributes",
                        "ChangeMessageVisibility",
                        "ListDeadLetterSourceQueues"))
                .hasMessageContaining("8 Actions were found, maximum allowed is 7.")
                .satisfies(
                        e -> assertThat(((AwsServiceException) e).statusCode()).isEqualTo(403));
    }
}
