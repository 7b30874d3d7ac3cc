package belfry.delivery;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The mail server, as its URL names it: {@code smtp://user:password@host:port} or {@code smtps://…}. With
 * {@code smtp://} the connection is encrypted (STARTTLS) where the server can; a password is only sent over an encrypted
 * connection, or to this very machine. {@code ?verify=no} trusts any certificate;
 * {@code ?bounces=ADDRESS} names another return address than the sender's, {@code ?bounces=none} none at all;
 * {@code ?perMinute=N} sends no more mails than that.
 */
final class SmtpServer {
    private static final Map<String, Integer> PORTS = Map.of("smtp", 25, "smtps", 465);
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private static final Set<String> SETTINGS = Set.of("verify", "bounces", "perMinute");

    private final URI uri;
    private final Map<String, String> settings;
    private final @Nullable String user;
    private final @Nullable String password;

    /** @throws IllegalArgumentException naming what is wrong, never the password */
    SmtpServer(URI uri) {
        if (!PORTS.containsKey(String.valueOf(uri.getScheme())) || uri.getHost() == null) {
            throw new IllegalArgumentException("a mail server's URL is smtp://host:port or smtps://host:port");
        }
        this.uri = uri;
        this.settings = settings(uri);
        String login = uri.getUserInfo();
        int colon = login == null ? -1 : login.indexOf(':');
        this.user = login == null || colon < 0 ? login : login.substring(0, colon);
        this.password = login == null || colon < 0 ? null : login.substring(colon + 1);
        if (user != null && password == null) {
            throw new IllegalArgumentException("the mail server's URL names a user but no password");
        }
    }

    private static Map<String, String> settings(URI uri) {
        Map<String, String> settings = new HashMap<>();
        String query = uri.getQuery();
        for (String setting : query == null ? new String[0] : query.split("&", -1)) {
            String[] parts = setting.split("=", 2);
            if (parts.length < 2 || !SETTINGS.contains(parts[0])) {
                throw new IllegalArgumentException("a mail server's URL takes ?verify=no, ?bounces= and ?perMinute=");
            }
            settings.put(parts[0], parts[1]);
        }
        if (!settings.getOrDefault("perMinute", "1").matches("[1-9][0-9]{0,5}")) {
            throw new IllegalArgumentException("perMinute is a number of mails");
        }
        return settings;
    }

    /** Where bounces go: {@code <>} where there shall be none; nothing where the sender gets them. */
    Optional<String> bounces() {
        return Optional.ofNullable(settings.get("bounces")).map(address -> address.equals("none") ? "<>" : address);
    }

    /** The least time between two mails. */
    Duration apart() {
        String perMinute = settings.get("perMinute");
        return perMinute == null ? Duration.ZERO : Duration.ofMinutes(1).dividedBy(Long.parseLong(perMinute));
    }

    String protocol() {
        return uri.getScheme();
    }

    String host() {
        return uri.getHost();
    }

    int port() {
        Integer usual = PORTS.get(uri.getScheme());
        return uri.getPort() > 0 || usual == null ? uri.getPort() : usual;
    }

    @Nullable
    String user() {
        return user;
    }

    @Nullable
    String password() {
        return password;
    }

    /** Angus Mail's settings. */
    Properties properties(Duration timeout) {
        Properties properties = new Properties();
        String prefix = "mail." + protocol() + ".";
        String millis = String.valueOf(timeout.toMillis());
        properties.setProperty(prefix + "connectiontimeout", millis);
        properties.setProperty(prefix + "timeout", millis);
        properties.setProperty(prefix + "writetimeout", millis);
        properties.setProperty(prefix + "quitwait", "false");
        properties.put("mail.smtp.socketFactory", new PromptSockets());
        properties.setProperty(prefix + "auth", String.valueOf(user != null));
        properties.setProperty(prefix + "starttls.enable", "true");
        properties.setProperty(
                prefix + "starttls.required", String.valueOf(user != null && !LOOPBACK.contains(host())));
        boolean trusting = "no".equals(settings.get("verify"));
        properties.setProperty(prefix + "ssl.checkserveridentity", String.valueOf(!trusting));
        if (trusting) {
            properties.setProperty(prefix + "ssl.trust", "*");
        }
        return properties;
    }

    /** Never shows the password. */
    @Override
    public String toString() {
        return protocol() + "://" + host() + ":" + port();
    }
}
