package belfry.tools;

import belfry.Belfry;
import belfry.CannotStart;
import belfry.Options;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code belfry serve}: runs the server until it is stopped. */
@Command(
        name = "serve",
        description = "Runs the server until Ctrl-C. Each option may also stand in the environment as BELFRY_…",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ServeCommand implements Callable<Integer> {
    private static final int WRONG_OPTIONS = 2;

    private static final int CANNOT_START = 1;

    @Option(names = "--dev", description = "Development: any credentials are the administrator. Nothing is protected.")
    private boolean dev;

    @Option(names = "--host", paramLabel = "ADDR", description = "Address to listen on (default 127.0.0.1).")
    private @Nullable String host;

    @Option(names = "--port", paramLabel = "N", description = "Port to listen on (default 4566; 0 picks a free one).")
    private @Nullable String port;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where state is kept (default ~/.local/share/belfry; with --dev alone nothing is kept).")
    private @Nullable String dataDir;

    @Option(
            names = "--smtp",
            paramLabel = "URL",
            description = "Mail server: smtp[s]://[user:password@]host[:port]; more with commas (default: the built-in"
                    + " mailbox).")
    private @Nullable String smtp;

    @Option(names = "--mail-from", paramLabel = "ADDR", description = "Sender of the mails.")
    private @Nullable String mailFrom;

    @Option(names = "--public-url", paramLabel = "URL", description = "What links in mails start with.")
    private @Nullable String publicUrl;

    @Option(
            names = "--internal-endpoints",
            paramLabel = "none|all|RANGES",
            description = "Internal addresses that http subscriptions may lead to, such as 10.0.0.0/8"
                    + " (default none; with --dev all).")
    private @Nullable String internalEndpoints;

    @Option(
            names = "--trusted-proxies",
            paramLabel = "RANGES",
            description = "Proxies in front whose X-Forwarded-For and -Proto are believed, such as 127.0.0.1"
                    + " (default none).")
    private @Nullable String trustedProxies;

    @Option(
            names = "--sms-gateway",
            paramLabel = "URL",
            description = "Text messages: twilio+https://SID:TOKEN@host/path or json+https://user:pw@host/path.")
    private @Nullable String smsGateway;

    @Option(names = "--sms-from", paramLabel = "NUMBER", description = "Sender of the text messages.")
    private @Nullable String smsFrom;

    @Option(
            names = "--trail-file-interval",
            paramLabel = "TIME",
            description = "How often trails write log files into their buckets, such as 30s (default 5m, as AWS).")
    private @Nullable String trailFileInterval;

    @Option(
            names = "--insights-baseline",
            paramLabel = "TIME",
            description = "How far back Insights look for what is usual, from PT1H to P7D (default P7D, as AWS).")
    private @Nullable String insightsBaseline;

    @Option(names = "--account", paramLabel = "ID", description = "Account id (default 123456789012).")
    private @Nullable String account;

    @Option(names = "--region", paramLabel = "NAME", description = "Home region (default us-east-1).")
    private @Nullable String region;

    @Spec
    private @Nullable CommandSpec spec;

    private Map<String, String> given() {
        Map<String, @Nullable String> all = new LinkedHashMap<>();
        all.put("dev", dev ? "true" : null);
        all.put("host", host);
        all.put("port", port);
        all.put("data-dir", dataDir);
        all.put("smtp", smtp);
        all.put("mail-from", mailFrom);
        all.put("public-url", publicUrl);
        all.put("internal-endpoints", internalEndpoints);
        all.put("trusted-proxies", trustedProxies);
        all.put("sms-gateway", smsGateway);
        all.put("sms-from", smsFrom);
        all.put("trail-file-interval", trailFileInterval);
        all.put("insights-baseline", insightsBaseline);
        all.put("account", account);
        all.put("region", region);
        Map<String, String> given = new LinkedHashMap<>();
        all.forEach((name, value) -> {
            if (value != null) {
                given.put(name, value);
            }
        });
        return given;
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = java.util.Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Belfry belfry;
        try {
            belfry = Belfry.start(Options.read(given(), System.getenv()));
        } catch (Options.Wrong wrong) {
            wrong.mistakes().forEach(err::println);
            return WRONG_OPTIONS;
        } catch (CannotStart cannot) {
            err.println(cannot.sentence());
            return CANNOT_START;
        }
        belfry.greeting().forEach(out::println);
        out.flush();
        return Serving.untilStopped(belfry);
    }
}
