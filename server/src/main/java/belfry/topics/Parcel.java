package belfry.topics;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A letter on its way: one open row of the outbox.
 *
 * @param seq the row's number
 * @param lane of the open parcels of a lane only the first is tried, which keeps their order
 * @param mailId the mail's Message-ID, made once and kept over all tries
 * @param thread what it hangs together with
 * @param attempts how often it was tried before
 * @param keyId what its text is sealed with where it is kept; {@link MessageSeals#NONE} where it is not
 * @param locked why its text cannot be read, and is empty; null where it can
 */
public record Parcel(
        long seq,
        String lane,
        String endpoint,
        String mailId,
        Letter letter,
        MailThread thread,
        long attempts,
        Instant queuedAt,
        long keyId,
        @Nullable Locked locked) {}
