package belfry.access.policy;

/** The text is no policy. The message says what is wrong with it; services answer it under codes of their own. */
public final class MalformedPolicyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Which part is wrong, for services that have words of their own for it. */
    public enum Part {
        JSON,
        VERSION,
        STATEMENT,
        EFFECT,
        PRINCIPAL,
        ACTION,
        RESOURCE,
        CONDITION
    }

    private final Part part;

    MalformedPolicyException(Part part, String message) {
        super(message, null, false, false);
        this.part = part;
    }

    public Part part() {
        return part;
    }
}
