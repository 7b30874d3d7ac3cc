package belfry.logs.blocks;

/**
 * A packed block that has no row yet.
 *
 * @param streamId 0 where it holds events of several streams
 * @param data compressed
 * @param rawBytes length unpacked
 */
public record NewBlock(
        long groupId,
        long streamId,
        long ingested,
        long firstTime,
        long lastTime,
        int events,
        int rawBytes,
        byte[] data) {
    /** As AWS's, in milliseconds: a batch of PutLogEvents spans no more, and merging keeps to it. */
    public static final long SPAN_MAX_MILLIS = 24L * 60 * 60 * 1000;

    public NewBlock {
        if (events < 1 || lastTime < firstTime || lastTime - firstTime > SPAN_MAX_MILLIS) {
            throw new IllegalArgumentException("a block has events within 24 hours");
        }
    }
}
