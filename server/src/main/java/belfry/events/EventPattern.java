package belfry.events;

import belfry.base.Json;
import belfry.wire.ServiceException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import software.amazon.event.ruler.GenericMachine;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.MachineComplexityEvaluator;

/**
 * Event patterns. Matching is AWS's own event-ruler; so are the words of its complaints (semantics: eventbridge-iam.md
 * §3).
 */
final class EventPattern {
    private static final int LENGTH_MAX = 4_096;
    /** So many wildcard states at once AWS finds too complex; the bound lies between 8 and 11 (decision 0772). */
    private static final int COMPLEXITY_MAX = 11;

    private EventPattern() {}

    /**
     * Refuses a pattern that is none.
     *
     * @throws ServiceException {@code InvalidEventPatternException}
     */
    static void check(String pattern) {
        if (pattern.length() > LENGTH_MAX) {
            throw Faults.pattern("Event pattern is longer than " + LENGTH_MAX + " characters");
        }
        GenericMachine<String> machine = GenericMachine.<String>builder().build();
        add(machine, "checked", pattern);
        int complexity = machine.evaluateComplexity(new MachineComplexityEvaluator(COMPLEXITY_MAX));
        if (complexity >= COMPLEXITY_MAX) {
            throw Faults.pattern("Rule is too complex - try using fewer wildcard characters or fewer repeating"
                    + " character sequences after a wildcard character");
        }
    }

    /** Adds a rule to a machine. */
    static <T> void add(GenericMachine<T> machine, T rule, String pattern) {
        try {
            JsonRuleCompiler.compile(pattern).forEach(alternative -> machine.addPatternRule(rule, alternative));
        } catch (IOException | IllegalArgumentException e) {
            throw Faults.pattern(String.valueOf(e.getMessage()));
        }
    }

    /** Whether a pattern that passes {@link #check} wants the event. */
    static boolean matches(String pattern, JsonNode event) {
        GenericMachine<String> machine = GenericMachine.<String>builder().build();
        add(machine, "asked", pattern);
        return !machine.rulesForJSONEvent(Json.parse(Json.write(event))).isEmpty();
    }
}
