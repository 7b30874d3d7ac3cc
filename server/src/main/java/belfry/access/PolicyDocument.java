package belfry.access;

import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A policy's text, read and found well formed: JSON, a known version, statements with an effect and actions. Which of
 * principal and resource must stand there depends on where the policy is attached, see {@link Kind}.
 */
public record PolicyDocument(String version, List<PolicyStatement> statements) {
    /** Where a policy is attached, which decides what its statements must say. */
    public enum Kind {
        /** A user's or role's: resources, no principal. */
        IDENTITY,
        /** A role's trust policy: principals, no resource. */
        TRUST,
        /** A secret's, key's, bucket's, topic's: principals and resources. */
        RESOURCE
    }

    private static final Set<String> VERSIONS = Set.of("2012-10-17", "2008-10-17");

    public PolicyDocument {
        statements = List.copyOf(statements);
    }

    /**
     * Reads a policy.
     *
     * @throws IllegalArgumentException where it is malformed; the message is the one IAM gives
     */
    public static PolicyDocument parse(String text, Kind kind) {
        JsonNode root = json(text);
        JsonNode version = root.path("Version");
        if (kind == Kind.IDENTITY && version.isMissingNode()) {
            throw new IllegalArgumentException("Policy document must be version 2012-10-17 or greater.");
        }
        if (!version.isMissingNode() && !VERSIONS.contains(version.asText())) {
            throw syntax();
        }
        JsonNode statement = root.path("Statement");
        if (!statement.isObject() && (!statement.isArray() || statement.isEmpty())) {
            throw syntax();
        }
        List<PolicyStatement> statements = new ArrayList<>();
        for (JsonNode one : statement.isArray() ? statement : List.of(statement)) {
            statements.add(PolicyStatement.read(one, kind));
        }
        return new PolicyDocument(version.asText("2008-10-17"), statements);
    }

    /** Whether someone outside the account is let in unconditionally. */
    public boolean isPublic() {
        return statements.stream().anyMatch(s -> s.allows() && !s.conditional() && s.names("*"));
    }

    /**
     * Whether a statement allows {@code action} to the principal, by its ARN, by its account, or by letting everyone in.
     * Conditions are taken as met: this finds lock-outs, it does not authorise.
     */
    public boolean mayAllow(String principalArn, String account, String action) {
        return statements.stream()
                .filter(s -> s.allows() && s.covers(action))
                .anyMatch(s -> s.names("*")
                        || s.names(principalArn)
                        || s.names(account)
                        || s.names("arn:aws:iam::" + account + ":root"));
    }

    static IllegalArgumentException syntax() {
        return new IllegalArgumentException("Syntax errors in policy.");
    }

    private static JsonNode json(String text) {
        try {
            JsonNode root = Json.parse(text);
            if (root.isObject()) {
                return root;
            }
        } catch (IllegalArgumentException e) {
            // Not JSON at all: the same answer as for any other shape.
        }
        throw syntax();
    }
}
