package belfry.delivery;

import belfry.base.Bell;
import belfry.base.Clock;
import belfry.base.Pump;
import belfry.delivery.Transport.Outcome;
import belfry.store.Store;
import belfry.topics.Decision;
import belfry.topics.Outbox;
import belfry.topics.Parcel;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Empties the outbox. Sending happens between transactions, so a slow mail server holds up nobody but this pump. A crash
 * between the server's "250" and our mark repeats the mail with the same Message-ID.
 */
public final class Delivery implements Pump {
    private static final int BATCH = 50;

    /** How long a connection is kept for the next mail. */
    private static final Duration LINGER = Duration.ofSeconds(30);

    private final Store store;
    private final Clock clock;
    private final Transport transport;
    private Optional<Instant> restAt = Optional.empty();

    public Delivery(Store store, Clock clock, Transport transport) {
        this.store = store;
        this.clock = clock;
        this.transport = transport;
    }

    @Override
    public String name() {
        return "delivery";
    }

    @Override
    public Set<Bell> listensTo() {
        return Set.of(Outbox.QUEUED);
    }

    @Override
    public boolean step() {
        List<Parcel> due = store.read(tx -> Outbox.due(tx, clock.now(), BATCH));
        if (!due.isEmpty()) {
            // What makes a mail is on disk before it leaves: else a power cut could make another one of it.
            store.barrier();
        }
        Set<String> held = new HashSet<>();
        for (Parcel parcel : due) {
            if (held.contains(parcel.lane())) {
                continue;
            }
            Outcome outcome = transport.send(parcel);
            note(parcel, outcome);
            switch (outcome) {
                case Outcome.Accepted accepted -> {}
                case Outcome.Refused refused -> {}
                case Outcome.PutOff putOff -> held.add(parcel.lane());
                case Outcome.Away away -> {
                    return false;
                }
            }
        }
        rest(!due.isEmpty());
        return !due.isEmpty();
    }

    private void rest(boolean used) {
        Instant now = clock.now();
        if (used) {
            restAt = Optional.of(now.plus(LINGER));
        } else if (restAt.filter(at -> !at.isAfter(now)).isPresent()) {
            transport.rest();
            restAt = Optional.empty();
        }
    }

    private void note(Parcel parcel, Outcome outcome) {
        Instant now = clock.now();
        store.change(tx -> {
            switch (outcome) {
                case Outcome.Accepted accepted -> Outbox.sent(tx, parcel, now);
                case Outcome.Refused refused -> Outbox.dead(tx, parcel, refused.reason(), now);
                case Outcome.PutOff putOff -> Outbox.retry(tx, parcel, retry(parcel, putOff.reason(), now));
                case Outcome.Away away -> Outbox.serverAway(tx, retry(parcel, away.reason(), now), now);
            }
        });
    }

    private static Decision.Retrying retry(Parcel parcel, String reason, Instant now) {
        return new Decision.Retrying(now.plus(RetrySchedule.after(parcel.attempts() + 1)), reason);
    }

    @Override
    public Optional<Instant> nextDue() {
        return Stream.of(store.read(Outbox::nextDue), restAt)
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }
}
