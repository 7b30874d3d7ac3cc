package belfry.logs;

import belfry.logs.blocks.BlockBuilder;
import belfry.logs.blocks.BlockTable;
import belfry.logs.blocks.NewBlock;
import belfry.store.Tx;
import belfry.trail.Trail;
import belfry.trail.TrailEvent;
import belfry.trail.TrailStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One trail's records of one transaction on their way into its log group. */
final class TrailBatch {
    /** As AWS's: larger records are not sent. */
    private static final int RECORD_BYTES_MAX = 256 * 1024;

    private final Tx tx;
    private final Trail trail;
    private final TrailDoor door;
    private final Instant now;

    TrailBatch(Tx tx, Trail trail, TrailDoor door, Instant now) {
        this.tx = tx;
        this.trail = trail;
        this.door = door;
        this.now = now;
    }

    private record Line(long time, byte[] message) {}

    static boolean concerns(Trail trail, TrailEvent event) {
        return event.selectedBy(trail) && trail.logsFor(event).isPresent();
    }

    /**
     * Appends what the trail selects of {@code events} and reports how it went.
     *
     * @return why the trail's log group did not take them, none of them
     */
    Optional<String> deliver(List<TrailEvent> events) {
        Map<Trail.LogsTarget, List<Line>> targets = new LinkedHashMap<>();
        for (TrailEvent event : events) {
            Optional<Trail.LogsTarget> target = event.selectedBy(trail) ? trail.logsFor(event) : Optional.empty();
            target.ifPresent(to -> targets.computeIfAbsent(to, key -> new ArrayList<>())
                    .add(new Line(event.at().toEpochMilli(), event.json().getBytes(StandardCharsets.UTF_8))));
        }
        Optional<String> refusal = Optional.ofNullable(trail.logs())
                .filter(targets::containsKey)
                .flatMap(target -> door.refusal(tx, trail, target));
        if (refusal.isPresent()) {
            TrailStatus.failed(tx, trail, TrailStatus.Destination.LOGS, now, refusal.get());
        } else {
            targets.forEach(this::append);
        }
        return refusal;
    }

    private void append(Trail.LogsTarget target, List<Line> lines) {
        boolean former = !target.equals(trail.logs());
        if (former && door.refusal(tx, trail, target).isPresent()) {
            // Only the call that led the trail away from there goes to the group it had; that must not hold up the new.
            return;
        }
        LogGroupRow group = TrailDoor.group(tx, trail, target).orElseThrow();
        lines.removeIf(line -> line.message().length > RECORD_BYTES_MAX);
        lines.sort(Comparator.comparingLong(Line::time));
        if (!lines.isEmpty()) {
            append(group.id(), lines);
        }
        TrailStatus.delivered(tx, trail, TrailStatus.Destination.LOGS, now);
    }

    private void append(long groupId, List<Line> lines) {
        String name = trail.logStream();
        long stream = LogStreamTable.find(tx, groupId, name)
                .map(LogStreamRow::id)
                .orElseGet(() -> LogStreamTable.create(tx, groupId, name, now));
        BlockBuilder builder = null;
        long first = 0;
        for (Line line : lines) {
            // After a long halt records of several days can come at once.
            if (builder == null || line.time() - first > NewBlock.SPAN_MAX_MILLIS) {
                if (builder != null) {
                    BlockTable.append(tx, builder.pack());
                }
                builder = new BlockBuilder(groupId, 0).run(stream, now.toEpochMilli());
                first = line.time();
            }
            builder.event(line.time(), line.message());
        }
        if (builder != null) {
            BlockTable.append(tx, builder.pack());
        }
    }
}
