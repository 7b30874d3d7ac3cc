package belfry.delivery;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The mail server, as its URL names it: {@code smtp://user:password@host:port} or {@code smtps://…}. With
 * {@code smtp://} the connection is encrypted (STARTTLS) where the server can; a password is only sent over an encrypted
 * connection, or to this very machine. {@code ?verify=no} trusts any certificate.
 */
final class SmtpServer {
    private static final Map<String, Integer> PORTS = Map.of("smtp", 25, "smtps", 465);
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final URI uri;
    private final @Nullable String user;
    private final @Nullable String password;

    /** @throws IllegalArgumentException naming what is wrong, never the password */
    SmtpServer(URI uri) {
        if (!PORTS.containsKey(String.valueOf(uri.getScheme())) || uri.getHost() == null) {
            throw new IllegalArgumentException("a mail server's URL is smtp://host:port or smtps://host:port");
        }
        this.uri = uri;
        String login = uri.getUserInfo();
        int colon = login == null ? -1 : login.indexOf(':');
        this.user = login == null || colon < 0 ? login : login.substring(0, colon);
        this.password = login == null || colon < 0 ? null : login.substring(colon + 1);
        if (user != null && password == null) {
            throw new IllegalArgumentException("the mail server's URL names a user but no password");
        }
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
        boolean trusting = "verify=no".equals(uri.getQuery());
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
