package belfry.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.TestServer;
import belfry.base.Json;
import belfry.gateway.Call;
import belfry.wire.Operation;
import belfry.wire.ServiceBinding;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * Every operation that is built, called with the real clients and random inputs, one after the other on one server, so that
 * later calls meet what earlier ones left. Whatever is sent, the answer is a success or the caller's mistake, never a
 * defect of the server; and the stages carry on behind it. {@code -Dbelfry.long=true} calls each operation 200 times,
 * {@code -Dbelfry.seed=N} repeats a run.
 */
class HostileCallsTest {
    private static final int ROUNDS = Boolean.getBoolean("belfry.long") ? 200 : 6;
    private static final long SEED = Long.getLong("belfry.seed", new SplittableRandom().nextLong());

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Words words = new Words();
    /** By operation and message, each with the first request that led there. */
    private final Map<String, String> defects = new TreeMap<>();

    private record Target(SdkOperation sdk, Operation model) {}

    @Test
    void noInputMeetsADefect() {
        try (TestServer server = TestServer.start()) {
            List<Target> targets = targets(server);
            new Furniture(server, answer -> words.remember(random, answer)).put();
            for (int round = 0; round < ROUNDS; round++) {
                targets.forEach(target -> call(server, target));
                server.settle();
                server.advance(Duration.ofMinutes(random.nextInt(1, 20)));
                String health = server.get("/_belfry/health").body();
                assertThat(Json.parse(health).path("failing"))
                        .as("stages after round %s of seed %s", round, SEED)
                        .isEmpty();
            }
            assertThat(defects).as("seed %s", SEED).isEmpty();
        }
    }

    private static List<Target> targets(TestServer server) {
        Map<String, SdkClient> clients = Map.of(
                "cloudtrail", server.client(CloudTrailClient.builder()),
                "cloudwatch", server.client(CloudWatchClient.builder()),
                "events", server.client(EventBridgeClient.builder()),
                "iam", server.client(IamClient.builder()),
                "kms", server.client(KmsClient.builder()),
                "logs", server.client(CloudWatchLogsClient.builder()),
                "s3", server.s3(),
                "secretsmanager", server.client(SecretsManagerClient.builder()),
                "sns", server.client(SnsClient.builder()),
                "sqs", server.client(SqsClient.builder()));
        List<Target> targets = new ArrayList<>();
        for (ServiceBinding<Call> binding : server.belfry().services()) {
            String service = binding.service().name();
            SdkClient client = service.equals("sts") ? server.client(StsClient.builder()) : clients.get(service);
            for (String name : new TreeSet<>(binding.implemented())) {
                SdkOperation.find(client, name)
                        .ifPresent(sdk -> targets.add(
                                new Target(sdk, binding.service().model().operation(name))));
            }
        }
        assertThat(targets).hasSizeGreaterThan(300);
        return targets;
    }

    private void call(TestServer server, Target target) {
        SdkPojo builder = target.sdk().builder();
        new Filling(random, words, server.clock().now())
                .fill(builder, target.model().input());
        SdkPojo request = (SdkPojo) ((SdkBuilder<?, ?>) builder).build();
        try {
            SdkPojo answer = target.sdk().call(request, words.any(random, "Body"));
            words.remember(random, request);
            words.remember(random, answer);
        } catch (AwsServiceException e) {
            if (e.statusCode() >= 500) {
                defect(target, request, e);
            }
        } catch (RuntimeException e) {
            // All else the client refused to send.
            if (unanswered(e) || e.getMessage() != null && e.getMessage().contains("unmarshall")) {
                defect(target, request, e);
            }
        }
    }

    private static boolean unanswered(RuntimeException e) {
        return e instanceof ApiCallTimeoutException || e.getCause() instanceof IOException;
    }

    private void defect(Target target, SdkPojo request, RuntimeException error) {
        defects.putIfAbsent(target.sdk().name() + ": " + error.getMessage(), request.toString());
    }
}
