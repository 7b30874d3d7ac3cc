package belfry.logs;

import belfry.logs.blocks.Block;
import belfry.logs.blocks.BlockRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a batch of arrived blocks comes to: matches, minutes of filters with a default, times of streams, volumes. */
final class FilterResults {
    /** Compiles the filters of a group; may remember them. */
    @FunctionalInterface
    interface Compiler {
        FilterSet compile(List<FilterDefinition> definitions);
    }

    /** A match with its filter. */
    record FilterMatch(LogGroupRow group, MetricFilterRow filter, BlockEvaluation.Found found) {}

    /** When a stream's events happened and arrived. */
    record StreamTimes(long first, long last, long ingested) {
        StreamTimes and(StreamTimes other) {
            return new StreamTimes(
                    Math.min(first, other.first), Math.max(last, other.last), Math.max(ingested, other.ingested));
        }
    }

    /** How much a group took in within a minute. */
    record Volume(long events, long bytes) {
        Volume and(Volume other) {
            return new Volume(events + other.events, bytes + other.bytes);
        }
    }

    /** The minute of arrival, epoch milliseconds. */
    record GroupMinute(LogGroupRow group, long minute) {}

    private final List<FilterMatch> matches = new ArrayList<>();
    private final Map<Long, SortedMap<Long, Boolean>> minutes = new TreeMap<>();
    private final Map<Long, StreamTimes> streams = new TreeMap<>();
    private final Map<GroupMinute, Volume> volumes = new LinkedHashMap<>();

    static FilterResults of(FilterBatch batch, Compiler compiler) {
        FilterResults results = new FilterResults();
        for (FilterBatch.Arrived arrived : batch.blocks()) {
            LogGroupRow group = arrived.group();
            if (group != null) {
                results.evaluate(group, arrived, compiler);
                results.measure(group, arrived);
            }
        }
        return results;
    }

    private void evaluate(LogGroupRow group, FilterBatch.Arrived arrived, Compiler compiler) {
        Block block = arrived.block();
        if (block == null || arrived.filters().isEmpty()) {
            return;
        }
        List<FilterDefinition> definitions =
                arrived.filters().stream().map(MetricFilterRow::definition).toList();
        List<BlockEvaluation> seen = compiler.compile(definitions).evaluate(group, block);
        for (int i = 0; i < seen.size(); i++) {
            keep(group, arrived.filters().get(i), seen.get(i));
        }
    }

    private void keep(LogGroupRow group, MetricFilterRow filter, BlockEvaluation seen) {
        seen.found().forEach(found -> matches.add(new FilterMatch(group, filter, found)));
        if (filter.definition().defaultValue() != null) {
            SortedMap<Long, Boolean> all = minutes.computeIfAbsent(filter.id(), id -> new TreeMap<>());
            seen.minutes().forEach((minute, matched) -> all.merge(minute, matched, Boolean::logicalOr));
        }
    }

    private void measure(LogGroupRow group, FilterBatch.Arrived arrived) {
        BlockRow row = arrived.row();
        Block block = arrived.block();
        if (row.mixed() && block != null) {
            long[] bytes = {0};
            block.visit((stream, position, utf8, from, to) -> {
                bytes[0] += to - from + (long) Block.EVENT_OVERHEAD;
                note(stream, new StreamTimes(position.time(), position.time(), row.ingested()));
            });
            add(group, row, bytes[0]);
        } else {
            note(row.streamId(), new StreamTimes(row.firstTime(), row.lastTime(), row.ingested()));
            add(group, row, row.countedBytes());
        }
    }

    private void note(long stream, StreamTimes times) {
        streams.merge(stream, times, StreamTimes::and);
    }

    private void add(LogGroupRow group, BlockRow row, long bytes) {
        long minute = row.ingested() / BlockEvaluation.MINUTE_MILLIS * BlockEvaluation.MINUTE_MILLIS;
        volumes.merge(new GroupMinute(group, minute), new Volume(row.events(), bytes), Volume::and);
    }

    List<FilterMatch> matches() {
        return matches;
    }

    /** Of filters with a default value, by id: minutes since 1970 with events; true where one matched. */
    Map<Long, SortedMap<Long, Boolean>> minutes() {
        return minutes;
    }

    Map<Long, StreamTimes> streams() {
        return streams;
    }

    Map<GroupMinute, Volume> volumes() {
        return volumes;
    }
}
