package belfry.tools;

import java.util.logging.ConsoleHandler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** One quiet line per event on standard error; libraries speak up only when something is wrong. */
final class Logging {
    private static final String LINE = "%1$tFT%1$tT.%1$tL %4$s %3$s %5$s%6$s%n";

    private Logging() {}

    static void configure() {
        System.setProperty("java.util.logging.SimpleFormatter.format", LINE);
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        ConsoleHandler handler = new ConsoleHandler();
        handler.setLevel(Level.ALL);
        root.addHandler(handler);
        root.setLevel(Level.WARNING);
        Logger.getLogger("belfry").setLevel(Level.INFO);
    }
}
