package belfry.tools.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Writes the story to a terminal: one line per stage, its time at the right. */
final class Screen {
    private static final int WIDTH = 100;
    private static final int NAME_WIDTH = 15;

    private final PrintWriter out;
    private final boolean colours;

    Screen(PrintWriter out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    void title(String text) {
        line("");
        line(styled("1", text));
    }

    void text(String text) {
        line("  " + text);
    }

    /** A stage that is done, what it did, and how long it took. */
    void stage(String name, String what, Duration took) {
        String time = millis(took);
        int room = WIDTH - 4 - NAME_WIDTH - time.length() - 2;
        String shown = what.length() > room ? what.substring(0, room - 1) + "…" : what;
        line("  " + styled("32", "✓") + " " + pad(name, NAME_WIDTH) + pad(shown, room) + "  " + styled("2", time));
    }

    /** What was reached how long after the read was answered. */
    void reached(String name, String what, Duration after) {
        String time = "+" + millis(after);
        int room = WIDTH - 4 - NAME_WIDTH - time.length() - 2;
        String shown = what.length() > room ? what.substring(0, room - 1) + "…" : what;
        line("  " + styled("33", "▸") + " " + pad(name, NAME_WIDTH) + pad(shown, room) + "  " + styled("1;33", time));
    }

    /** A text as it stands, in a frame. */
    void framed(String text) {
        String bar = "─".repeat(WIDTH - 2);
        line(styled("2", "┌" + bar + "┐"));
        text.lines().forEach(line -> line(styled("2", "│ ") + line));
        line(styled("2", "└" + bar + "┘"));
    }

    private void line(String text) {
        out.println(text);
        out.flush();
    }

    private String styled(String code, String text) {
        return colours ? "\033[" + code + "m" + text + "\033[0m" : text;
    }

    private static String pad(String text, int width) {
        return text.length() >= width ? text : text + " ".repeat(width - text.length());
    }

    static String millis(Duration time) {
        double millis = time.toNanos() / 1e6;
        return millis < 100
                ? String.format(Locale.ROOT, "%.1f ms", millis)
                : String.format(Locale.ROOT, "%,.0f ms", millis);
    }
}
