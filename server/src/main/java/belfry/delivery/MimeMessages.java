package belfry.delivery;

import belfry.topics.Letter;
import belfry.topics.Parcel;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.util.Date;
import org.eclipse.angus.mail.smtp.SMTPMessage;

/** Writes a parcel as a MIME message: the same bytes' worth at every try. */
final class MimeMessages {
    private static final String UTF_8 = "UTF-8";

    private final Session session;
    private final String mailFrom;

    MimeMessages(Session session, String mailFrom) {
        this.session = session;
        this.mailFrom = mailFrom;
    }

    SMTPMessage message(Parcel parcel) throws MessagingException {
        Letter letter = parcel.letter();
        SMTPMessage message = new WithId(session, parcel.mailId());
        message.setFrom(from(letter.sender()));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(parcel.endpoint(), true));
        message.setSubject(letter.subject(), UTF_8);
        message.setSentDate(date(parcel));
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("X-Auto-Response-Suppress", "All");
        if (letter.unsubscribeUrl() != null) {
            message.setHeader("List-Unsubscribe", "<" + letter.unsubscribeUrl() + ">");
            message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        if (parcel.thread().replyTo() != null) {
            message.setHeader("In-Reply-To", parcel.thread().replyTo());
        }
        if (parcel.thread().references() != null) {
            message.setHeader("References", parcel.thread().references());
        }
        setBody(message, letter);
        message.saveChanges();
        return message;
    }

    private InternetAddress from(String name) throws MessagingException {
        try {
            return new InternetAddress(mailFrom, name, UTF_8);
        } catch (UnsupportedEncodingException e) {
            throw new MessagingException("every JDK knows UTF-8", e);
        }
    }

    @SuppressWarnings("JavaUtilDate") // Jakarta Mail knows no other date.
    private static Date date(Parcel parcel) {
        return Date.from(parcel.queuedAt());
    }

    private static void setBody(MimeMessage message, Letter letter) throws MessagingException {
        if (letter.html() == null) {
            message.setText(letter.text(), UTF_8);
            return;
        }
        MimeBodyPart text = new MimeBodyPart();
        text.setText(letter.text(), UTF_8);
        MimeBodyPart html = new MimeBodyPart();
        html.setText(letter.html(), UTF_8, "html");
        // The last part is the one that mail programs prefer.
        message.setContent(new MimeMultipart("alternative", text, html));
    }

    /** Keeps the Message-ID that the outbox made. */
    private static final class WithId extends SMTPMessage {
        private final String id;

        WithId(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
