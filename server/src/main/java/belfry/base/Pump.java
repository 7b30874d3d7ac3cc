package belfry.base;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What moves work from one stage into the next: it is woken by bells or by its own due time, takes one batch by cursor,
 * and commits cursor and effects in one transaction. Pumps are run by {@link Pumps}, each on a thread of its own, never
 * twice at once.
 */
public interface Pump {
    /** Unique, for people: it names the thread and stands in the health answer. */
    String name();

    /** The bells that wake this pump. */
    Set<Bell> listensTo();

    /**
     * Takes one batch.
     *
     * @return whether there may be more to do at once
     * @throws RuntimeException what went wrong; the pump is tried again after a pause, and health says so
     */
    boolean step();

    /** When time itself is the next event (a period closes, a retry falls due); empty where only bells matter. */
    default Optional<Instant> nextDue() {
        return Optional.empty();
    }

    /** Whether {@link #nextDue} has come. */
    default boolean due(Instant now) {
        return nextDue().filter(due -> !due.isAfter(now)).isPresent();
    }
}
