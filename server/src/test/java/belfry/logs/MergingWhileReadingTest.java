package belfry.logs;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.api.logs.FilterLogEventsRequest;
import belfry.api.logs.FilterLogEventsResponse;
import belfry.api.logs.FilteredLogEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers that page through a group see each event once, in order, while writers append and blocks are merged. */
class MergingWhileReadingTest {
    private static final int WRITERS = 3;
    private static final int EVENTS = 150;

    private final AtomicIntegerArray acknowledged = new AtomicIntegerArray(WRITERS);

    @TempDir
    private Path folder;

    @Test
    void noEventIsMissedOrSeenTwice() throws InterruptedException, ExecutionException {
        try (LogsFixture logs = new LogsFixture(folder).withPumps().withStream();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            logs.filter("all", "event", LogsFixture.count("All"));
            List<Future<?>> writers = new ArrayList<>();
            for (int w = 0; w < WRITERS; w++) {
                int writer = w;
                logs.stream("w" + w);
                writers.add(threads.submit(() -> write(logs, writer)));
            }
            while (writers.stream().anyMatch(writer -> !writer.isDone())) {
                readAll(logs);
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            assertThat(readAll(logs)).isEqualTo(WRITERS * EVENTS);
            assertThat(logs.reported().stream()
                            .mapToLong(LogMatches.Reported::samples)
                            .sum())
                    .isEqualTo(WRITERS * EVENTS);
            assertThat(readAll(logs)).isEqualTo(WRITERS * EVENTS);
            long blocks = logs.store.read(tx -> tx.count("SELECT count(*) FROM log_block"));
            assertThat(blocks).isLessThan(WRITERS * EVENTS / 2);
        }
    }

    private void write(LogsFixture logs, int writer) {
        for (int i = 0; i < EVENTS; i++) {
            logs.putInto("w" + writer, logs.event(i, "event " + i));
            acknowledged.set(writer, i + 1);
        }
    }

    /** How many events there were. All that had been acknowledged before must be among them. */
    private int readAll(LogsFixture logs) {
        int[] before = IntStream.range(0, WRITERS).map(acknowledged::get).toArray();
        FilterLogEventsRequest request =
                new FilterLogEventsRequest().logGroupName(LogsFixture.GROUP).limit(17);
        List<FilteredLogEvent> found = new ArrayList<>();
        do {
            FilterLogEventsResponse page = logs.logs.filterLogEvents(request, logs.call);
            found.addAll(page.events());
            request.nextToken(page.nextToken());
        } while (request.nextToken() != null);
        assertThat(found.stream().map(FilteredLogEvent::eventId)).isSorted().doesNotHaveDuplicates();
        for (int w = 0; w < WRITERS; w++) {
            String stream = "w" + w;
            assertThat(found.stream()
                            .filter(event -> event.logStreamName().equals(stream))
                            .map(FilteredLogEvent::message))
                    .containsAll(IntStream.range(0, before[w])
                            .mapToObj(i -> "event " + i)
                            .toList());
        }
        return found.size();
    }
}
