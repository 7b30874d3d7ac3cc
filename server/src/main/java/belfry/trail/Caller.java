package belfry.trail;

import belfry.gateway.Principal;

/**
 * Who made a call, as selectors and event history ask for it.
 *
 * @param username for service events the service
 * @param accessKeyId empty where there is none
 */
record Caller(String arn, String username, String accessKeyId) {
    static Caller of(Principal principal) {
        return new Caller(principal.arn(), Identity.username(principal), principal.accessKeyId());
    }

    static Caller service(String name) {
        return new Caller("", name, "");
    }
}
