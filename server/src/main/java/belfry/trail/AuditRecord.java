package belfry.trail;

import belfry.gateway.Touched;
import java.time.Instant;
import java.util.List;

/**
 * A finished audit record, with what selectors and event history ask of it.
 *
 * @param account who gets the record
 * @param region the record's {@code awsRegion}
 * @param global whether it comes from a service without regions
 * @param at the record's {@code eventTime}, to the second
 * @param resources what was touched, shown in the record or not
 * @param json the record's text, one line
 */
record AuditRecord(
        String account,
        String region,
        boolean global,
        String eventId,
        Instant at,
        String name,
        String source,
        boolean readOnly,
        Category category,
        Caller caller,
        String requestId,
        List<Touched> resources,
        String json) {
    AuditRecord {
        resources = List.copyOf(resources);
    }
}
