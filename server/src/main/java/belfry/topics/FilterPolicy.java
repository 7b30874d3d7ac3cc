package belfry.topics;

import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.event.ruler.Machine;

/** Which messages a subscription wants (semantics: sns.md §7). Matching is AWS's own event-ruler. */
final class FilterPolicy {
    private static final String RULE = "wanted";

    private final List<Machine> machines;
    private final boolean ofBody;

    private FilterPolicy(List<Machine> machines, boolean ofBody) {
        this.machines = List.copyOf(machines);
        this.ofBody = ofBody;
    }

    /** Whether a subscription with these attributes wants the message. */
    static boolean wanted(Map<String, String> subscriptionAttributes, Message message) {
        String policy = subscriptionAttributes.get("FilterPolicy");
        if (policy == null) {
            return true;
        }
        boolean ofBody = "MessageBody".equals(subscriptionAttributes.get("FilterPolicyScope"));
        return compile(policy, ofBody).wants(message);
    }

    /**
     * A policy that has passed {@link FilterPolicyRules}.
     *
     * @throws belfry.wire.ServiceException in the ruler's words, where it sees a mistake that the rules did not
     */
    static FilterPolicy compile(String policy, boolean ofBody) {
        try {
            var unused = machine(policy);
            List<Machine> machines = new ArrayList<>();
            for (JsonNode choice : FilterChoices.of(Json.parse(policy))) {
                machines.add(machine(Json.write(choice)));
            }
            return new FilterPolicy(machines, ofBody);
        } catch (IOException e) {
            String said = String.valueOf(e.getMessage());
            throw Faults.invalid("FilterPolicy: " + said.lines().findFirst().orElse(said));
        }
    }

    private static Machine machine(String policy) throws IOException {
        Machine machine = Machine.builder().build();
        machine.addRule(RULE, policy);
        return machine;
    }

    private boolean wants(Message message) {
        try {
            String event = ofBody ? message.body() : attributes(message);
            for (Machine machine : machines) {
                if (!machine.rulesForJSONEvent(event).isEmpty()) {
                    return true;
                }
            }
            return false;
        } catch (Exception e) {
            // The ruler declares Exception. A body that is no JSON object never matches.
            return false;
        }
    }

    private static String attributes(Message message) {
        ObjectNode event = Json.object();
        message.attributes().forEach((name, attribute) -> {
            if (attribute.number()) {
                event.put(name, new BigDecimal(attribute.value()));
            } else if (attribute.type().equals("String.Array")) {
                event.set(name, array(attribute.value()));
            } else if (!attribute.binary()) {
                event.put(name, attribute.value());
            }
        });
        return Json.write(event);
    }

    /** The members of a String.Array; a text that is none counts as its own only member. */
    private static JsonNode array(String text) {
        try {
            if (Json.parse(text) instanceof ArrayNode members) {
                return members;
            }
        } catch (IllegalArgumentException e) {
            // No JSON: matched as the text it is.
        }
        return Json.array().add(text);
    }
}
