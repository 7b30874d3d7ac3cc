package belfry.delivery;

import belfry.base.Bell;
import belfry.base.Clock;
import belfry.store.Store;
import belfry.topics.Letter;
import belfry.topics.MessageSeals;
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
        boolean sealed = parcel.keyId() != MessageSeals.NONE;
        store.change(tx -> {
            tx.update(
                    "INSERT INTO mailbox (mail_id, recipient, sender, subject, text, html, received_at,"
                            + " key_id, sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (mail_id) DO NOTHING",
                    parcel.mailId(),
                    parcel.endpoint(),
                    letter.sender() + " <" + mailFrom + ">",
                    letter.subject(),
                    sealed ? "" : letter.text(),
                    sealed ? null : letter.html(),
                    clock.now(),
                    parcel.keyId(),
                    sealed
                            ? MessageSeals.seal(tx, parcel.keyId(), Mailbox.what(parcel.mailId()), letter.content())
                            : null);
            tx.ring(ARRIVED);
        });
        return new Outcome.Accepted();
    }
}
