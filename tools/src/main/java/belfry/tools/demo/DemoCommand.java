package belfry.tools.demo;

import belfry.Belfry;
import belfry.Options;
import belfry.tools.Serving;
import java.io.Console;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code belfry demo}: the whole story, live, in one terminal; then serves until Ctrl-C. */
@Command(
        name = "demo",
        description =
                "Tells the whole story live: a secret, a trail, an alarm, a read, a mail. Then serves until Ctrl-C.",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    @Option(names = "--exit", description = "End after the story (also without a terminal).")
    private boolean exit;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        boolean terminal = onTerminal();
        Screen screen = new Screen(out, terminal && System.getenv("NO_COLOR") == null);
        long began = System.nanoTime();
        screen.title("Belfry: who touched your secrets? One read, all the way to a mail, live in this terminal.");
        Belfry belfry = Belfry.start(Options.read(Map.of("dev", "true", "port", port()), Map.of()));
        try (Story story = new Story(belfry.url(), belfry.options().region(), screen)) {
            screen.stage("server", "listening on " + belfry.url(), Duration.ofNanos(System.nanoTime() - began));
            Duration mailAfter = story.tell();
            screen.title("From the read's answer to the mail: " + Screen.millis(mailAfter)
                    + ". The same chain on AWS takes 2 to 15 minutes.");
        }
        if (exit || !terminal) {
            belfry.close();
            return 0;
        }
        return serve(belfry, screen);
    }

    @SuppressWarnings("SystemConsoleNull") // without a terminal it is null, whatever the check believes
    private static boolean onTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    private static int serve(Belfry belfry, Screen screen) throws InterruptedException {
        screen.title("Now you. Belfry goes on serving until Ctrl-C; in another terminal:");
        screen.text("export AWS_ENDPOINT_URL=" + belfry.url()
                + " AWS_ACCESS_KEY_ID=${USER:-me} AWS_SECRET_ACCESS_KEY=x AWS_DEFAULT_REGION=us-east-1");
        screen.text("aws secretsmanager get-secret-value --secret-id demo/payroll-database");
        screen.text(
                "aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=GetSecretValue");
        screen.text("belfry mail --endpoint " + belfry.url() + "     # or " + belfry.url() + " in a browser");
        return Serving.untilStopped(belfry);
    }

    /** The usual port where it is free, else any. */
    private static String port() {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), Options.DEFAULT_PORT));
            return String.valueOf(Options.DEFAULT_PORT);
        } catch (java.io.IOException e) {
            return "0";
        }
    }
}
