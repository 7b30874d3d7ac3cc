package belfry.logs.blocks;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Collects the first events of a range, or its last, whatever order they come in, and forgets what does not fit: memory
 * is bounded by the page, not by what is searched.
 */
final class Page {
    private final Range range;
    private final boolean forward;
    private final int eventsMax;
    private final long bytesMax;
    private final TreeMap<Position, Event> events = new TreeMap<>();
    private long bytes;
    /** The nearest event that did not fit: nothing at it or behind it belongs on the page. */
    private @Nullable Position cut;

    Page(Range range, boolean forward, int eventsMax, long bytesMax) {
        this.range = range;
        this.forward = forward;
        this.eventsMax = eventsMax;
        this.bytesMax = bytesMax;
    }

    /** A quick look, before a position is made. */
    boolean mayWant(long time) {
        return time >= range.from().time() && time <= range.to().time();
    }

    boolean wants(Position position) {
        return range.contains(position) && (cut == null || nearer(position, cut));
    }

    void add(Event event) {
        events.put(event.position(), event);
        bytes += size(event);
        while (events.size() > eventsMax || (bytes > bytesMax && events.size() > 1)) {
            Event far = forward
                    ? events.lastEntry().getValue()
                    : events.firstEntry().getValue();
            cut(far.position());
        }
    }

    /** Nothing at {@code position} or behind it belongs on the page. */
    void cut(Position position) {
        if (cut == null || nearer(position, cut)) {
            cut = position;
        }
        var far = forward ? events.tailMap(position, true) : events.headMap(position, true);
        far.values().forEach(event -> bytes -= size(event));
        far.clear();
    }

    /** Whether no event of a block with these times can come onto the page any more. */
    boolean beyond(BlockRow block) {
        return cut != null && (forward ? block.firstTime() > cut.time() : block.lastTime() < cut.time());
    }

    /**
     * Whether no later block can contribute either: forward they begin later, backward they begin earlier and span at most
     * 24 hours.
     */
    boolean finished(BlockRow block) {
        if (cut == null) {
            return false;
        }
        return forward ? beyond(block) : block.firstTime() + NewBlock.SPAN_MAX_MILLIS < cut.time();
    }

    @Nullable
    Position cut() {
        return cut;
    }

    /** In order of position, whatever the direction. */
    List<Event> events() {
        return new ArrayList<>(events.values());
    }

    private boolean nearer(Position a, Position b) {
        return forward ? a.compareTo(b) < 0 : a.compareTo(b) > 0;
    }

    private static long size(Event event) {
        return event.message().length + (long) Block.EVENT_OVERHEAD;
    }
}
