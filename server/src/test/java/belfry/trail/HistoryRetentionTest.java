package belfry.trail;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.base.Clock;
import belfry.base.Ids;
import belfry.gateway.Exchange;
import belfry.store.SqliteStore;
import belfry.wire.NoOutput;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exactly what is older than 90 days goes, with all that hangs on it, however much it is. */
class HistoryRetentionTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    /** More than two of the batches in which records are forgotten. */
    private static final int RECORDS = 2_400;

    private static final Duration APART = Duration.ofHours(1);

    @TempDir
    private Path folder;

    private final Clock clock = Clock.stoppedAt(START);
    private SqliteStore store;
    private TrailRecorder recorder;

    @BeforeEach
    void record() {
        store = new SqliteStore(folder.resolve("test.db"), bell -> {});
        recorder = new TrailRecorder(store, clock, new Ids(new Random(1)));
        store.change(tx -> {
            for (int i = 0; i < RECORDS; i++) {
                clock.set(START.plus(APART.multipliedBy(i)), false);
                Exchange exchange = new Given(store)
                        .touching("AWS::KMS::Key", "arn:key/" + i)
                        .answered("kms", "ListKeys", null, NoOutput.INSTANCE);
                recorder.record(tx, exchange);
            }
        });
    }

    @AfterEach
    void close() {
        store.close();
    }

    private long count(String sql) {
        return store.read(tx -> tx.count(sql));
    }

    private void forget() {
        HistoryRetention retention = new HistoryRetention(store, clock);
        int steps = 0;
        while (retention.step()) {
            assertThat(++steps).isLessThan(RECORDS);
        }
        assertThat(retention.nextDue()).contains(clock.now().plus(Duration.ofHours(1)));
    }

    @Test
    void theBoundaryIsExact() {
        Instant newest = START.plus(APART.multipliedBy(RECORDS - 1));
        clock.set(newest, false);
        forget();
        // Those of exactly 90 days ago stay.
        long kept = Duration.ofDays(90).toHours() + 1;
        assertThat(count("SELECT COUNT(*) FROM trail_event")).isEqualTo(kept);
        assertThat(count("SELECT MIN(at) FROM trail_event"))
                .isEqualTo(newest.minus(Duration.ofDays(90)).toEpochMilli());
        assertThat(count("SELECT COUNT(*) FROM trail_event_resource")).isEqualTo(kept);
        assertThat(count("SELECT COUNT(*) FROM trail_event_resource r WHERE NOT EXISTS"
                        + " (SELECT 1 FROM trail_event e WHERE e.seq = r.seq)"))
                .isZero();
        clock.set(newest.plusSeconds(1), false);
        forget();
        assertThat(count("SELECT COUNT(*) FROM trail_event")).isEqualTo(kept - 1);
    }

    @Test
    void allOfItGoesInBatchesAndNumbersAreNeverUsedAgain() {
        long last = count("SELECT MAX(seq) FROM trail_event");
        clock.set(START.plus(Duration.ofDays(400)), false);
        forget();
        assertThat(count("SELECT COUNT(*) FROM trail_event")).isZero();
        assertThat(count("SELECT COUNT(*) FROM trail_event_resource")).isZero();
        store.change(tx -> recorder.record(tx, new Given(store).answered("kms", "ListKeys", null, NoOutput.INSTANCE)));
        assertThat(count("SELECT MAX(seq) FROM trail_event")).isEqualTo(last + 1);
    }

    @Test
    void youngRecordsStay() {
        clock.set(START.plus(Duration.ofDays(90)), false);
        forget();
        assertThat(count("SELECT COUNT(*) FROM trail_event")).isEqualTo(RECORDS);
    }
}
