package belfry.gateway;

import belfry.wire.WireRequest;
import java.util.Locale;

/** Tells people with a browser from programs. */
final class Browsers {
    private Browsers() {}

    /** Whether HTML is asked for, and nothing is signed: no tool of AWS does that. */
    static boolean looks(WireRequest request) {
        return request.headers().firstOr("Accept", "").toLowerCase(Locale.ROOT).contains("text/html")
                && request.headers().firstOr("Authorization", "").isEmpty()
                && !request.rawQuery().contains("X-Amz-");
    }
}
