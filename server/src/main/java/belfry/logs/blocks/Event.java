package belfry.logs.blocks;

import java.nio.charset.StandardCharsets;

/**
 * A log event as it lies in a block.
 *
 * @param ingested when it arrived, epoch milliseconds
 * @param message UTF-8
 */
public record Event(long streamId, Position position, long ingested, byte[] message) {
    /** Epoch milliseconds. */
    public long time() {
        return position.time();
    }

    public String text() {
        return new String(message, StandardCharsets.UTF_8);
    }
}
