package belfry.tools.doctor;

import software.amazon.event.ruler.Machine;

/** Whether a subscription's filter policy wants a message; matched as SNS does, by AWS's event-ruler. */
final class Wanted {
    private Wanted() {}

    /** @param body the message; empty where it is not known, which is given the benefit of the doubt */
    static boolean by(String policy, boolean ofBody, String body) {
        if (policy.replaceAll("\\s", "").equals("{}") || (ofBody && body.isEmpty())) {
            return true;
        }
        try {
            Machine machine = Machine.builder().build();
            machine.addRule("wanted", policy);
            return !machine.rulesForJSONEvent(ofBody ? body : "{}").isEmpty();
        } catch (Exception e) {
            // The ruler declares Exception; what it cannot read it does not want.
            return false;
        }
    }
}
