package belfry.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.TestServer;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.cloudwatchlogs.model.MetricTransformation;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** CloudWatch Logs as the AWS SDK sees it. */
class LogsSdkTest {
    private static final String GROUP = "/aws/app";

    private TestServer server;
    private CloudWatchLogsClient logs;

    @BeforeEach
    void start() {
        server = TestServer.start();
        logs = server.client(CloudWatchLogsClient.builder());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void createStream() {
        logs.createLogGroup(request -> request.logGroupName(GROUP).tags(Map.of("team", "blue")));
        logs.createLogStream(request -> request.logGroupName(GROUP).logStreamName("s"));
    }

    private void put(int from, int to) {
        List<InputLogEvent> events = IntStream.range(from, to)
                .mapToObj(i -> InputLogEvent.builder()
                        .timestamp(TestServer.START.toEpochMilli() + i)
                        .message("{\"n\":" + i + "}")
                        .build())
                .toList();
        logs.putLogEvents(
                request -> request.logGroupName(GROUP).logStreamName("s").logEvents(events));
    }

    @Test
    void groupsLiveAndDie() {
        createStream();
        logs.putRetentionPolicy(request -> request.logGroupName(GROUP).retentionInDays(30));
        LogGroup group = logs.describeLogGroups(request -> request.logGroupNamePrefix("/aws"))
                .logGroups()
                .getFirst();
        String arn = "arn:aws:logs:" + TestServer.REGION + ":" + TestServer.ACCOUNT + ":log-group:" + GROUP;
        assertThat(group.arn()).isEqualTo(arn + ":*");
        assertThat(group.logGroupArn()).isEqualTo(arn);
        assertThat(group.retentionInDays()).isEqualTo(30);
        assertThat(group.logGroupClassAsString()).isEqualTo("STANDARD");
        assertThat(group.creationTime()).isEqualTo(TestServer.START.toEpochMilli());
        assertThat(logs.listTagsForResource(request -> request.resourceArn(arn)).tags())
                .isEqualTo(Map.of("team", "blue"));
        logs.tagResource(request -> request.resourceArn(arn).tags(Map.of("env", "prod")));
        logs.untagResource(request -> request.resourceArn(arn).tagKeys("team"));
        assertThat(logs.listTagsForResource(request -> request.resourceArn(arn)).tags())
                .isEqualTo(Map.of("env", "prod"));
        assertThatThrownBy(this::createStream)
                .isInstanceOf(ResourceAlreadyExistsException.class)
                .hasMessageContaining("The specified log group already exists");
        logs.deleteLogGroup(request -> request.logGroupName(GROUP));
        assertThatThrownBy(() -> logs.deleteLogGroup(request -> request.logGroupName(GROUP)))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("The specified log group does not exist.");
    }

    @Test
    void listsArePagedByName() {
        for (int i = 0; i < 7; i++) {
            String name = "g" + i;
            logs.createLogGroup(request -> request.logGroupName(name));
        }
        assertThat(logs.describeLogGroupsPaginator(request -> request.limit(3)).logGroups().stream()
                        .map(LogGroup::logGroupName))
                .containsExactly("g0", "g1", "g2", "g3", "g4", "g5", "g6");
        assertThat(logs.describeLogGroups(request -> request.logGroupNamePattern("5"))
                        .logGroups())
                .hasSize(1);
    }

    @Test
    void paginatorsReadEverythingWhileMoreComesIn() {
        createStream();
        put(0, 1000);
        put(1000, 2500);
        assertThat(logs
                        .getLogEventsPaginator(request -> request.logGroupName(GROUP)
                                .logStreamName("s")
                                .startFromHead(true)
                                .limit(700))
                        .events()
                        .stream()
                        .map(OutputLogEvent::message))
                .containsExactlyElementsOf(IntStream.range(0, 2500)
                        .mapToObj(i -> "{\"n\":" + i + "}")
                        .toList());
        assertThat(logs.filterLogEventsPaginator(request -> request.logGroupName(GROUP)
                                .filterPattern("{ $.n >= 2000 }")
                                .limit(30))
                        .events())
                .hasSize(500);
        assertThat(logs.describeLogStreams(request -> request.logGroupName(GROUP))
                        .logStreams()
                        .getFirst()
                        .lastEventTimestamp())
                .isEqualTo(TestServer.START.toEpochMilli() + 2499);
    }

    @Test
    void metricFiltersComeBackAsTheyWerePut() {
        createStream();
        MetricTransformation transformation = MetricTransformation.builder()
                .metricNamespace("Security")
                .metricName("Reads")
                .metricValue("1")
                .defaultValue(0.0)
                .unit("None")
                .build();
        logs.putMetricFilter(request -> request.logGroupName(GROUP)
                .filterName("reads")
                .filterPattern("{ $.eventName = GetSecretValue }")
                .metricTransformations(transformation));
        var found = logs.describeMetricFilters(
                        request -> request.metricNamespace("Security").metricName("Reads"))
                .metricFilters();
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().metricTransformations()).containsExactly(transformation);
        assertThat(logs.describeLogGroups(request -> {}).logGroups().getFirst().metricFilterCount())
                .isEqualTo(1);
    }
}
