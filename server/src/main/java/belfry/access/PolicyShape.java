package belfry.access;

import belfry.access.policy.MalformedPolicyException;
import belfry.access.policy.PolicyDocument;
import belfry.access.policy.Statement;

/** Whether a policy fits the place where it is attached, which decides what its statements must say. */
public enum PolicyShape {
    /** A user's, a role's, a managed policy: resources, no principal. */
    IDENTITY,
    /** A role's trust policy: principals, no resource. */
    TRUST,
    /** A secret's or key's policy: principals and resources. */
    RESOURCE;

    /**
     * Reads a policy for this place.
     *
     * @throws IllegalArgumentException where it is malformed or does not fit; the message is fit for the caller
     */
    public PolicyDocument read(String text) {
        PolicyDocument document = parse(text);
        document.statements().forEach(this::check);
        return document;
    }

    /** Whether a policy lets in callers that it does not fix. */
    public static boolean isPublic(PolicyDocument document) {
        return document.statements().stream().anyMatch(Statement::opensToEveryone);
    }

    private static PolicyDocument parse(String text) {
        try {
            return PolicyDocument.parse(text);
        } catch (MalformedPolicyException e) {
            throw new IllegalArgumentException(
                    switch (e.part()) {
                        case JSON, STATEMENT, EFFECT, PRINCIPAL, RESOURCE, CONDITION -> "Syntax errors in policy.";
                        case VERSION -> "Policy document must be version 2012-10-17 or greater.";
                        case ACTION -> "Policy statement must contain actions.";
                    },
                    e);
        }
    }

    private void check(Statement statement) {
        boolean principal = statement.principal().isPresent();
        boolean resource = !statement.resources().isEmpty();
        switch (this) {
            case IDENTITY -> {
                require(resource, "Policy statement must contain resources.");
                require(!principal, "Policy document should not specify a principal.");
            }
            case TRUST -> {
                require(principal, "Missing required field Principal");
                require(!resource, "Has prohibited field Resource");
            }
            case RESOURCE -> {
                require(principal, "Missing required field Principal");
                require(resource, "Missing required field Resource");
            }
        }
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
