package belfry.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.TestServer;
import belfry.trail.TrailEvents;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.CloudWatchLogsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.InvalidParameterException;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.cloudwatchlogs.model.MetricTransformation;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.kms.KmsClient;

/** Log groups with a KMS key: what lies on disk, who may use the key, and what a locked key locks. */
class GroupKeysTest {
    private static final String GROUP = "/secret/group";
    private static final String GROUP_ARN =
            "arn:aws:logs:" + TestServer.REGION + ":" + TestServer.ACCOUNT + ":log-group:" + GROUP;
    private static final String ACCOUNT_STATEMENT = "{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::"
            + TestServer.ACCOUNT + ":root\"},\"Action\":\"kms:*\",\"Resource\":\"*\"}";

    private TestServer server;
    private CloudWatchLogsClient logs;
    private KmsClient kms;

    @BeforeEach
    void start() {
        server = TestServer.start();
        logs = server.client(CloudWatchLogsClient.builder());
        kms = server.client(KmsClient.builder());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** A key that CloudWatch Logs may use for the group of that ARN. */
    private String key(String groupArn) {
        String policy = "{\"Version\":\"2012-10-17\",\"Statement\":[" + ACCOUNT_STATEMENT
                + ",{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"logs." + TestServer.REGION
                + ".amazonaws.com\"},\"Action\":[\"kms:GenerateDataKey*\",\"kms:Decrypt\"],\"Resource\":\"*\","
                + "\"Condition\":{\"ArnEquals\":{\"kms:EncryptionContext:aws:logs:arn\":\"" + groupArn + "\"}}}]}";
        return kms.createKey(r -> r.policy(policy)).keyMetadata().arn();
    }

    private String sealedGroup() {
        String key = key(GROUP_ARN);
        logs.createLogGroup(r -> r.logGroupName(GROUP).kmsKeyId(key));
        logs.createLogStream(r -> r.logGroupName(GROUP).logStreamName("s"));
        return key;
    }

    private void put(String message) {
        logs.putLogEvents(r -> r.logGroupName(GROUP)
                .logStreamName("s")
                .logEvents(InputLogEvent.builder()
                        .timestamp(server.clock().now().toEpochMilli())
                        .message(message)
                        .build()));
    }

    private List<String> read() {
        return logs.getLogEvents(r -> r.logGroupName(GROUP).logStreamName("s").startFromHead(true)).events().stream()
                .map(OutputLogEvent::message)
                .toList();
    }

    /** Whether each block on disk is sealed, in order of arrival: what zstd packed begins with its magic number. */
    private List<Boolean> sealed() {
        return server.belfry()
                .store()
                .read(tx -> tx.query("SELECT data FROM log_block ORDER BY seq", row -> {
                    byte[] data = row.bytes(1);
                    return data[0] != 0x28 || data[1] != (byte) 0xb5 || data[2] != 0x2f || data[3] != (byte) 0xfd;
                }));
    }

    private List<String> recorded(String eventName) {
        server.settle();
        return server.belfry().store().read(tx -> TrailEvents.after(tx, 0, 1_000)).stream()
                .map(event -> event.json())
                .filter(json -> json.contains("\"eventName\":\"" + eventName + "\""))
                .toList();
    }

    @Test
    void whatArrivesIsSealedAndReadsBack() {
        String key = sealedGroup();
        put("one");
        put("two");
        assertThat(read()).containsExactly("one", "two");
        assertThat(sealed()).containsExactly(true, true);
        assertThat(logs.filterLogEvents(r -> r.logGroupName(GROUP).filterPattern("two"))
                        .events())
                .hasSize(1);
        assertThat(logs.describeLogGroups().logGroups())
                .extracting(LogGroup::kmsKeyId)
                .containsExactly(key);
    }

    @Test
    void theKmsCallsAreRecorded() {
        sealedGroup();
        put("one");
        assertThat(read()).hasSize(1);
        assertThat(recorded("GenerateDataKey"))
                .singleElement()
                .asString()
                .contains("\"invokedBy\":\"logs." + TestServer.REGION + ".amazonaws.com\"")
                .contains("\"encryptionContext\":{\"aws:logs:arn\":\"" + GROUP_ARN + "\"}")
                .contains(TestServer.USER);
        assertThat(recorded("Decrypt")).singleElement().asString().contains(GROUP_ARN);
    }

    @Test
    void aKeyThatDoesNotLetLogsInIsRefused() {
        String foreign = key(GROUP_ARN + "-other");
        assertThatThrownBy(() -> logs.createLogGroup(r -> r.logGroupName(GROUP).kmsKeyId(foreign)))
                .isInstanceOf(CloudWatchLogsException.class)
                .hasMessageContaining("not allowed to be used with Arn '" + GROUP_ARN + "'");
        assertThat(logs.describeLogGroups().logGroups()).isEmpty();
        String absent = foreign.substring(0, foreign.length() - 4) + "0000";
        assertThatThrownBy(() -> logs.createLogGroup(r -> r.logGroupName(GROUP).kmsKeyId(absent)))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> logs.createLogGroup(r -> r.logGroupName(GROUP).kmsKeyId("alias/x")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("must be the ARN");
    }

    @Test
    void aDisabledKeyLocksTheGroupAndAnEnabledOneOpensItAgain() {
        String key = sealedGroup();
        put("one");
        kms.disableKey(r -> r.keyId(key));
        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("is disabled");
        assertThatThrownBy(() -> put("two")).isInstanceOf(InvalidParameterException.class);
        kms.enableKey(r -> r.keyId(key));
        put("three");
        assertThat(read()).containsExactly("one", "three");
    }

    @Test
    void aPolicyThatNoLongerLetsLogsInLocksTheGroup() {
        String key = sealedGroup();
        put("one");
        kms.putKeyPolicy(
                r -> r.keyId(key).policy("{\"Version\":\"2012-10-17\",\"Statement\":[" + ACCOUNT_STATEMENT + "]}"));
        assertThatThrownBy(this::read).hasMessageContaining("does not let CloudWatch Logs use it");
    }

    @Test
    void withoutItsKeyNewEventsAreOpenAndOldOnesStaySealed() {
        String key = sealedGroup();
        put("old");
        logs.disassociateKmsKey(r -> r.logGroupName(GROUP));
        put("new");
        assertThat(sealed()).containsExactly(true, false);
        assertThat(read()).containsExactly("old", "new");
        assertThat(logs.describeLogGroups().logGroups().getFirst().kmsKeyId()).isNull();
        kms.disableKey(r -> r.keyId(key));
        put("newer");
        assertThatThrownBy(this::read).hasMessageContaining("is disabled");
    }

    @Test
    void anotherKeyTakesOverForWhatArrives() {
        String first = sealedGroup();
        put("old");
        String second = key(GROUP_ARN);
        logs.associateKmsKey(r -> r.logGroupName(GROUP).kmsKeyId(second));
        put("new");
        assertThat(read()).containsExactly("old", "new");
        kms.disableKey(r -> r.keyId(first));
        put("newer");
        kms.enableKey(r -> r.keyId(first));
        assertThat(read()).containsExactly("old", "new", "newer");
    }

    @Test
    void sealedBlocksAreMergedSealed() {
        sealedGroup();
        List<String> messages = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            put("message " + i);
            messages.add("message " + i);
        }
        server.settle();
        assertThat(sealed()).hasSizeLessThan(80).containsOnly(true);
        assertThat(read()).isEqualTo(messages);
    }

    @Test
    void metricFiltersSeeWhatIsSealed() {
        sealedGroup();
        logs.putMetricFilter(r -> r.logGroupName(GROUP)
                .filterName("f")
                .filterPattern("alarming")
                .metricTransformations(MetricTransformation.builder()
                        .metricNamespace("Sealed")
                        .metricName("seen")
                        .metricValue("1")
                        .build()));
        put("something alarming");
        server.settle();
        assertThat(server.belfry().store().read(tx -> LogMatches.after(tx, 0, 100)).stream()
                        .filter(match -> match.namespace().equals("Sealed")))
                .hasSize(1);
    }
}
