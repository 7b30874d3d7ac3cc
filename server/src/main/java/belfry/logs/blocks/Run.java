package belfry.logs.blocks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The events that one call brought into one stream, as bytes inside an unpacked block. Header: stream, arrival (0: the
 * block's own seq), ingestion time, index of the first event, count, bytes of events. Each event: time, length, message.
 *
 * @param raw the unpacked block
 * @param from where the run's header begins
 * @param arrival the seq of the block that the events arrived in, never 0 here
 */
record Run(byte[] raw, int from, long arrival) {
    static final int HEADER = 36;
    static final int EVENT_HEADER = 12;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    /** Receives events where they lie, so that a filter can look at a message without copying it. */
    @FunctionalInterface
    interface Visitor {
        /** The message lies in {@code raw} between {@code from} and {@code to}. */
        void event(Run run, long time, int index, int from, int to);
    }

    static Run at(byte[] raw, int from, long blockSeq) {
        long arrival = (long) LONG.get(raw, from + 8);
        return new Run(raw, from, arrival == 0 ? blockSeq : arrival);
    }

    static void putHeader(
            byte[] raw, int at, long stream, long arrival, long ingested, int firstIndex, int count, int bytes) {
        LONG.set(raw, at, stream);
        LONG.set(raw, at + 8, arrival);
        LONG.set(raw, at + 16, ingested);
        INT.set(raw, at + 24, firstIndex);
        INT.set(raw, at + 28, count);
        INT.set(raw, at + 32, bytes);
    }

    static void putEventHeader(byte[] raw, int at, long time, int length) {
        LONG.set(raw, at, time);
        INT.set(raw, at + 8, length);
    }

    static void putArrival(byte[] raw, int at, long arrival) {
        LONG.set(raw, at + 8, arrival);
    }

    long streamId() {
        return (long) LONG.get(raw, from);
    }

    long ingested() {
        return (long) LONG.get(raw, from + 16);
    }

    private int firstIndex() {
        return (int) INT.get(raw, from + 24);
    }

    int count() {
        return (int) INT.get(raw, from + 28);
    }

    /** Where the next run begins. */
    int end() {
        return from + HEADER + (int) INT.get(raw, from + 32);
    }

    int length() {
        return end() - from;
    }

    /** The time of the first event; events are in order of time. */
    long firstTime() {
        return (long) LONG.get(raw, from + HEADER);
    }

    long lastTime() {
        long[] last = {firstTime()};
        visit((run, time, index, start, stop) -> last[0] = time);
        return last[0];
    }

    void visit(Visitor visitor) {
        int at = from + HEADER;
        int first = firstIndex();
        int count = count();
        for (int i = 0; i < count; i++) {
            long time = (long) LONG.get(raw, at);
            int start = at + EVENT_HEADER;
            int stop = start + (int) INT.get(raw, at + 8);
            visitor.event(this, time, first + i, start, stop);
            at = stop;
        }
    }
}
