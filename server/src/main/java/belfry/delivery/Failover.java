package belfry.delivery;

import belfry.base.Clock;
import belfry.topics.Parcel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Several mail servers in the order of preference: what one cannot take at all goes to the next. A server that was away
 * is left alone for a while where another one answers. A mail that broke off in the middle is not handed on at once: the
 * first server may have taken it.
 */
final class Failover implements Transport {
    private static final Duration LEFT_ALONE = Duration.ofMinutes(1);

    private final Clock clock;
    private final List<Server> servers = new ArrayList<>();

    private static final class Server {
        private final Transport transport;
        private Instant aloneUntil = Instant.MIN;

        Server(Transport transport) {
            this.transport = transport;
        }
    }

    Failover(Clock clock, List<Transport> transports) {
        this.clock = clock;
        transports.forEach(transport -> servers.add(new Server(transport)));
    }

    @Override
    public Outcome send(Parcel parcel) {
        List<String> reasons = new ArrayList<>();
        for (Server server : ordered()) {
            Outcome outcome = server.transport.send(parcel);
            if (!(outcome instanceof Outcome.Away away)) {
                server.aloneUntil = Instant.MIN;
                return outcome;
            }
            reasons.add(away.reason());
            server.aloneUntil = clock.now().plus(LEFT_ALONE);
        }
        return new Outcome.Away(String.join("; ", reasons));
    }

    /** Those left alone come last, for where all are away each is worth a try. */
    private List<Server> ordered() {
        Instant now = clock.now();
        List<Server> ordered = new ArrayList<>();
        servers.stream().filter(server -> !now.isBefore(server.aloneUntil)).forEach(ordered::add);
        servers.stream().filter(server -> now.isBefore(server.aloneUntil)).forEach(ordered::add);
        return ordered;
    }

    @Override
    public void rest() {
        servers.forEach(server -> server.transport.rest());
    }
}
