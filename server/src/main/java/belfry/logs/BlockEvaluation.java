package belfry.logs;

import belfry.logs.blocks.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one filter finds in one block. The first and the last matches are told one by one, so that an alarm can name them;
 * what lies between in a flood is told in sums per minute, value and dimensions, so that the rows stay few.
 */
final class BlockEvaluation {
    static final int TOLD_SINGLY = 100;
    private static final int TOLD_AT_EACH_END = TOLD_SINGLY / 2;
    static final long MINUTE_MILLIS = 60_000;

    /**
     * Matches that contribute the same.
     *
     * @param position of the one event; null where there are more
     */
    record Found(
            double value,
            String dimensions,
            long samples,
            long time,
            long streamId,
            @Nullable Position position) {}

    private record Sum(long minute, double value, String dimensions, long streamId) {}

    private final LogGroupRow group;
    private final CompiledFilter filter;
    private final List<Found> first = new ArrayList<>();
    private final Deque<Found> last = new ArrayDeque<>();
    private final Map<Sum, Long> sums = new LinkedHashMap<>();
    /** Minutes with events, and whether one of them matched. */
    private final SortedMap<Long, Boolean> minutes = new TreeMap<>();

    private long lastMinute = -1;
    private boolean lastMatched;

    BlockEvaluation(LogGroupRow group, CompiledFilter filter) {
        this.group = group;
        this.filter = filter;
    }

    /** Takes note of an event, and of its values where it matches. */
    void look(boolean matches, long streamId, Position position, byte[] utf8, int from, int to) {
        note(position.time() / MINUTE_MILLIS, matches);
        if (!matches) {
            return;
        }
        OptionalDouble value = filter.value(utf8, from, to);
        String dimensions = value.isEmpty() ? null : filter.dimensions(group, utf8, from, to);
        if (dimensions == null) {
            return;
        }
        Found found = new Found(value.getAsDouble(), dimensions, 1, position.time(), streamId, position);
        if (first.size() < TOLD_AT_EACH_END) {
            first.add(found);
            return;
        }
        last.addLast(found);
        if (last.size() > TOLD_AT_EACH_END) {
            add(last.removeFirst());
        }
    }

    private void add(Found found) {
        long minute = found.time() / MINUTE_MILLIS * MINUTE_MILLIS;
        sums.merge(new Sum(minute, found.value(), found.dimensions(), found.streamId()), 1L, Long::sum);
    }

    /** Events come by time, so mostly the minute is that of the event before. */
    private void note(long minute, boolean matched) {
        if (minute != lastMinute || (matched && !lastMatched)) {
            minutes.merge(minute, matched, Boolean::logicalOr);
            lastMinute = minute;
            lastMatched = matched;
        }
    }

    List<Found> found() {
        List<Found> all = new ArrayList<>(first);
        all.addAll(last);
        sums.forEach((sum, samples) ->
                all.add(new Found(sum.value(), sum.dimensions(), samples, sum.minute(), sum.streamId(), null)));
        return all;
    }

    /** Minutes since 1970 in which the block has events; true where one matched. */
    SortedMap<Long, Boolean> minutes() {
        return minutes;
    }
}
