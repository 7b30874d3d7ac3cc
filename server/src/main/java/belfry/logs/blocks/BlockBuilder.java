package belfry.logs.blocks;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Packs runs of events into a block. Used by one thread. */
public final class BlockBuilder {
    private static final int NONE = -1;

    private final long groupId;
    private byte[] raw;
    private int size;
    private int events;
    private int runAt = NONE;
    private int runEvents;
    private long stream = NONE;
    private long ingested;
    private long firstTime = Long.MAX_VALUE;
    private long lastTime = Long.MIN_VALUE;

    /** A builder with room for {@code expectedBytes}; it grows as needed. */
    public BlockBuilder(long groupId, int expectedBytes) {
        this.groupId = groupId;
        this.raw = new byte[Math.max(1024, expectedBytes)];
    }

    /** Begins a run: what follows has just arrived in that stream. */
    public BlockBuilder run(long streamId, long ingestedAt) {
        endRun();
        runAt = size;
        runEvents = 0;
        reserve(Run.HEADER);
        Run.putHeader(raw, size, streamId, 0, ingestedAt, events, 0, 0);
        size += Run.HEADER;
        note(streamId, ingestedAt);
        return this;
    }

    /** Adds an event to the run; times must not go down within one. */
    public BlockBuilder event(long time, String message) {
        return event(time, message.getBytes(StandardCharsets.UTF_8));
    }

    /** As {@link #event(long, String)}, with the message in UTF-8. */
    public BlockBuilder event(long time, byte[] message) {
        if (runAt == NONE) {
            throw new IllegalStateException("an event needs a run");
        }
        reserve(Run.EVENT_HEADER + message.length);
        Run.putEventHeader(raw, size, time, message.length);
        System.arraycopy(message, 0, raw, size + Run.EVENT_HEADER, message.length);
        size += Run.EVENT_HEADER + message.length;
        events++;
        runEvents++;
        span(time, time);
        return this;
    }

    /** Takes over a run of another block; its events keep their positions. */
    BlockBuilder copy(Run run, long first, long last) {
        endRun();
        reserve(run.length());
        System.arraycopy(run.raw(), run.from(), raw, size, run.length());
        Run.putArrival(raw, size, run.arrival());
        size += run.length();
        events += run.count();
        span(first, last);
        note(run.streamId(), run.ingested());
        return this;
    }

    public boolean isEmpty() {
        return events == 0;
    }

    int rawBytes() {
        return size;
    }

    /** Whether it would still span no more than 24 hours with events of these times. */
    boolean spans(long first, long last) {
        return Math.max(lastTime, last) - Math.min(firstTime, first) <= NewBlock.SPAN_MAX_MILLIS;
    }

    /** Compresses what has been added. */
    public NewBlock pack() {
        endRun();
        byte[] data = Codec.compress(raw, size);
        return new NewBlock(groupId, stream, ingested, firstTime, lastTime, events, size, data);
    }

    private void endRun() {
        if (runAt != NONE) {
            Run open = new Run(raw, runAt, 0);
            int bytes = size - runAt - Run.HEADER;
            Run.putHeader(raw, runAt, open.streamId(), 0, open.ingested(), events - runEvents, runEvents, bytes);
            runAt = NONE;
        }
    }

    private void note(long streamId, long ingestedAt) {
        stream = stream == NONE || stream == streamId ? streamId : 0;
        ingested = Math.max(ingested, ingestedAt);
    }

    private void span(long first, long last) {
        firstTime = Math.min(firstTime, first);
        lastTime = Math.max(lastTime, last);
    }

    private void reserve(int more) {
        if (size + more > raw.length) {
            raw = Arrays.copyOf(raw, Math.max(size + more, raw.length + raw.length / 2));
        }
    }
}
