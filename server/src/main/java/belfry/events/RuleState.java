package belfry.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A rule's state, and which recorded calls reach a rule in it (semantics: eventbridge-iam.md §2.1). */
enum RuleState {
    ENABLED,
    DISABLED,
    ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS;

    private static final Pattern READ_VERB = Pattern.compile("(Get|List|Describe).*");
    private static final Set<String> DELIVERED_ALL_THE_SAME = Set.of("GetFederationToken", "GetSessionToken");

    static RuleState of(@Nullable String text) {
        return text == null || text.isEmpty() ? ENABLED : valueOf(text);
    }

    /** Whether a rule in this state hears of the event at all, before its pattern is asked. */
    boolean hears(BusEvent event) {
        return switch (this) {
            case DISABLED -> false;
            case ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS -> true;
            case ENABLED -> !quietRead(event);
        };
    }

    /** The trap: a plain enabled rule never hears of GetSecretValue. */
    private static boolean quietRead(BusEvent event) {
        if (!event.fromTrail()) {
            return false;
        }
        JsonNode detail = event.detail();
        String name = detail.path("eventName").asText();
        return detail.path("managementEvent").asBoolean()
                && detail.path("readOnly").asBoolean()
                && READ_VERB.matcher(name).matches()
                && !DELIVERED_ALL_THE_SAME.contains(name);
    }
}
