package belfry.logs;

import belfry.TestCall;
import belfry.api.logs.CreateLogGroupRequest;
import belfry.api.logs.CreateLogStreamRequest;
import belfry.api.logs.InputLogEvent;
import belfry.api.logs.MetricTransformation;
import belfry.api.logs.PutLogEventsRequest;
import belfry.api.logs.PutLogEventsResponse;
import belfry.api.logs.PutMetricFilterRequest;
import belfry.base.Clock;
import belfry.base.Ids;
import belfry.base.Pumps;
import belfry.gateway.Call;
import belfry.seal.RootKey;
import belfry.store.SqliteStore;
import belfry.store.Store;
import belfry.trail.Checks;
import belfry.vault.Keys;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The logs stage on a store of its own, with its pumps and a clock that stands until moved; no gateway before it. */
final class LogsFixture implements AutoCloseable {
    static final Instant START = Instant.parse("2026-03-01T12:00:10Z");
    static final String GROUP = "trail/logs";
    static final String STREAM = "main";

    final Clock clock = Clock.stoppedAt(START);
    final Pumps pumps = new Pumps(clock);
    final Store store;
    final Logs logs;
    final Call call;

    LogsFixture(Path folder) {
        store = new SqliteStore(folder.resolve("test.db"), pumps::ring);
        call = new TestCall(store, clock, "eu-west-1");
        Ids ids = new Ids(new SecureRandom());
        logs = new Logs(new GroupKeys(new Keys(new RootKey(folder.resolve("root.key"), ids), ids), ids));
    }

    LogsFixture withPumps() {
        pumps.start(new MetricFilterPump(store, clock));
        pumps.start(new MergePump(store));
        pumps.start(new Sweeper(store, clock));
        pumps.start(new TrailFeed(store, clock, (tx, role, stream, trail) -> Checks.Answer.OK));
        return this;
    }

    LogsFixture withStream() {
        var unused = logs.createLogGroup(new CreateLogGroupRequest().logGroupName(GROUP), call);
        stream(STREAM);
        return this;
    }

    void stream(String name) {
        var unused = logs.createLogStream(
                new CreateLogStreamRequest().logGroupName(GROUP).logStreamName(name), call);
    }

    PutLogEventsResponse putInto(String stream, InputLogEvent... events) {
        return logs.putLogEvents(
                new PutLogEventsRequest()
                        .logGroupName(GROUP)
                        .logStreamName(stream)
                        .logEvents(List.of(events)),
                call);
    }

    PutLogEventsResponse put(String... messages) {
        return putInto(STREAM, Stream.of(messages).map(text -> event(0, text)).toArray(InputLogEvent[]::new));
    }

    InputLogEvent event(long afterNow, String message) {
        return new InputLogEvent()
                .timestamp(clock.now().toEpochMilli() + afterNow)
                .message(message);
    }

    void filter(String name, String pattern, MetricTransformation transformation) {
        var unused = logs.putMetricFilter(
                new PutMetricFilterRequest()
                        .logGroupName(GROUP)
                        .filterName(name)
                        .filterPattern(pattern)
                        .metricTransformations(List.of(transformation)),
                call);
    }

    static MetricTransformation count(String metric) {
        return new MetricTransformation()
                .metricNamespace("Security")
                .metricName(metric)
                .metricValue("1");
    }

    /** What has been reported to the namespace {@code Security}. */
    List<LogMatches.Reported> reported() {
        pumps.settle();
        return store.read(tx -> LogMatches.after(tx, 0, 100_000)).stream()
                .filter(row -> row.namespace().equals("Security"))
                .toList();
    }

    @Override
    public void close() {
        pumps.close();
        store.close();
    }
}
