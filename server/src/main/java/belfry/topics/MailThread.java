package belfry.topics;

import belfry.store.Tx;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a mail hangs together with: ALARM, OK and the next ALARM of one alarm are one conversation in a mail program.
 *
 * @param alarm the alarm's ARN; null where the mail is about none
 * @param replyTo the Message-ID of the mail before; null for the first
 * @param references the Message-IDs of the first and of the mail before, a blank between; null for the first
 */
public record MailThread(
        @Nullable String alarm,
        @Nullable String replyTo,
        @Nullable String references) {
    /** A mail on its own. */
    public static final MailThread NONE = new MailThread(null, null, null);

    /** An alarm that was quiet for so long begins a new conversation. */
    static final Duration QUIET = Duration.ofDays(1);

    /** Takes the next place in the conversation about an alarm with a subscriber. */
    static MailThread next(Tx tx, String subscriptionArn, String alarm, String mailId, Instant now) {
        MailThread thread = tx.first(
                        "SELECT root, last FROM mail_thread WHERE subscription_arn = ? AND alarm = ? AND at > ?",
                        row -> after(alarm, row.text(1), row.text(2)),
                        subscriptionArn,
                        alarm,
                        now.minus(QUIET))
                .orElse(new MailThread(alarm, null, null));
        tx.update(
                "INSERT INTO mail_thread (subscription_arn, alarm, root, last, at) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT (subscription_arn, alarm)"
                        + " DO UPDATE SET root = excluded.root, last = excluded.last, at = excluded.at",
                subscriptionArn,
                alarm,
                thread.references == null ? mailId : thread.references.split(" ", 2)[0],
                mailId,
                now);
        return thread;
    }

    private static MailThread after(String alarm, String root, String last) {
        return new MailThread(alarm, last, root.equals(last) ? root : root + " " + last);
    }

    /** Forgets conversations that ended before {@code before}. */
    static void forget(Tx tx, Instant before) {
        tx.update("DELETE FROM mail_thread WHERE at < ?", before);
    }
}
