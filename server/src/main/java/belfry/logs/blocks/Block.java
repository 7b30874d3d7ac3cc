package belfry.logs.blocks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;

/** An unpacked block. */
public final class Block {
    /** What AWS counts for an event beside its message, in bytes. */
    public static final int EVENT_OVERHEAD = 26;

    private final BlockRow row;
    private final List<Run> runs;

    /** Chooses events by their message, which lies in {@code utf8} between {@code from} and {@code to}. */
    @FunctionalInterface
    public interface MessageTest {
        boolean test(byte[] utf8, int from, int to);
    }

    /** Receives events in the order in which they lie. */
    @FunctionalInterface
    public interface Visitor {
        /** The message lies in {@code utf8} between {@code from} and {@code to}. */
        void event(long streamId, Position position, byte[] utf8, int from, int to);
    }

    Block(BlockRow row, byte[] data) {
        this.row = row;
        byte[] raw = Codec.decompress(data, row.rawBytes());
        List<Run> found = new ArrayList<>();
        for (int at = 0; at < raw.length; at = found.getLast().end()) {
            found.add(Run.at(raw, at, row.seq()));
        }
        this.runs = List.copyOf(found);
    }

    public BlockRow row() {
        return row;
    }

    List<Run> runs() {
        return runs;
    }

    /** Shows all events. */
    public void visit(Visitor visitor) {
        for (Run run : runs) {
            long stream = run.streamId();
            run.visit((of, time, index, from, to) ->
                    visitor.event(stream, new Position(time, of.arrival(), index), of.raw(), from, to));
        }
    }

    /** Gives the wanted events to {@code page}, which may not want them all. */
    void select(LongPredicate streams, MessageTest test, Page page) {
        for (Run run : runs) {
            if (streams.test(run.streamId())) {
                run.visit((of, time, index, from, to) -> {
                    if (page.mayWant(time)) {
                        Position position = new Position(time, of.arrival(), index);
                        if (page.wants(position) && test.test(of.raw(), from, to)) {
                            page.add(new Event(
                                    of.streamId(), position, of.ingested(), Arrays.copyOfRange(of.raw(), from, to)));
                        }
                    }
                });
            }
        }
    }
}
