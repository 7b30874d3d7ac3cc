package belfry.delivery;

import belfry.topics.Parcel;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.time.Duration;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/** Sends mails by SMTP over one connection, which is kept while there is something to send. */
public final class SmtpTransport implements Transport {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final SmtpServer server;
    private final Session session;
    private final MimeMessages messages;
    private jakarta.mail.@Nullable Transport connection;

    /**
     * @param uri see {@link SmtpServer}
     * @param mailFrom the sender's address
     */
    public SmtpTransport(URI uri, String mailFrom) {
        this(uri, mailFrom, TIMEOUT);
    }

    SmtpTransport(URI uri, String mailFrom, Duration timeout) {
        this.server = new SmtpServer(uri);
        this.session = Session.getInstance(server.properties(timeout));
        this.messages = new MimeMessages(session, mailFrom);
    }

    @Override
    public Outcome send(Parcel parcel) {
        MimeMessage message;
        try {
            message = messages.message(parcel);
        } catch (MessagingException e) {
            return new Outcome.Refused("the mail cannot be written: " + said(e));
        }
        jakarta.mail.Transport open;
        try {
            open = open();
        } catch (MessagingException e) {
            rest();
            return new Outcome.Away(server + " cannot be reached: " + said(e));
        }
        try {
            open.sendMessage(message, message.getAllRecipients());
            return new Outcome.Accepted();
        } catch (MessagingException e) {
            Outcome outcome = outcome(e);
            // After any failure the connection's state is in doubt; a new one costs little then.
            rest();
            return outcome;
        }
    }

    private jakarta.mail.Transport open() throws MessagingException {
        jakarta.mail.Transport kept = connection;
        if (kept != null && kept.isConnected()) {
            return kept;
        }
        rest();
        jakarta.mail.Transport opened = session.getTransport(server.protocol());
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
        return new Outcome.Away(server + " broke off: " + said(e));
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
        return code >= 400 ? new Outcome.PutOff(text) : new Outcome.Away(server + " broke off: " + text);
    }

    private static String said(Exception e) {
        return String.valueOf(e.getMessage()).strip();
    }

    @Override
    public void rest() {
        jakarta.mail.Transport open = connection;
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
