package belfry.trail;

import belfry.api.cloudtrail.ListPublicKeysRequest;
import belfry.api.cloudtrail.ListPublicKeysResponse;
import belfry.api.cloudtrail.PublicKey;
import belfry.gateway.Call;
import belfry.wire.ServiceException;
import java.time.Instant;

/** ListPublicKeys: what digests of a time are verified with (semantics: cloudtrail.md §5.2). */
final class PublicKeys {
    private PublicKeys() {}

    static ListPublicKeysResponse list(ListPublicKeysRequest in, Call call) {
        if (in.nextToken() != null) {
            // All keys of a time are a handful and come in one answer.
            throw ServiceException.of("InvalidTokenException", "The token is not valid.");
        }
        Instant from = in.startTime() == null ? call.now() : in.startTime();
        Instant to = in.endTime() == null ? call.now() : in.endTime();
        if (from.isAfter(to)) {
            throw ServiceException.of(
                    "InvalidTimeRangeException", "The start time must not be later than the end time.");
        }
        return call.read(tx -> new ListPublicKeysResponse()
                .publicKeyList(SigningKeys.between(tx, call.region(), from, to).stream()
                        .map(PublicKeys::shown)
                        .toList()));
    }

    private static PublicKey shown(SigningKeys.Kept key) {
        return new PublicKey()
                .value(key.publicKey())
                .validityStartTime(key.validFrom())
                .validityEndTime(key.validTo())
                .fingerprint(key.fingerprint());
    }
}
