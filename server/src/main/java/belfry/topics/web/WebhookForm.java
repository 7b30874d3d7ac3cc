package belfry.topics.web;

import belfry.base.Json;
import belfry.topics.mail.Document;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The forms that chat and paging services expect instead of AWS's envelope, recognised by the host of an https endpoint or
 * by the subscription's attribute {@code WebhookFormat} (docs/decisions/0812).
 */
public enum WebhookForm {
    SLACK,
    TEAMS,
    DISCORD,
    PAGERDUTY;

    /** The subscription attribute: one of these names in any case, or {@code aws} for the envelope whatever the host. */
    public static final String ATTRIBUTE = "WebhookFormat";

    /** What a message is about, beside its document. */
    public record About(Document document, String incident, String state, String source, Instant at) {}

    /** The form for a subscription; empty where AWS's envelope goes out. */
    public static Optional<WebhookForm> of(String protocol, String endpoint, Map<String, String> attributes) {
        if (!protocol.equals("https") && !attributes.containsKey(ATTRIBUTE)) {
            return Optional.empty();
        }
        if ("true".equals(attributes.get("RawMessageDelivery"))) {
            return Optional.empty();
        }
        String named = attributes.get(ATTRIBUTE);
        return named == null ? recognised(URI.create(endpoint)) : named(named);
    }

    /**
     * The form of a name; empty for {@code aws}.
     *
     * @throws IllegalArgumentException for other names
     */
    public static Optional<WebhookForm> named(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.equals("AWS") ? Optional.empty() : Optional.of(valueOf(upper));
    }

    private static Optional<WebhookForm> recognised(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        String path = uri.getPath() == null ? "" : uri.getPath();
        if (host.equals("hooks.slack.com") || host.equals("hooks.slack-gov.com")) {
            return path.startsWith("/services/") ? Optional.of(SLACK) : Optional.empty();
        }
        if (under(host, "discord.com") || under(host, "discordapp.com")) {
            return Optional.of(path.endsWith("/slack") ? SLACK : DISCORD);
        }
        if (under(host, "webhook.office.com")
                || under(host, "logic.azure.com")
                || under(host, "api.powerplatform.com")) {
            return Optional.of(TEAMS);
        }
        // Its integration for CloudWatch reads AWS's envelope by itself; the events API does not.
        boolean events = host.equals("events.pagerduty.com") || host.equals("events.eu.pagerduty.com");
        return events && path.equals("/v2/enqueue") ? Optional.of(PAGERDUTY) : Optional.empty();
    }

    /**
     * Checks that an endpoint has what its form needs.
     *
     * @throws IllegalArgumentException saying what is missing
     */
    public void check(String endpoint) {
        if (this == PAGERDUTY && PagerDuty.key(endpoint).isEmpty()) {
            throw new IllegalArgumentException("PagerDuty's events API needs ?routing_key= and the integration's key");
        }
    }

    private static boolean under(String host, String domain) {
        return host.equals(domain) || host.endsWith("." + domain);
    }

    /** The body to post. */
    public String body(About about, String endpoint) {
        Digestible content = Digestible.of(about.document());
        return Json.write(
                switch (this) {
                    case SLACK -> Slack.message(content);
                    case TEAMS -> Teams.message(content);
                    case DISCORD -> Discord.message(content, about.at());
                    case PAGERDUTY -> PagerDuty.event(content, about, endpoint);
                });
    }
}
