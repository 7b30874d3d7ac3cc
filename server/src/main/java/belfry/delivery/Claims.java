package belfry.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which recipient is served by whom, among deliveries that work side by side: a recipient by one at a time, so that his
 * mails keep their order, and one whose server is slow holds up none but the one who serves him. Also the pace at which
 * all of them together may send. Thread-safe; nothing here outlives the process.
 */
final class Claims {
    private final Set<String> busy = new LinkedHashSet<>();
    private final Duration apart;
    private Instant free = Instant.MIN;

    /** @param apart the least time between two mails; zero for no limit */
    Claims(Duration apart) {
        this.apart = apart;
    }

    /**
     * Claims the first recipient that nobody serves.
     *
     * @param helper 0 for the first delivery; the others help only when so many are busy, which keeps one connection warm
     */
    synchronized Optional<String> take(List<String> endpoints, int helper) {
        if (busy.size() < helper) {
            return Optional.empty();
        }
        Optional<String> found =
                endpoints.stream().filter(endpoint -> !busy.contains(endpoint)).findFirst();
        found.ifPresent(busy::add);
        return found;
    }

    synchronized void give(String endpoint) {
        busy.remove(endpoint);
    }

    /** Until when nothing may go; empty where something may. */
    synchronized Optional<Instant> pause(Instant now) {
        return now.isBefore(free) ? Optional.of(free) : Optional.empty();
    }

    /** When the next mail may go; empty where that is now, and then it is taken to go. */
    synchronized Optional<Instant> wait(Instant now) {
        if (now.isBefore(free)) {
            return Optional.of(free);
        }
        free = now.plus(apart);
        return Optional.empty();
    }
}
