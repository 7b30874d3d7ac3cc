package belfry.events;

import belfry.access.authorize.ResourceFinder;
import belfry.gateway.Guarded;
import java.util.Map;

/** Rules as those who decide about access see them: named by themselves on the default bus, else below their bus. */
public final class GuardedRules {
    private static final String DEFAULT = "default";

    private GuardedRules() {}

    /** By the kinds that the tables of actions write. */
    public static Map<String, ResourceFinder> finders() {
        return Map.of("rule", (tx, call, typed, members) -> {
            String given = members.text("EventBusName").orElse(DEFAULT);
            String bus = given.substring(given.lastIndexOf('/') + 1);
            String name = typed.orElse("*");
            String path = bus.equals(DEFAULT) ? name : bus + "/" + name;
            return Guarded.of(call.arn("events", "rule/" + path).toString());
        });
    }
}
