package belfry.delivery;

import belfry.base.Bell;
import belfry.base.Clock;
import belfry.base.Pump;
import belfry.delivery.Transport.Outcome;
import belfry.store.Store;
import belfry.topics.Decision;
import belfry.topics.Locked;
import belfry.topics.Outbox;
import belfry.topics.Parcel;
import belfry.topics.Parcels;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empties the outbox. Sending happens between transactions, so a slow mail server holds up nobody but this pump; several
 * of them work side by side, each for one recipient at a time. A crash between the server's "250" and our mark repeats
 * the mail with the same Message-ID.
 */
public final class Delivery implements Pump {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final int BATCH = 50;

    /** How long a connection is kept for the next mail. */
    private static final Duration LINGER = Duration.ofSeconds(30);

    /** Rung when there is more than one can serve. */
    private static final Bell HELP = new Bell("delivery.help");

    private final Store store;
    private final Clock clock;
    private final Transport transport;
    private final Claims claims;
    private final int number;
    private Optional<Instant> restAt = Optional.empty();
    private Optional<Instant> paceAt = Optional.empty();

    /** One that works alone. */
    public Delivery(Store store, Clock clock, Transport transport) {
        this(store, clock, transport, new Claims(Duration.ZERO), 0);
    }

    private Delivery(Store store, Clock clock, Transport transport, Claims claims, int number) {
        this.store = store;
        this.clock = clock;
        this.transport = transport;
        this.claims = claims;
        this.number = number;
    }

    /**
     * Several that work side by side, one for each transport.
     *
     * @param apart the least time between two mails of all together; zero for no limit
     */
    public static List<Pump> crew(Store store, Clock clock, List<Transport> transports, Duration apart) {
        Claims claims = new Claims(apart);
        List<Pump> crew = new ArrayList<>();
        for (Transport transport : transports) {
            crew.add(new Delivery(store, clock, transport, claims, crew.size()));
        }
        return crew;
    }

    @Override
    public String name() {
        return number == 0 ? "delivery" : "delivery." + number;
    }

    @Override
    public Set<Bell> listensTo() {
        return Set.of(Outbox.QUEUED, HELP);
    }

    @Override
    public boolean step() {
        paceAt = claims.pause(clock.now());
        if (paceAt.isPresent()) {
            // A time to rest that has passed must not stay: the next due time would lie in the past for ever.
            rest();
            return false;
        }
        List<String> waiting = store.read(tx -> Parcels.dueEndpoints(tx, clock.now()));
        Optional<String> claimed = claims.take(waiting, number);
        if (claimed.isEmpty()) {
            rest();
            return false;
        }
        if (waiting.size() > 1) {
            store.relaying().change(tx -> tx.ring(HELP));
        }
        // What makes a mail is on disk before it leaves: else a power cut could make another one of it.
        store.barrier();
        try {
            return serve(claimed.get());
        } finally {
            claims.give(claimed.get());
            restAt = Optional.of(clock.now().plus(LINGER));
        }
    }

    /** Sends what is due for a recipient; whether to look for another one. */
    private boolean serve(String endpoint) {
        List<Parcel> due = due(endpoint);
        while (!due.isEmpty()) {
            Set<String> held = new HashSet<>();
            for (Parcel parcel : due) {
                if (held.contains(parcel.lane())) {
                    continue;
                }
                paceAt = claims.wait(clock.now());
                if (paceAt.isPresent()) {
                    return false;
                }
                Outcome outcome = send(parcel);
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
            due = due(endpoint);
        }
        return true;
    }

    /** What cannot be read now waits for its topic's key; what never can goes nowhere. */
    private Outcome send(Parcel parcel) {
        Locked locked = parcel.locked();
        if (locked == null) {
            return transport.send(parcel);
        }
        return locked.forGood() ? new Outcome.Refused(locked.reason()) : new Outcome.PutOff(locked.reason());
    }

    private List<Parcel> due(String endpoint) {
        return store.read(tx -> Parcels.due(tx, endpoint, clock.now(), BATCH));
    }

    private void rest() {
        Instant now = clock.now();
        if (restAt.filter(at -> !at.isAfter(now)).isPresent()) {
            transport.rest();
            restAt = Optional.empty();
        }
    }

    private void note(Parcel parcel, Outcome outcome) {
        Instant now = clock.now();
        store.change(tx -> {
            switch (outcome) {
                case Outcome.Accepted accepted -> Parcels.sent(tx, parcel, now);
                case Outcome.Refused refused -> {
                    LOG.warn("a mail to {} is refused for good: {}", parcel.endpoint(), refused.reason());
                    Parcels.dead(tx, parcel, refused.reason(), now);
                }
                case Outcome.PutOff putOff -> Parcels.retry(tx, parcel, retry(parcel, putOff.reason(), now), now);
                case Outcome.Away away -> Parcels.serverAway(tx, parcel, retry(parcel, away.reason(), now), now);
            }
        });
    }

    private static Decision.Retrying retry(Parcel parcel, String reason, Instant now) {
        return new Decision.Retrying(now.plus(RetrySchedule.after(parcel.attempts() + 1)), reason);
    }

    /** Only what lies ahead: what is due and not ours is being served by another, who looks again when he is done. */
    @Override
    public Optional<Instant> nextDue() {
        Instant now = clock.now();
        return Stream.of(store.read(tx -> Parcels.nextDue(tx, now)), restAt, paceAt)
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }
}
