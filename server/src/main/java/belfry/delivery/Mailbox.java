package belfry.delivery;

import belfry.store.Row;
import belfry.store.Tx;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The built-in mailbox, for whoever has not named a mail server. */
public final class Mailbox {
    private static final int SHOWN_MAX = 1_000;

    private Mailbox() {}

    /**
     * A mail that has arrived.
     *
     * @param from name and address: {@code Belfry <no-reply@belfry.local>}
     * @param html null where the mail is plain text
     */
    public record Mail(
            String to,
            String from,
            String subject,
            String text,
            @Nullable String html,
            Instant receivedAt,
            String messageId) {}

    /** The newest thousand mails, oldest first. */
    public static List<Mail> list(Tx tx) {
        return tx.query(
                "SELECT recipient, sender, subject, text, html, received_at, mail_id FROM (SELECT * FROM mailbox"
                        + " ORDER BY seq DESC LIMIT ?) AS newest ORDER BY seq",
                Mailbox::mail,
                SHOWN_MAX);
    }

    private static Mail mail(Row row) {
        return new Mail(
                row.text(1), row.text(2), row.text(3), row.text(4), row.textOrNull(5), row.instant(6), row.text(7));
    }
}
