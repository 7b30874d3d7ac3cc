package belfry.logs;

import belfry.api.logs.FilterLogEventsRequest;
import belfry.api.logs.FilterLogEventsResponse;
import belfry.api.logs.FilteredLogEvent;
import belfry.api.logs.GetLogEventsRequest;
import belfry.api.logs.GetLogEventsResponse;
import belfry.api.logs.OutputLogEvent;
import belfry.engine.pattern.FilterPattern;
import belfry.engine.pattern.PatternException;
import belfry.gateway.Call;
import belfry.gateway.OnBehalf;
import belfry.logs.blocks.Event;
import belfry.logs.blocks.Position;
import belfry.logs.blocks.Range;
import belfry.logs.blocks.Scan;
import belfry.store.Tx;
import belfry.wire.ServiceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * GetLogEvents and FilterLogEvents. Their tokens hold positions, so pages fit together whatever is merged, appended or
 * dropped meanwhile.
 */
final class ReadLogEvents {
    /** An answer, and the KMS call that it took. */
    private record Read<R>(R answer, Optional<OnBehalf> decrypt) {
        R reported(Call call) {
            decrypt.ifPresent(call::onBehalf);
            return answer;
        }
    }

    GetLogEventsResponse get(GetLogEventsRequest in, Call call) {
        Optional<ReadToken> token = Optional.ofNullable(in.nextToken()).map(ReadToken::parse);
        Read<GetLogEventsResponse> read = call.read(tx -> {
            LogGroupRow group = LogGroupTable.require(tx, call, in.logGroupName(), in.logGroupIdentifier());
            LogStreamRow stream = LogStreamTable.require(tx, group.id(), in.logStreamName());
            Range all = range(group, call, in.startTime(), in.endTime());
            Scan scan = Scan.of(group.id(), token.map(at -> at.within(all)).orElse(all)).stream(stream.id())
                    .limit(Tokens.limit(in.limit(), Scan.EVENTS_MAX));
            boolean forward = token.map(ReadToken::forward).orElse(Boolean.TRUE.equals(in.startFromHead()));
            Scan.Result found = forward ? scan.forward(tx) : scan.backward(tx);
            var answer = answer(found, forward, token.map(ReadToken::at).orElse(all.from()));
            return new Read<>(answer, GroupKeys.reading(tx, group));
        });
        return read.reported(call);
    }

    /** {@code otherwise}: where both tokens stand when nothing was found and nothing is left. */
    private static GetLogEventsResponse answer(Scan.Result found, boolean forward, Position otherwise) {
        List<OutputLogEvent> shown = new ArrayList<>(found.events().size());
        for (Event event : found.events()) {
            shown.add(new OutputLogEvent()
                    .timestamp(event.time())
                    .message(event.text())
                    .ingestionTime(event.ingested()));
        }
        Position at = found.resume().orElse(otherwise);
        Position first = shown.isEmpty() ? at : found.events().getFirst().position();
        Position last =
                shown.isEmpty() ? at : found.events().getLast().position().next();
        return new GetLogEventsResponse()
                .events(shown)
                .nextForwardToken(new ReadToken(true, forward ? found.resume().orElse(last) : last).text())
                .nextBackwardToken(new ReadToken(false, first).text());
    }

    FilterLogEventsResponse filter(FilterLogEventsRequest in, Call call) {
        if (in.logStreamNames() != null && in.logStreamNamePrefix() != null) {
            throw LogErrors.invalid("Only one of logStreamNames and logStreamNamePrefix can be specified.");
        }
        Filtering filtering = new Filtering(in, call);
        Read<FilterLogEventsResponse> read = call.read(filtering::page);
        return read.reported(call);
    }

    /** One page of FilterLogEvents. */
    private static final class Filtering {
        private final FilterLogEventsRequest in;
        private final Call call;
        private final @Nullable FilterPattern pattern;
        private final Optional<Position> from;
        private final Map<Long, String> names = new HashMap<>();

        Filtering(FilterLogEventsRequest in, Call call) {
            this.in = in;
            this.call = call;
            this.pattern = in.filterPattern() == null ? null : parse(in.filterPattern());
            this.from = Optional.ofNullable(in.nextToken())
                    .map(text -> Position.parse(text).orElseThrow(LogErrors::badToken));
        }

        Read<FilterLogEventsResponse> page(Tx tx) {
            LogGroupRow group = LogGroupTable.require(tx, call, in.logGroupName(), in.logGroupIdentifier());
            // The end is inclusive here, unlike GetLogEvents'.
            Long end = in.endTime() == null || in.endTime() == Long.MAX_VALUE
                    ? in.endTime()
                    : Long.valueOf(in.endTime() + 1);
            Range all = range(group, call, in.startTime(), end);
            Scan scan = Scan.of(group.id(), from.map(all::startingAt).orElse(all))
                    .limit(Tokens.limit(in.limit(), Scan.EVENTS_MAX));
            streams(tx, group, scan);
            if (pattern != null) {
                scan.matching(pattern::matches);
            }
            Scan.Result found = scan.forward(tx);
            var answer = new FilterLogEventsResponse()
                    .events(found.events().stream().map(this::show).toList())
                    .searchedLogStreams(List.of())
                    .nextToken(found.resume().map(Position::id).orElse(null));
            return new Read<>(answer, GroupKeys.reading(tx, group));
        }

        /** Also leaves out streams that have been deleted and whose events are still to be swept. */
        private void streams(Tx tx, LogGroupRow group, Scan scan) {
            if (in.logStreamNames() != null) {
                for (String name : in.logStreamNames()) {
                    names.put(LogStreamTable.require(tx, group.id(), name).id(), name);
                }
                if (names.size() == 1) {
                    scan.stream(names.keySet().iterator().next());
                } else {
                    scan.streams(names::containsKey);
                }
                return;
            }
            String prefix = in.logStreamNamePrefix() == null ? "" : in.logStreamNamePrefix();
            scan.streams(id -> {
                String name = names.computeIfAbsent(
                        id, key -> LogStreamTable.nameOf(tx, key).orElse(""));
                return !name.isEmpty() && name.startsWith(prefix);
            });
        }

        private FilteredLogEvent show(Event event) {
            return new FilteredLogEvent()
                    .logStreamName(names.get(event.streamId()))
                    .timestamp(event.time())
                    .message(event.text())
                    .ingestionTime(event.ingested())
                    .eventId(event.position().id());
        }
    }

    private static FilterPattern parse(String text) {
        try {
            return FilterPattern.parse(text);
        } catch (PatternException e) {
            throw ServiceException.of(e.awsCode(), e.filterMessage());
        }
    }

    private static Range range(LogGroupRow group, Call call, @Nullable Long start, @Nullable Long end) {
        long from = Math.max(start == null ? 0 : start, group.expiredBefore(call.now()));
        return Range.ofTimes(from, end == null ? Long.MAX_VALUE : end);
    }
}
