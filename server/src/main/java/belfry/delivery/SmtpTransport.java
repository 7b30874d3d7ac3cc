package belfry.delivery;

import belfry.base.Clock;
import belfry.topics.Parcel;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/** Sends mails by SMTP over one connection, which is kept while there is something to send. */
public final class SmtpTransport implements Transport {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final SmtpServer server;
    private final Session session;
    private final MimeMessages messages;
    private final String mailFrom;
    private @Nullable SMTPTransport connection;

    /**
     * A transport that tries several servers, the first one first.
     *
     * @param uris see {@link SmtpServer}
     */
    public static Transport to(List<URI> uris, String mailFrom, Clock clock) {
        List<Transport> servers = uris.stream()
                .<Transport>map(uri -> new SmtpTransport(uri, mailFrom))
                .toList();
        return servers.size() == 1 ? servers.getFirst() : new Failover(clock, servers);
    }

    /**
     * @param uri see {@link SmtpServer}
     * @param mailFrom the sender's address
     */
    public SmtpTransport(URI uri, String mailFrom) {
        this(uri, mailFrom, TIMEOUT);
    }

    /** The pace that the servers' URLs ask for: the slowest. */
    public static Duration apart(List<URI> uris) {
        return uris.stream()
                .map(uri -> new SmtpServer(uri).apart())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    SmtpTransport(URI uri, String mailFrom, Duration timeout) {
        this.server = new SmtpServer(uri);
        this.session = Session.getInstance(server.properties(timeout));
        this.messages = new MimeMessages(session, mailFrom);
        this.mailFrom = mailFrom;
    }

    @Override
    public Outcome send(Parcel parcel) {
        SMTPMessage message;
        try {
            message = messages.message(parcel);
        } catch (MessagingException e) {
            return new Outcome.Refused("the mail cannot be written: " + said(e));
        }
        SMTPTransport open;
        try {
            open = open();
        } catch (MessagingException e) {
            rest();
            return new Outcome.Away(server + " cannot be reached: " + said(e));
        }
        try {
            envelope(open, message, parcel);
            open.sendMessage(message, message.getAllRecipients());
            return new Outcome.Accepted();
        } catch (MessagingException e) {
            Outcome outcome = outcome(e);
            // After any failure the connection's state is in doubt; a new one costs little then.
            rest();
            return outcome;
        }
    }

    /**
     * What a bounce will say, where the server reports as RFC 3461 has it: the mail's id and the address as subscribed.
     */
    private void envelope(SMTPTransport open, SMTPMessage message, Parcel parcel) throws MessagingException {
        message.setEnvelopeFrom(server.bounces().orElse(mailFrom));
        if (open.supportsExtension("DSN")) {
            String when = server.bounces().filter("<>"::equals).isPresent() ? "NEVER" : "FAILURE,DELAY";
            message.setReturnOption(SMTPMessage.RETURN_HDRS);
            message.setMailExtension("ENVID=" + xtext(parcel.mailId().replaceAll("[<>]", "")));
            session.getProperties()
                    .setProperty(
                            "mail." + server.protocol() + ".dsn.notify",
                            when + " ORCPT=rfc822;" + xtext(parcel.endpoint()));
        }
    }

    /** RFC 3461: everything but printable ASCII, and {@code +} and {@code =}, as {@code +} and two hexadecimal digits. */
    static String xtext(String text) {
        StringBuilder coded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b > 0x20 && b < 0x7f && b != '+' && b != '=') {
                coded.append((char) b);
            } else {
                coded.append('+').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return coded.toString();
    }

    private SMTPTransport open() throws MessagingException {
        SMTPTransport kept = connection;
        if (kept != null && kept.isConnected()) {
            return kept;
        }
        rest();
        SMTPTransport opened = (SMTPTransport) session.getTransport(server.protocol());
        opened.connect(server.host(), server.port(), server.user(), server.password());
        connection = opened;
        return opened;
    }

    /**
     * Only an answer about this very mail can be final. What the server says about us (login, sender) holds for every
     * mail, is mended by its administrator or ours, and must not bury alerts meanwhile.
     */
    private Outcome outcome(MessagingException e) {
        for (Exception cause = e; cause != null; cause = next(cause)) {
            switch (cause) {
                case AuthenticationFailedException login -> {
                    return new Outcome.Away(server + " refuses the login: " + said(login));
                }
                case SMTPSenderFailedException sender -> {
                    return new Outcome.Away(server + " refuses the sender: " + said(sender));
                }
                case SMTPAddressFailedException address -> {
                    return answered(address.getReturnCode(), said(address));
                }
                case SMTPSendFailedException data
                when data.getNextException() == null -> {
                    return answered(data.getReturnCode(), said(data));
                }
                default -> {}
            }
        }
        // Perhaps because of this mail or its recipient: the others are tried.
        return new Outcome.PutOff(server + " broke off: " + said(e));
    }

    private static @Nullable Exception next(Exception e) {
        return e instanceof MessagingException messaging ? messaging.getNextException() : null;
    }

    private Outcome answered(int code, String text) {
        if (code == 421) {
            return new Outcome.Away(server + " closes: " + text);
        }
        if (code == 530 || code == 535) {
            return new Outcome.Away(server + " wants a login: " + text);
        }
        if (code >= 500 && code < 600) {
            return new Outcome.Refused(text);
        }
        return new Outcome.PutOff(code >= 400 ? text : server + " broke off: " + text);
    }

    private static String said(Exception e) {
        return String.valueOf(e.getMessage()).strip();
    }

    @Override
    public void rest() {
        SMTPTransport open = connection;
        connection = null;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (MessagingException e) {
            // It is gone already: that is what was wanted.
        }
    }
}
