package belfry.trail;

import belfry.gateway.Call;
import belfry.wire.Fault;
import belfry.wire.ServiceException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * AWS's limit on LookupEvents: two a second per account and region (semantics: cloudtrail.md §6). It protects nothing of
 * ours; it makes scripts fail here that would fail there, so development mode leaves it out.
 */
final class LookupThrottle {
    private static final int PER_SECOND = 2;
    private static final Duration COST = Duration.ofSeconds(1).dividedBy(PER_SECOND);

    private final boolean on;
    private final Map<String, Instant> paidUntil = new ConcurrentHashMap<>();

    LookupThrottle(boolean on) {
        this.on = on;
    }

    /** @throws ServiceException ThrottlingException */
    void take(Call call) {
        if (!on) {
            return;
        }
        Instant now = call.now();
        Instant until = paidUntil.compute(call.account() + " " + call.region(), (scope, paid) -> {
            Instant from = paid == null || paid.isBefore(now) ? now : paid;
            Instant next = from.plus(COST);
            // A refused call costs nothing, or a caller who hammers would never get through.
            return next.isAfter(now.plusSeconds(1)) ? from.plusMillis(1) : next;
        });
        if (until.isAfter(now.plusSeconds(1))) {
            throw ServiceException.of("ThrottlingException", 400, Fault.CAPACITY, "Rate exceeded");
        }
    }
}
