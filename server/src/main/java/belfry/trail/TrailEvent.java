package belfry.trail;

import java.time.Instant;
import java.util.Set;

/**
 * A record as the stages below see it.
 *
 * @param seq grows with every record
 * @param region the record's {@code awsRegion}
 * @param at its {@code eventTime}
 * @param selectedBy the ids of the trails that log it, decided when the call was made
 * @param json the record, one line
 */
public record TrailEvent(
        long seq,
        String account,
        String region,
        Instant at,
        Category category,
        String requestId,
        Set<Long> selectedBy,
        String json) {
    public TrailEvent {
        selectedBy = Set.copyOf(selectedBy);
    }

    public boolean selectedBy(Trail trail) {
        return selectedBy.contains(trail.id());
    }
}
