package belfry.delivery;

import belfry.base.Bell;
import belfry.base.Clock;
import belfry.store.Store;
import belfry.topics.Letter;
import belfry.topics.Parcel;

/** Puts mails into the built-in mailbox. A mail that comes twice, after a crash, is kept once. */
public final class MailboxTransport implements Transport {
    /** Rung when a mail has arrived. */
    public static final Bell ARRIVED = new Bell("mailbox.arrived");

    private final Store store;
    private final Clock clock;
    private final String mailFrom;

    /** @param mailFrom the sender's address */
    public MailboxTransport(Store store, Clock clock, String mailFrom) {
        this.store = store;
        this.clock = clock;
        this.mailFrom = mailFrom;
    }

    @Override
    public Outcome send(Parcel parcel) {
        Letter letter = parcel.letter();
        store.change(tx -> {
            tx.update(
                    "INSERT INTO mailbox (mail_id, recipient, sender, subject, text, html, received_at)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (mail_id) DO NOTHING",
                    parcel.mailId(),
                    parcel.endpoint(),
                    letter.sender() + " <" + mailFrom + ">",
                    letter.subject(),
                    letter.text(),
                    letter.html(),
                    clock.now());
            tx.ring(ARRIVED);
        });
        return new Outcome.Accepted();
    }
}
