package belfry.topics;

import java.time.Instant;

/**
 * A letter on its way: one open row of the outbox.
 *
 * @param seq the row's number
 * @param lane of the open parcels of a lane only the first is tried, which keeps their order
 * @param mailId the mail's Message-ID, made once and kept over all tries
 * @param thread what it hangs together with
 * @param attempts how often it was tried before
 */
public record Parcel(
        long seq,
        String lane,
        String endpoint,
        String mailId,
        Letter letter,
        MailThread thread,
        long attempts,
        Instant queuedAt) {}
