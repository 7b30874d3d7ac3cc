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
import java.util.stream.Stream;

/** Reads the options from what was typed and from the environment, and collects every mistake. */
final class OptionsReader {
    /** AWS: seven days. */
    private static final Duration BASELINE = Duration.ofDays(7);

    private static final Duration INTERVAL_MAX = Duration.ofHours(1);

    private final Map<String, String> given;
    private final Map<String, String> environment;
    private final List<String> mistakes = new ArrayList<>();

    OptionsReader(Map<String, String> given, Map<String, String> environment) {
        this.given = given;
        this.environment = environment;
    }

    Options options() {
        for (String unknown : new TreeSet<>(given.keySet())) {
            if (!Options.NAMES.contains(unknown)) {
                mistakes.add("--" + unknown + " is no option of belfry serve.");
            }
        }
        boolean dev = flag();
        Options options = new Options(
                dev,
                value("host").orElse(Options.DEFAULT_HOST),
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
                matching("account", Options.DEFAULT_ACCOUNT, text -> text.matches("\\d{12}"), "twelve digits"),
                matching(
                        "region",
                        Options.DEFAULT_REGION,
                        text -> text.matches("[a-z]{2}(-[a-z]+)+-\\d"),
                        "a region's name such as us-east-1"));
        if (!mistakes.isEmpty()) {
            throw new Options.Wrong(mistakes);
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
        String text = value("port").orElse(String.valueOf(Options.DEFAULT_PORT));
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
            mistakes.add("--trusted-proxies is ranges of addresses with commas between, such as 127.0.0.1,10.0.0.0/8: "
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
                "mail-from",
                Options.DEFAULT_MAIL_FROM,
                text -> text.matches("[^\\s<>@]+@[^\\s<>@]+"),
                "a mail address");
    }

    private String matching(String name, String otherwise, Predicate<String> test, String wanted) {
        String text = value(name).orElse(otherwise);
        if (!test.test(text)) {
            mistakes.add("--" + name + " is " + wanted + ", not '" + text + "'.");
        }
        return text;
    }
}
