package belfry.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.api.logs.DeleteLogGroupRequest;
import belfry.api.logs.DeleteLogStreamRequest;
import belfry.api.logs.DescribeLogStreamsRequest;
import belfry.api.logs.FilterLogEventsRequest;
import belfry.api.logs.FilterLogEventsResponse;
import belfry.api.logs.FilteredLogEvent;
import belfry.api.logs.GetLogEventsRequest;
import belfry.api.logs.GetLogEventsResponse;
import belfry.api.logs.InputLogEvent;
import belfry.api.logs.OutputLogEvent;
import belfry.api.logs.PutRetentionPolicyRequest;
import belfry.api.logs.RejectedLogEventsInfo;
import belfry.wire.ServiceException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogEventsTest {
    private static final long DAY = Duration.ofDays(1).toMillis();

    @TempDir
    private Path folder;

    private LogsFixture logs;

    @BeforeEach
    void open() {
        logs = new LogsFixture(folder).withPumps().withStream();
    }

    @AfterEach
    void close() {
        logs.close();
    }

    private GetLogEventsResponse get(@Nullable String token, boolean fromHead, int limit) {
        return logs.logs.getLogEvents(
                new GetLogEventsRequest()
                        .logGroupName(LogsFixture.GROUP)
                        .logStreamName(LogsFixture.STREAM)
                        .nextToken(token)
                        .startFromHead(fromHead)
                        .limit(limit),
                logs.call);
    }

    private static List<String> texts(GetLogEventsResponse page) {
        return page.events().stream().map(OutputLogEvent::message).toList();
    }

    private FilterLogEventsRequest filter() {
        return new FilterLogEventsRequest().logGroupName(LogsFixture.GROUP);
    }

    private List<String> all(FilterLogEventsRequest request) {
        List<String> found = new ArrayList<>();
        do {
            FilterLogEventsResponse page = logs.logs.filterLogEvents(request, logs.call);
            page.events().stream().map(FilteredLogEvent::message).forEach(found::add);
            request.nextToken(page.nextToken());
        } while (request.nextToken() != null);
        return found;
    }

    @Test
    void pagesForwardAndBackwardMeet() {
        logs.put("a", "b", "c", "d", "e");
        GetLogEventsResponse head = get(null, true, 2);
        assertThat(texts(head)).containsExactly("a", "b");
        GetLogEventsResponse next = get(head.nextForwardToken(), true, 2);
        assertThat(texts(next)).containsExactly("c", "d");
        assertThat(texts(get(next.nextBackwardToken(), false, 10))).containsExactly("a", "b");
        GetLogEventsResponse last = get(next.nextForwardToken(), true, 2);
        assertThat(texts(last)).containsExactly("e");
        GetLogEventsResponse end = get(last.nextForwardToken(), true, 2);
        assertThat(end.events()).isEmpty();
        assertThat(end.nextForwardToken()).isEqualTo(last.nextForwardToken()).matches("f/[0-9]{56}/s");
        assertThat(texts(get(end.nextBackwardToken(), false, 2))).containsExactly("d", "e");
        logs.put("f");
        assertThat(texts(get(end.nextForwardToken(), true, 2))).containsExactly("f");
    }

    @Test
    void withoutATokenTheNewestEventsCome() {
        logs.put("a", "b", "c");
        GetLogEventsResponse tail = get(null, false, 2);
        assertThat(texts(tail)).containsExactly("b", "c");
        assertThat(texts(get(tail.nextBackwardToken(), false, 2))).containsExactly("a");
    }

    @Test
    void aTokenThatIsNoneIsRefused() {
        assertThatThrownBy(() -> get("f/12/s", true, 1)).hasMessage("The specified nextToken is invalid.");
        assertThatThrownBy(() -> all(filter().nextToken("nonsense"))).hasMessage("The specified nextToken is invalid.");
    }

    @Test
    void filteringPagesThroughStreamsInOrderOfTime() {
        logs.stream("other");
        logs.putInto(LogsFixture.STREAM, logs.event(0, "ERROR 1"), logs.event(20, "fine"), logs.event(40, "ERROR 3"));
        logs.putInto("other", logs.event(10, "ERROR 2"), logs.event(50, "ERROR 4"));
        assertThat(all(filter().filterPattern("ERROR").limit(1)))
                .containsExactly("ERROR 1", "ERROR 2", "ERROR 3", "ERROR 4");
        assertThat(all(filter().logStreamNamePrefix("ot"))).containsExactly("ERROR 2", "ERROR 4");
        assertThat(all(filter().logStreamNames(List.of("other", "main")).limit(2)))
                .hasSize(5);
        long start = LogsFixture.START.toEpochMilli();
        assertThat(all(filter().startTime(start + 10).endTime(start + 40)))
                .containsExactly("ERROR 2", "fine", "ERROR 3");
        assertThatThrownBy(() -> all(filter().filterPattern("{ nonsense"))).isInstanceOf(ServiceException.class);
        assertThatThrownBy(() -> all(filter().logStreamNames(List.of("none"))))
                .hasMessage("The specified log stream does not exist.");
    }

    @Test
    void eventIdsOutliveMerging() {
        logs.put("first");
        String id = logs.logs
                .filterLogEvents(filter(), logs.call)
                .events()
                .getFirst()
                .eventId();
        for (int i = 0; i < 200; i++) {
            logs.put("event " + i);
        }
        logs.pumps.settle();
        long blocks = logs.store.read(tx -> tx.count("SELECT count(*) FROM log_block"));
        assertThat(blocks).isLessThan(100);
        List<FilteredLogEvent> events =
                logs.logs.filterLogEvents(filter(), logs.call).events();
        assertThat(events.getFirst().eventId()).isEqualTo(id).hasSize(56);
        assertThat(events.stream().map(FilteredLogEvent::message))
                .startsWith("first")
                .containsSequence(
                        IntStream.range(0, 200).mapToObj(i -> "event " + i).toList());
    }

    @Test
    void eventsOutsideTheWindowAreRejectedAndTheOthersKept() {
        RejectedLogEventsInfo none = logs.put("now").rejectedLogEventsInfo();
        assertThat(none).isNull();
        RejectedLogEventsInfo late = logs.putInto(
                        LogsFixture.STREAM, logs.event(-14 * DAY - 1, "old"), logs.event(-14 * DAY, "just right"))
                .rejectedLogEventsInfo();
        assertThat(late.tooOldLogEventEndIndex()).isEqualTo(1);
        assertThat(late.tooNewLogEventStartIndex()).isNull();
        long hours = Duration.ofHours(2).toMillis();
        RejectedLogEventsInfo early = logs.putInto(
                        LogsFixture.STREAM, logs.event(hours, "soon"), logs.event(hours + 1, "too new"))
                .rejectedLogEventsInfo();
        assertThat(early.tooNewLogEventStartIndex()).isEqualTo(1);
        assertThat(all(filter())).containsExactly("just right", "now", "soon");
    }

    @Test
    void retentionRejectsHidesAndDrops() {
        logs.put("to be kept a day");
        var unused = logs.logs.putRetentionPolicy(
                new PutRetentionPolicyRequest().logGroupName(LogsFixture.GROUP).retentionInDays(1), logs.call);
        RejectedLogEventsInfo rejected = logs.putInto(LogsFixture.STREAM, logs.event(-DAY - 1, "expired"))
                .rejectedLogEventsInfo();
        assertThat(rejected.expiredLogEventEndIndex()).isEqualTo(1);
        assertThat(all(filter())).containsExactly("to be kept a day");
        logs.pumps.advanceTo(LogsFixture.START.plus(Duration.ofHours(25)), false);
        assertThat(all(filter())).isEmpty();
        logs.pumps.advanceTo(LogsFixture.START.plus(Duration.ofDays(2)), false);
        assertThat(logs.store.<Long>read(tx -> tx.count("SELECT count(*) FROM log_block")))
                .isZero();
        assertThatThrownBy(() -> logs.logs.putRetentionPolicy(
                        new PutRetentionPolicyRequest()
                                .logGroupName(LogsFixture.GROUP)
                                .retentionInDays(2),
                        logs.call))
                .hasMessageStartingWith("1 validation error detected: Value '2' at 'retentionInDays' failed");
    }

    @Test
    void batchesAreCheckedAsAWhole() {
        InputLogEvent[] unordered = {logs.event(1, "b"), logs.event(0, "a")};
        assertThatThrownBy(() -> logs.putInto(LogsFixture.STREAM, unordered))
                .hasMessage("Log events in a single PutLogEvents request must be in chronological order.");
        InputLogEvent[] wide = {logs.event(-DAY - 1, "a"), logs.event(0, "b")};
        assertThatThrownBy(() -> logs.putInto(LogsFixture.STREAM, wide))
                .hasMessage("The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
        String large = "x".repeat(EventBatch.BYTES_MAX - 26);
        assertThat(logs.put(large).rejectedLogEventsInfo()).isNull();
        assertThatThrownBy(() -> logs.put(large + "x"))
                .hasMessage("Log event too large: 1048577 bytes exceeds limit of 1048576");
        assertThatThrownBy(() -> logs.put(large, "y"))
                .hasMessage("Upload too large: 1048603 bytes exceeds limit of 1048576");
        assertThatThrownBy(() -> logs.putInto("nowhere", logs.event(0, "a")))
                .hasMessage("The specified log stream does not exist.");
    }

    @Test
    void countsBytesAsUtf8() {
        assertThat(EventBatch.utf8Length("aé€😀\uD800")).isEqualTo(1 + 2 + 3 + 4 + 1);
    }

    @Test
    void deletingTakesEventsAwayForGood() {
        logs.stream("other");
        logs.put("a");
        logs.putInto("other", logs.event(0, "b"));
        var stream = logs.logs.deleteLogStream(
                new DeleteLogStreamRequest().logGroupName(LogsFixture.GROUP).logStreamName("other"), logs.call);
        assertThat(all(filter())).containsExactly("a");
        logs.stream("other");
        assertThat(all(filter().logStreamNames(List.of("other")))).isEmpty();
        var group = logs.logs.deleteLogGroup(new DeleteLogGroupRequest().logGroupName(LogsFixture.GROUP), logs.call);
        Objects.requireNonNull(stream);
        Objects.requireNonNull(group);
        assertThatThrownBy(() -> all(filter())).hasMessage("The specified log group does not exist.");
        logs.pumps.settle();
        assertThat(logs.store.<Long>read(tx -> tx.count("SELECT count(*) FROM log_block")))
                .isZero();
    }

    @Test
    void streamsTellTheirTimes() {
        logs.stream("empty");
        logs.putInto(LogsFixture.STREAM, logs.event(-5, "a"), logs.event(7, "b"));
        logs.pumps.settle();
        var streams = logs.logs
                .describeLogStreams(
                        new DescribeLogStreamsRequest()
                                .logGroupIdentifier(
                                        "arn:aws:logs:eu-west-1:123456789012:log-group:" + LogsFixture.GROUP + ":*")
                                .orderBy("LastEventTime")
                                .descending(true),
                        logs.call)
                .logStreams();
        assertThat(streams).hasSize(2);
        long start = LogsFixture.START.toEpochMilli();
        assertThat(streams.getFirst().firstEventTimestamp()).isEqualTo(start - 5);
        assertThat(streams.getFirst().lastEventTimestamp()).isEqualTo(start + 7);
        assertThat(streams.getFirst().lastIngestionTime()).isEqualTo(start);
        assertThat(streams.getLast().lastEventTimestamp()).isNull();
    }
}
