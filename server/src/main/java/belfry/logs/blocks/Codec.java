package belfry.logs.blocks;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * zstd at level 1: higher levels were slower and no smaller on CloudTrail records. Contexts are costly to make and not
 * thread-safe, so they are lent out; virtual threads would make a thread-local one each.
 */
final class Codec {
    private static final int LEVEL = 1;
    private static final ConcurrentLinkedQueue<ZstdCompressCtx> COMPRESSORS = new ConcurrentLinkedQueue<>();
    private static final ConcurrentLinkedQueue<ZstdDecompressCtx> DECOMPRESSORS = new ConcurrentLinkedQueue<>();

    private Codec() {}

    /** Compresses the first {@code length} bytes; a checksum guards them. */
    static byte[] compress(byte[] raw, int length) {
        ZstdCompressCtx context = COMPRESSORS.poll();
        if (context == null) {
            context = new ZstdCompressCtx().setLevel(LEVEL).setChecksum(true);
        }
        byte[] data = context.compress(length == raw.length ? raw : Arrays.copyOf(raw, length));
        COMPRESSORS.add(context);
        return data;
    }

    static byte[] decompress(byte[] data, int rawBytes) {
        ZstdDecompressCtx context = DECOMPRESSORS.poll();
        if (context == null) {
            context = new ZstdDecompressCtx();
        }
        byte[] raw = context.decompress(data, rawBytes);
        DECOMPRESSORS.add(context);
        if (raw.length != rawBytes) {
            throw new IllegalStateException("a log block is damaged: " + raw.length + " bytes instead of " + rawBytes);
        }
        return raw;
    }
}
