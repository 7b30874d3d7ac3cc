package belfry.metrics;

import belfry.TestCall;
import belfry.alarms.AlarmLinks;
import belfry.alarms.AlarmPump;
import belfry.alarms.AlarmSweep;
import belfry.alarms.CloudWatch;
import belfry.alarms.Evidence;
import belfry.api.cloudwatch.CloudWatchApi;
import belfry.base.Clock;
import belfry.base.Pumps;
import belfry.gateway.Call;
import belfry.store.SqliteStore;
import belfry.store.Store;
import belfry.store.Tx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/** CloudWatch's operations and pumps on a real store with a clock that stands until moved, without the way over HTTP. */
public final class Bench implements AutoCloseable {
    public static final Instant START = Instant.parse("2026-03-02T10:00:00Z");
    public static final String ACCOUNT = "123456789012";
    public static final String REGION = "us-east-1";

    public final Clock clock = Clock.stoppedAt(START);
    public final Pumps pumps = new Pumps(clock);
    public final Store store;
    public final CloudWatchApi<Call> api = new CloudWatch(AlarmLinks.AWS);

    public Bench() {
        try {
            Path folder = Files.createTempDirectory("belfry-bench");
            store = new SqliteStore(folder.resolve("belfry.db"), pumps::ring);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        pumps.start(new RollUp(store, clock));
        pumps.start(new AlarmSweep(store, clock));
        pumps.start(new AlarmPump(store, clock, AlarmLinks.AWS, (tx, metric, from, to) -> Evidence.NONE));
        pumps.settle();
    }

    /** Calls an operation and waits until all it has set in motion is done. */
    public <R> R call(Function<Call, R> operation) {
        R result = operation.apply(new TestCall(store, clock));
        pumps.settle();
        return result;
    }

    /** Adds samples as the logs stage's matches do. */
    public void count(Sample... samples) {
        store.change(tx -> Datapoints.add(tx, java.util.List.of(samples)));
        pumps.settle();
    }

    public <R> R read(Store.Work<R> work) {
        return store.read(work);
    }

    public void write(java.util.function.Consumer<Tx> work) {
        store.change(work);
        pumps.settle();
    }

    public void advance(Duration by) {
        pumps.advanceTo(clock.now().plus(by), false);
    }

    @Override
    public void close() {
        pumps.close();
        store.close();
    }
}
