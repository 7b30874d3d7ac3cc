package belfry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.base.Clock;
import belfry.base.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteErrorCode;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/**
 * A store that fails: no answered call without its record, no effect without its record, health says what is wrong, and
 * the next call works once the fault is gone.
 */
class FailClosedTest {
    private static final int STATEMENTS_MAX = 2_000;

    private final FaultyDisk disk = new FaultyDisk();
    private final AtomicBoolean halted = new AtomicBoolean();
    private TestServer server;
    private SecretsManagerClient secrets;

    /** Hundreds of failures are wanted here, and each would be logged with its stack. */
    private final Logger log = Logger.getLogger("belfry");

    @BeforeEach
    void start() {
        log.setLevel(Level.OFF);
        server = TestServer.start(
                Options.development(), new Machine(Clock.stoppedAt(TestServer.START), disk, () -> halted.set(true)));
        secrets = server.client(SecretsManagerClient.builder()
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry())));
    }

    @AfterEach
    void stop() {
        disk.mend();
        server.close();
        log.setLevel(null);
    }

    private long records(String event) {
        return server.belfry()
                .store()
                .read(tx -> tx.count(
                        "SELECT COUNT(*) FROM trail_event WHERE name = ?" + " AND record NOT LIKE '%\"errorCode\"%'",
                        event));
    }

    private boolean answered(Consumer<SecretsManagerClient> call) {
        try {
            call.accept(secrets);
            return true;
        } catch (SecretsManagerException e) {
            assertThat(e.statusCode()).isEqualTo(503);
            assertThat(e.awsErrorDetails().errorMessage())
                    .contains("could not be recorded")
                    .doesNotContain("SELECT");
            return false;
        }
    }

    private void awaitHealthy() {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (server.get("/_belfry/health").statusCode() != 200) {
            assertThat(System.nanoTime()).as("health does not recover").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    /** One kind of call: how it is made for the n-th time, and how many effects of it there are. */
    private record Kind(String event, Consumer<SecretsManagerClient> call, String effects) {}

    private List<Kind> kinds(int n) {
        return List.of(
                new Kind(
                        "CreateSecret",
                        client -> client.createSecret(r -> r.name("made-" + n).secretString("x")),
                        "SELECT COUNT(*) FROM secret WHERE name LIKE 'made-%'"),
                new Kind("GetSecretValue", client -> client.getSecretValue(r -> r.secretId("kept")), ""),
                new Kind(
                        "PutSecretValue",
                        client -> client.putSecretValue(
                                r -> r.secretId("kept").secretString("v" + n).versionStages("S" + n)),
                        "SELECT COUNT(*) FROM secret_stage WHERE name = 'kept' AND stage = 'S" + n + "'"),
                new Kind(
                        "TagResource",
                        client -> client.tagResource(r -> r.secretId("kept")
                                .tags(List.of(Tag.builder()
                                        .key("t")
                                        .value("tag-" + n + "-")
                                        .build()))),
                        "SELECT COUNT(*) FROM secret WHERE tags LIKE '%tag-" + n + "-%'"));
    }

    @ParameterizedTest
    @CsvSource({
        "SQLITE_FULL, false",
        "SQLITE_FULL, true",
        "SQLITE_IOERR_WRITE, false",
        "SQLITE_IOERR_WRITE, true",
        "SQLITE_READONLY, true"
    })
    void theNthStatementFails(SQLiteErrorCode code, boolean lasting) {
        secrets.createSecret(r -> r.name("kept").secretString("v0"));
        for (int kind = 0; kind < kinds(0).size(); kind++) {
            int n = 1;
            while (fails(n, kind, code, lasting)) {
                n++;
                assertThat(n).isLessThan(STATEMENTS_MAX);
            }
            assertThat(n).as("statements of " + kinds(0).get(kind).event()).isGreaterThan(5);
        }
    }

    /** Makes a call whose n-th statement fails; returns false when there was no n-th. */
    private boolean fails(int n, int which, SQLiteErrorCode code, boolean lasting) {
        awaitHealthy();
        server.settle();
        Kind kind = kinds(n).get(which);
        long records = records(kind.event());
        long effects = effects(kind);
        disk.failAt(n, code, lasting);
        boolean answered = answered(kind.call());
        server.settle();
        boolean fired = disk.mend();
        assertThat(records(kind.event()) - records).as("records, n = %s", n).isEqualTo(answered ? 1 : 0);
        if (!kind.effects().isEmpty()) {
            assertThat(effects(kind) - effects).as("effects, n = %s", n).isEqualTo(answered ? 1 : 0);
        }
        assertThat(answered || answered(kind.call()))
                .as("the next call, n = %s", n)
                .isTrue();
        return fired;
    }

    private long effects(Kind kind) {
        return kind.effects().isEmpty() ? 0 : server.belfry().store().read(tx -> tx.count(kind.effects()));
    }

    @Test
    void aFullDisk() {
        secrets.createSecret(r -> r.name("kept").secretString("x"));
        disk.pragma("PRAGMA max_page_count = 1");
        List<Boolean> answers = new ArrayList<>();
        for (int i = 0; answers.isEmpty() || answers.getLast(); i++) {
            answers.add(answered(client -> client.getSecretValue(r -> r.secretId("kept"))));
            assertThat(i).isLessThan(10_000);
        }
        assertThat(records("GetSecretValue")).isEqualTo(answers.size() - 1);
        assertRefusing("full");
        disk.pragma("PRAGMA max_page_count = 1000000");
        assertThat(answered(client -> client.getSecretValue(r -> r.secretId("kept"))))
                .isTrue();
        awaitHealthy();
        assertThat(records("GetSecretValue")).isEqualTo(answers.size());
    }

    @Test
    void aReadOnlyStore() {
        secrets.createSecret(r -> r.name("kept").secretString("x"));
        server.settle();
        disk.pragma("PRAGMA query_only = 1");
        assertThat(answered(client -> client.getSecretValue(r -> r.secretId("kept"))))
                .isFalse();
        assertRefusing("readonly");
        disk.pragma("PRAGMA query_only = 0");
        // Nobody calls: health finds out by itself that the store works again.
        awaitHealthy();
        assertThat(answered(client -> client.getSecretValue(r -> r.secretId("kept"))))
                .isTrue();
        assertThat(records("GetSecretValue")).isEqualTo(1);
    }

    private void assertRefusing(String reason) {
        var health = server.get("/_belfry/health");
        assertThat(health.statusCode()).isEqualTo(503);
        assertThat(Json.parse(health.body()).at("/status").asText()).isEqualTo("degraded");
        assertThat(Json.parse(health.body()).at("/failing/store").asText()).contains(reason);
    }

    @Test
    void aFailedFlushStopsTheServer() {
        secrets.createSecret(r -> r.name("kept").secretString("x"));
        server.settle();
        disk.failAt("COMMIT", SQLiteErrorCode.SQLITE_IOERR_FSYNC);
        assertThat(answered(client -> client.getSecretValue(r -> r.secretId("kept"))))
                .isFalse();
        assertThat(halted).isTrue();
        disk.mend();
        // Where the process is not ended at once, nothing is written any more all the same: never try a flush again.
        assertThatThrownBy(() -> secrets.getSecretValue(r -> r.secretId("kept")))
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        e -> assertThat(e.statusCode()).isEqualTo(503));
        assertRefusing("closed");
    }
}
