package belfry;

import belfry.delivery.web.AddressGuard;
import belfry.delivery.web.SmsGateway;
import belfry.gateway.Proxies;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
        return new OptionsReader(given, environment).options();
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
}
