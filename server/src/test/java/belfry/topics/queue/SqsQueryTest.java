package belfry.topics.queue;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.TestServer;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The Query protocol, which SQS's clients of before 2023 speak: forms in, XML out, the queue in the path. */
class SqsQueryTest {
    private static final String QUEUE = "/" + TestServer.ACCOUNT + "/old";
    private static final String OPEN = " xmlns=\"http://queue.amazonaws.com/doc/2012-11-05/\">";

    private final TestServer server = TestServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    /** Names and values in turn. */
    private HttpResponse<String> call(String path, String action, String... parameters) {
        StringBuilder form = new StringBuilder("Version=2012-11-05&Action=" + action);
        for (int i = 0; i < parameters.length; i += 2) {
            form.append('&')
                    .append(parameters[i])
                    .append('=')
                    .append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
        }
        return server.post(path, "application/x-www-form-urlencoded", form.toString());
    }

    private void create() {
        HttpResponse<String> made = call(
                "/",
                "CreateQueue",
                "QueueName",
                "old",
                "Attribute.1.Name",
                "VisibilityTimeout",
                "Attribute.1.Value",
                "40",
                "Tag.1.Key",
                "team",
                "Tag.1.Value",
                "sec");
        assertThat(made.body())
                .startsWith("<CreateQueueResponse" + OPEN + "<CreateQueueResult><QueueUrl>" + server.url() + QUEUE);
    }

    @Test
    void messagesTravelAsFormsAndXml() {
        create();
        HttpResponse<String> sent = call(
                QUEUE,
                "SendMessage",
                "MessageBody",
                "a & <b>",
                "MessageAttribute.1.Name",
                "n",
                "MessageAttribute.1.Value.DataType",
                "String",
                "MessageAttribute.1.Value.StringValue",
                "v");
        assertThat(sent.statusCode()).isEqualTo(200);
        assertThat(sent.body()).contains("<MD5OfMessageAttributes>f4b238699da710fd012839c16c09f1ca<");
        assertThat(call(QUEUE, "ReceiveMessage", "AttributeName.1", "All", "MessageAttributeName.1", "n")
                        .body())
                .contains("<ReceiveMessageResult><Message><MessageId>", "<Body>a &amp; &lt;b&gt;</Body>")
                .contains("<Attribute><Name>ApproximateReceiveCount</Name><Value>1</Value></Attribute>")
                .contains("<MessageAttribute><Name>n</Name><Value><StringValue>v</StringValue>"
                        + "<DataType>String</DataType></Value></MessageAttribute>");
    }

    @Test
    void listsAndMapsAreNumbered() {
        create();
        assertThat(call(QUEUE, "GetQueueAttributes", "AttributeName.1", "VisibilityTimeout")
                        .body())
                .contains("<GetQueueAttributesResult><Attribute><Name>VisibilityTimeout</Name><Value>40</Value>"
                        + "</Attribute></GetQueueAttributesResult>");
        assertThat(call(QUEUE, "ListQueueTags").body()).contains("<Tag><Key>team</Key><Value>sec</Value></Tag>");
        assertThat(call("/", "ListQueues").body())
                .contains("<ListQueuesResult><QueueUrl>" + server.url() + QUEUE + "</QueueUrl>");
        String entry = "SendMessageBatchRequestEntry.";
        assertThat(call(
                                QUEUE,
                                "SendMessageBatch",
                                entry + "1.Id",
                                "a",
                                entry + "1.MessageBody",
                                "x",
                                entry + "2.Id",
                                "b",
                                entry + "2.MessageBody",
                                "y",
                                entry + "2.DelaySeconds",
                                "901")
                        .body())
                .contains(
                        "<SendMessageBatchResultEntry><Id>a</Id>",
                        "<BatchResultErrorEntry><Id>b</Id><SenderFault>true");
    }

    @Test
    void errorsHaveTheirOldCodes() {
        assertThat(call("/", "GetQueueUrl", "QueueName", "none").body())
                .contains("<Code>AWS.SimpleQueueService.NonExistentQueue</Code>", "<Type>Sender</Type>");
        create();
        assertThat(call(QUEUE, "SendMessage").body())
                .contains("<Code>MissingParameter</Code>", "The request must contain the parameter MessageBody.");
        assertThat(call(QUEUE, "PurgeQueue").statusCode()).isEqualTo(200);
        HttpResponse<String> again = call(QUEUE, "PurgeQueue");
        assertThat(again.statusCode()).isEqualTo(403);
        assertThat(again.body()).contains("<Code>AWS.SimpleQueueService.PurgeQueueInProgress</Code>");
    }
}
