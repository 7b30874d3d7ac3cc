package belfry.tools.verify;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** A bar on one line of a terminal; silent elsewhere. */
final class Progress {
    private static final int WIDTH = 40;
    private static final long REDRAW_NANOS = 100_000_000;

    private final PrintWriter out;
    private final boolean shown;
    private final AtomicLong done = new AtomicLong();
    private final ReentrantLock drawing = new ReentrantLock();
    private volatile String what = "";
    private volatile long total;
    private long drawnAt = System.nanoTime();

    Progress(PrintWriter out, boolean shown) {
        this.out = out;
        this.shown = shown;
    }

    /** A new stretch of work. */
    void begin(String work, long count) {
        what = work;
        total = count;
        done.set(0);
        draw();
    }

    /** One more is done. */
    void step() {
        long now = done.incrementAndGet();
        if (shown && drawing.tryLock()) {
            try {
                if (now == total || System.nanoTime() - drawnAt > REDRAW_NANOS) {
                    draw();
                }
            } finally {
                drawing.unlock();
            }
        }
    }

    /** Takes the bar away. */
    void clear() {
        if (shown) {
            out.print("\r\033[K");
            out.flush();
        }
    }

    private void draw() {
        if (!shown) {
            return;
        }
        long now = done.get();
        int filled = total == 0 ? WIDTH : (int) (WIDTH * Math.min(now, total) / total);
        out.print(String.format(
                Locale.ROOT,
                "\r\033[K%-16s %s%s %,d of %,d",
                what,
                "█".repeat(filled),
                "░".repeat(WIDTH - filled),
                now,
                total));
        out.flush();
        drawnAt = System.nanoTime();
    }
}
