package belfry;

import belfry.seal.UnusableRootKeyException;
import belfry.store.StoreException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.util.Deque;

/** What becomes of a start that fails: everything is closed again, and a sentence says why. */
final class Start {
    private Start() {}

    /** @param opened closed here, the first one first */
    static RuntimeException failed(
            RuntimeException why, Options options, DataDir dataDir, Deque<AutoCloseable> opened) {
        RuntimeException answer = explained(why, options, dataDir);
        for (AutoCloseable each : opened) {
            try {
                each.close();
            } catch (Exception e) {
                answer.addSuppressed(e);
            }
        }
        return answer;
    }

    private static RuntimeException explained(RuntimeException why, Options options, DataDir dataDir) {
        return switch (why) {
            case UnusableRootKeyException key -> new CannotStart(String.valueOf(key.getMessage()), key);
            case StoreException store ->
                new CannotStart(
                        "The database " + dataDir.database() + " cannot be used: " + store.getMessage()
                                + ". See to the disk, or put a backup back (docs/operating.md).",
                        store);
            case UncheckedIOException io
            when io.getCause() instanceof BindException ->
                new CannotStart(
                        "Nothing can listen on " + options.host() + ":" + options.port() + " ("
                                + io.getCause().getMessage() + "): another program does, perhaps another Belfry, or"
                                + " the address is not this machine's. Choose another with --port or --host.",
                        io);
            case UncheckedIOException io ->
                new CannotStart("The start failed: " + io.getMessage() + ": " + io.getCause() + ".", io);
            default -> why;
        };
    }
}
