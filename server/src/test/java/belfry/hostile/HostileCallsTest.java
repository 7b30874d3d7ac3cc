package belfry.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.Belfry;
import belfry.SecuredServer;
import belfry.TestServer;
import belfry.gateway.Call;
import belfry.wire.Operation;
import belfry.wire.ServiceBinding;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
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

    private static final String TAGGED = "{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":"
            + "{\"StringEquals\":{\"aws:ResourceTag/closed\":\"yes\",\"aws:RequestTag/closed\":\"yes\"}}}";

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Words words = new Words();
    /** By operation and message, each with the first request that led there. */
    private final Map<String, String> defects = new TreeMap<>();

    private record Target(SdkOperation sdk, Operation model) {}

    @Test
    void noInputMeetsADefect() {
        try (TestServer server = TestServer.start()) {
            Caller caller = new Caller(server.url(), AwsBasicCredentials.create(TestServer.USER, "not-a-secret"));
            run(server.belfry(), caller, () -> server.advance(Duration.ofMinutes(random.nextInt(1, 20))));
        }
    }

    /** Each call's policies are evaluated on what it was given. */
    @Test
    void norWhereEveryCallIsDecidedByPolicies(@TempDir Path dataDir) {
        try (SecuredServer server = new SecuredServer(dataDir)) {
            AwsCredentials user = server.user("walker", SecuredServer.allow("*", "*"), TAGGED);
            run(server.belfry(), new Caller(server.belfry().url(), user), () -> {});
        }
    }

    private void run(Belfry belfry, Caller caller, Runnable betweenRounds) {
        List<Target> targets = targets(belfry, caller);
        new Furniture(caller, answer -> words.remember(random, answer)).put();
        for (int round = 0; round < ROUNDS; round++) {
            targets.forEach(target -> call(belfry.clock().now(), target));
            belfry.pumps().settle();
            betweenRounds.run();
            assertThat(belfry.pumps().failures())
                    .as("stages after round %s of seed %s", round, SEED)
                    .isEmpty();
        }
        assertThat(defects).as("seed %s", SEED).isEmpty();
    }

    private static List<Target> targets(Belfry belfry, Caller caller) {
        List<Target> targets = new ArrayList<>();
        for (ServiceBinding<Call> binding : belfry.services()) {
            SdkClient client = caller.of(binding.service().name());
            for (String name : new TreeSet<>(binding.implemented())) {
                SdkOperation.find(client, name)
                        .ifPresent(sdk -> targets.add(
                                new Target(sdk, binding.service().model().operation(name))));
            }
        }
        assertThat(targets).hasSizeGreaterThan(300);
        return targets;
    }

    private void call(Instant now, Target target) {
        SdkPojo builder = target.sdk().builder();
        new Filling(random, words, now).fill(builder, target.model().input());
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
            if (unanswered(e) || String.valueOf(e.getMessage()).contains("unmarshall")) {
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
