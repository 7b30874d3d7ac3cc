package belfry.tools;

import belfry.Belfry;
import java.util.concurrent.CountDownLatch;

/** What a command does that serves: it lets the server run until the process is told to stop, and closes it in order. */
public final class Serving {
    private Serving() {}

    /** Returns when the server is closed, after Ctrl-C or a termination signal. */
    public static int untilStopped(Belfry belfry) throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            belfry.close();
            stopped.countDown();
        }));
        stopped.await();
        return 0;
    }
}
