package belfry;

import belfry.buckets.trailfiles.TrailFiles;
import belfry.delivery.web.AddressGuard;
import belfry.delivery.web.SmsGateway;
import belfry.engine.insight.RateRule;
import belfry.gateway.Proxies;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the server is told at its start. {@link #read} checks everything and reports all mistakes at once.
 *
 * @param dev any credentials are the account's administrator, and the clock can be moved: for development only
 * @param host the address to listen on
 * @param port 0 picks a free one
 * @param dataDir where state is kept; empty means a temporary folder that is forgotten at the end (only with {@code dev})
 * @param smtp the mail servers, the preferred one first; none means the built-in mailbox
 * @param mailFrom the address that mails come from
 * @param publicUrl what links in mails start with; empty means where the server listens
 * @param internalEndpoints which internal addresses subscribers' URLs may lead to: {@code none}, {@code all} or ranges
 *     such as {@code 10.0.0.0/8}; empty means none, with {@code dev} all
 * @param trustedProxies ranges of the proxies whose {@code X-Forwarded-For} is believed; empty means none
 * @param smsGateway where text messages are handed over; empty means that there are none
 * @param smsFrom the text messages' sender
 * @param trailFileInterval how often trails write log files; AWS: about five minutes
 * @param insightsBaseline how far back CloudTrail Insights look for what is usual; AWS: seven days
 * @param account twelve digits
 * @param region the home region, used where a request names none
 */
public record Options(
        boolean dev,
        String host,
        int port,
        Optional<Path> dataDir,
        List<URI> smtp,
        String mailFrom,
        Optional<URI> publicUrl,
        Optional<String> internalEndpoints,
        Optional<String> trustedProxies,
        Optional<String> smsGateway,
        Optional<String> smsFrom,
        Duration trailFileInterval,
        Duration insightsBaseline,
        String account,
        String region) {
    public static final String DEFAULT_HOST = "127.0.0.1";
    public static final int DEFAULT_PORT = 4566;
    public static final String DEFAULT_ACCOUNT = "123456789012";
    public static final String DEFAULT_REGION = "us-east-1";
    public static final String DEFAULT_MAIL_FROM = "no-reply@belfry.local";

    /** AWS: seven days. */
    private static final Duration BASELINE = Duration.ofDays(7);

    private static final Duration INTERVAL_MAX = Duration.ofHours(1);

    /** Every option's name on the command line; in the environment it is {@code BELFRY_} and the name in capitals. */
    public static final Set<String> NAMES = Set.of(
            "dev",
            "host",
            "port",
            "data-dir",
            "smtp",
            "mail-from",
            "public-url",
            "internal-endpoints",
            "trusted-proxies",
            "sms-gateway",
            "sms-from",
            "trail-file-interval",
            "insights-baseline",
            "account",
            "region");

    /** Some options are wrong. */
    public static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient List<String> mistakes;

        Wrong(List<String> mistakes) {
            super(String.join("\n", mistakes));
            this.mistakes = List.copyOf(mistakes);
        }

        /** One sentence for each. */
        public List<String> mistakes() {
            return mistakes;
        }
    }

    /** Development mode on a free port with nothing kept: what tests start from. */
    public static Options development() {
        return read(Map.of("dev", "true", "port", "0"), Map.of());
    }

    /**
     * Reads the options; what is given wins over the environment.
     *
     * @param given by option name, without dashes in front
     * @param environment the process's
     * @throws Wrong naming every mistake
     */
    public static Options read(Map<String, String> given, Map<String, String> environment) {
        return new Reader(given, environment).options();
    }

    /** The same options with one more of them given. */
    public Options with(String name, String value) {
        Map<String, String> given = new java.util.HashMap<>(Map.of(
                "insights-baseline",
                insightsBaseline.toString(),
                "dev",
                String.valueOf(dev),
                "host",
                host,
                "port",
                String.valueOf(port),
                "mail-from",
                mailFrom,
                "trail-file-interval",
                trailFileInterval.toSeconds() + "s",
                "account",
                account,
                "region",
                region));
        dataDir.ifPresent(dir -> given.put("data-dir", dir.toString()));
        if (!smtp.isEmpty()) {
            given.put("smtp", smtp.stream().map(URI::toString).collect(Collectors.joining(",")));
        }
        publicUrl.ifPresent(uri -> given.put("public-url", uri.toString()));
        smsGateway.ifPresent(text -> given.put("sms-gateway", text));
        smsFrom.ifPresent(text -> given.put("sms-from", text));
        internalEndpoints.ifPresent(text -> given.put("internal-endpoints", text));
        trustedProxies.ifPresent(text -> given.put("trusted-proxies", text));
        given.put(name, value);
        return read(given, Map.of());
    }

    /** Where text messages are handed over. */
    Optional<SmsGateway> sms() {
        return smsGateway.map(url -> SmsGateway.parse(url, smsFrom.orElse("")));
    }

    /** The proxies whose word is taken for where requests came from. */
    Proxies proxies() {
        return trustedProxies.map(Proxies::parse).orElse(Proxies.NONE);
    }

    /** Which addresses subscribers' URLs may lead to. */
    AddressGuard guard() {
        return internalEndpoints
                .map(AddressGuard::parse)
                .orElse(dev ? AddressGuard.EVERYWHERE : AddressGuard.PUBLIC_ONLY);
    }

    /** Never prints the mail server's password. */
    @Override
    public String toString() {
        return "Options[dev=" + dev + ", host=" + host + ", port=" + port + ", account=" + account + ", region="
                + region + "]";
    }

    private static final class Reader {
        private final Map<String, String> given;
        private final Map<String, String> environment;
        private final List<String> mistakes = new ArrayList<>();

        Reader(Map<String, String> given, Map<String, String> environment) {
            this.given = given;
            this.environment = environment;
        }

        Options options() {
            for (String unknown : new TreeSet<>(given.keySet())) {
                if (!NAMES.contains(unknown)) {
                    mistakes.add("--" + unknown + " is no option of belfry serve.");
                }
            }
            boolean dev = flag();
            Options options = new Options(
                    dev,
                    value("host").orElse(DEFAULT_HOST),
                    port(),
                    dataDir(dev),
                    smtp(),
                    mailFrom(),
                    uri("public-url", Set.of("http", "https")),
                    internalEndpoints(),
                    trustedProxies(),
                    smsGateway(),
                    value("sms-from"),
                    interval(),
                    insightsBaseline(),
                    matching("account", DEFAULT_ACCOUNT, text -> text.matches("\\d{12}"), "twelve digits"),
                    matching(
                            "region",
                            DEFAULT_REGION,
                            text -> text.matches("[a-z]{2}(-[a-z]+)+-\\d"),
                            "a region's name such as us-east-1"));
            if (!mistakes.isEmpty()) {
                throw new Wrong(mistakes);
            }
            return options;
        }

        private Optional<String> value(String name) {
            String value = given.get(name);
            if (value == null) {
                value = environment.get("BELFRY_" + name.replace('-', '_').toUpperCase(Locale.ROOT));
            }
            return Optional.ofNullable(value).filter(text -> !text.isBlank());
        }

        private boolean flag() {
            String text = value("dev").orElse("false").toLowerCase(Locale.ROOT);
            if (!Set.of("true", "false", "1", "0").contains(text)) {
                mistakes.add("--dev is either true or false, not '" + text + "'.");
            }
            return text.equals("true") || text.equals("1");
        }

        private int port() {
            String text = value("port").orElse(String.valueOf(DEFAULT_PORT));
            if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= 65_535) {
                return Integer.parseInt(text);
            }
            mistakes.add("--port is a number from 0 (any free port) to 65535, not '" + text + "'.");
            return 0;
        }

        private Optional<Path> dataDir(boolean dev) {
            Optional<String> text = value("data-dir");
            if (text.isPresent()) {
                return Optional.of(Path.of(text.get()).toAbsolutePath());
            }
            if (dev) {
                return Optional.empty();
            }
            String home = Optional.ofNullable(environment.get("XDG_DATA_HOME"))
                    .filter(dir -> !dir.isBlank())
                    .orElseGet(() -> environment.getOrDefault("HOME", ".") + "/.local/share");
            return Optional.of(Path.of(home, "belfry").toAbsolutePath());
        }

        private List<URI> smtp() {
            return value("smtp").stream()
                    .flatMap(text -> Stream.of(text.split(",")))
                    .flatMap(text -> uri("smtp", Optional.of(text.strip()), Set.of("smtp", "smtps")).stream())
                    .toList();
        }

        private Optional<URI> uri(String name, Set<String> schemes) {
            return uri(name, value(name), schemes);
        }

        private Optional<URI> uri(String name, Optional<String> text, Set<String> schemes) {
            if (text.isEmpty()) {
                return Optional.empty();
            }
            try {
                URI uri = URI.create(text.get().replaceAll("/+$", ""));
                if (uri.getScheme() != null && schemes.contains(uri.getScheme()) && uri.getHost() != null) {
                    return Optional.of(uri);
                }
            } catch (IllegalArgumentException e) {
                // Reported below; the text may hold a password and is not repeated.
            }
            mistakes.add("--" + name + " is a URL such as " + new TreeSet<>(schemes).first()
                    + "://host:port; a password in it must be percent-encoded.");
            return Optional.empty();
        }

        private Optional<String> smsGateway() {
            Optional<String> text = value("sms-gateway");
            try {
                text.ifPresent(url -> SmsGateway.parse(url, value("sms-from").orElse("")));
            } catch (IllegalArgumentException e) {
                // The text may hold a password and is not repeated.
                mistakes.add("--sms-gateway is twilio+https://SID:TOKEN@host/path (with --sms-from) or"
                        + " json+https://user:password@host/path: " + e.getMessage() + ".");
            }
            return text;
        }

        private Optional<String> trustedProxies() {
            Optional<String> text = value("trusted-proxies");
            try {
                text.ifPresent(Proxies::parse);
            } catch (IllegalArgumentException e) {
                mistakes.add(
                        "--trusted-proxies is ranges of addresses with commas between, such as 127.0.0.1,10.0.0.0/8: "
                                + e.getMessage() + ".");
            }
            return text;
        }

        private Optional<String> internalEndpoints() {
            Optional<String> text = value("internal-endpoints");
            try {
                text.ifPresent(AddressGuard::parse);
            } catch (IllegalArgumentException e) {
                mistakes.add("--internal-endpoints is none, all, or ranges of addresses with commas between: "
                        + e.getMessage() + ".");
            }
            return text;
        }

        private Duration interval() {
            String text = matching(
                    "trail-file-interval", "5m", it -> it.matches("[1-9]\\d{0,3}[sm]"), "a time such as 30s or 5m");
            if (!text.matches("\\d{1,4}[sm]")) {
                return TrailFiles.INTERVAL;
            }
            int count = Integer.parseInt(text.substring(0, text.length() - 1));
            Duration interval = text.endsWith("s") ? Duration.ofSeconds(count) : Duration.ofMinutes(count);
            if (interval.compareTo(INTERVAL_MAX) > 0) {
                mistakes.add("--trail-file-interval is at most 1 hour (60m), not '" + text + "'.");
            }
            return interval;
        }

        private Duration insightsBaseline() {
            String text = value("insights-baseline").orElse(BASELINE.toString());
            try {
                Duration baseline = Duration.parse(text);
                if (baseline.compareTo(RateRule.BASELINE_MIN) >= 0 && baseline.compareTo(BASELINE) <= 0) {
                    return baseline;
                }
            } catch (DateTimeParseException e) {
                // Reported below.
            }
            mistakes.add("--insights-baseline is a time from PT1H (an hour) to P7D (seven days), not '" + text + "'.");
            return BASELINE;
        }

        private String mailFrom() {
            return matching(
                    "mail-from", DEFAULT_MAIL_FROM, text -> text.matches("[^\\s<>@]+@[^\\s<>@]+"), "a mail address");
        }

        private String matching(String name, String otherwise, Predicate<String> test, String wanted) {
            String text = value(name).orElse(otherwise);
            if (!test.test(text)) {
                mistakes.add("--" + name + " is " + wanted + ", not '" + text + "'.");
            }
            return text;
        }
    }
}
