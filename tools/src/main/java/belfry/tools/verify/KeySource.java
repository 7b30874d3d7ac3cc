package belfry.tools.verify;

import java.io.IOException;
import java.time.Instant;

/** Where public keys come from. */
@FunctionalInterface
interface KeySource {
    /** Nowhere: what was saved must do. */
    KeySource NONE = (region, from, to, proof) -> {};

    /** Adds the keys that may have signed the region's digests of that time. */
    void load(String region, Instant from, Instant to, Proof proof) throws IOException;
}
