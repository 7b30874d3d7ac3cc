package belfry.delivery;

import belfry.store.Row;
import belfry.store.Tx;
import belfry.topics.Letter;
import belfry.topics.MessageSeals;
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
                "SELECT recipient, sender, subject, text, html, received_at, mail_id, key_id, sealed FROM (SELECT * FROM mailbox"
                        + " ORDER BY seq DESC LIMIT ?) AS newest ORDER BY seq",
                row -> mail(tx, row),
                SHOWN_MAX);
    }

    static String what(String mailId) {
        return "mailbox:" + mailId;
    }

    private static Mail mail(Tx tx, Row row) {
        Letter letter = new Letter("", row.text(3), row.text(4), row.textOrNull(5), null);
        long keyId = row.number(8);
        if (keyId != MessageSeals.NONE) {
            letter = opened(tx, keyId, row, letter);
        }
        return new Mail(
                row.text(1), row.text(2), row.text(3), letter.text(), letter.html(), row.instant(6), row.text(7));
    }

    /** A mail of an encrypted topic, as long as its key can be used. */
    private static Letter opened(Tx tx, long keyId, Row row, Letter letter) {
        try {
            return letter.with(MessageSeals.open(tx, keyId, what(row.text(7)), row.bytes(9)));
        } catch (MessageSeals.LockedException e) {
            String text = "(This mail is sealed: " + e.locked().reason() + ")";
            return new Letter("", letter.subject(), text, null, null);
        }
    }
}
