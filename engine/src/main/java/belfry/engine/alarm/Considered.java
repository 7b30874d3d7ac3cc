package belfry.engine.alarm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation looks at, by steps 1-3 of alarms.md §3.
 *
 * @param real the newest N points in the range, newest first; fewer if there are not so many
 * @param ages of each of them: 1 is the newest period of the range
 * @param missing the starts of the newest periods without data, as many as it takes to make N
 */
record Considered(List<AlarmPoint> real, List<Integer> ages, List<Long> missing) {

    static Considered of(AlarmRule rule, Map<Long, AlarmPoint> points, Window window) {
        List<AlarmPoint> real = new ArrayList<>();
        List<Integer> ages = new ArrayList<>();
        List<Long> gaps = new ArrayList<>();
        for (int slot = 0; slot < window.slots() && real.size() < rule.evaluationPeriods(); slot++) {
            AlarmPoint point = points.get(window.start(slot));
            if (point == null) {
                gaps.add(window.start(slot));
            } else {
                real.add(point);
                ages.add(slot + 1);
            }
        }
        int fills = Math.min(gaps.size(), rule.evaluationPeriods() - real.size());
        return new Considered(real, ages, gaps.subList(0, fills));
    }

    int fills() {
        return missing.size();
    }

    List<AlarmPoint> breaching(AlarmRule rule) {
        return real.stream().filter(rule::breaches).toList();
    }

    List<AlarmPoint> notBreaching(AlarmRule rule) {
        return real.stream().filter(point -> !rule.breaches(point)).toList();
    }

    /** How many periods ago the oldest point is; 0 without points. */
    int oldestAge() {
        return ages.isEmpty() ? 0 : ages.getLast();
    }

    List<ReasonData.Evaluated> evaluated() {
        List<ReasonData.Evaluated> all = new ArrayList<>();
        real.forEach(point -> all.add(new ReasonData.Evaluated(point.start(), point)));
        missing.forEach(start -> all.add(new ReasonData.Evaluated(start, noPoint())));
        all.sort((a, b) -> Long.compare(b.start(), a.start()));
        return all;
    }

    private static @Nullable AlarmPoint noPoint() {
        return null;
    }
}
