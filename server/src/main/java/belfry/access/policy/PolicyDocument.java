package belfry.access.policy;

import belfry.access.policy.MalformedPolicyException.Part;
import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A policy: an identity's own, or one that hangs on a bucket, topic, queue, key, secret or role. Parsed once, it is an
 * immutable value that may be asked by many threads. Whether a document fits its place (a bucket's policy needs
 * principals, an identity's must have none) is for the service to check on {@link #statements()}.
 *
 * <p>Semantics: eventbridge-iam.md §6.2 and §6.3.
 */
public final class PolicyDocument {
    private static final String CURRENT = "2012-10-17";
    private static final String OLD = "2008-10-17";
    private static final Set<String> MEMBERS = Set.of("Version", "Id", "Statement");

    private final String version;
    private final List<Statement> statements;

    private PolicyDocument(String version, List<Statement> statements) {
        this.version = version;
        this.statements = List.copyOf(statements);
    }

    /**
     * Reads a policy.
     *
     * @throws MalformedPolicyException where the text is none
     */
    public static PolicyDocument parse(String text) {
        JsonNode json = json(text);
        for (String name : (Iterable<String>) json::fieldNames) {
            if (!MEMBERS.contains(name)) {
                throw new MalformedPolicyException(Part.STATEMENT, "unknown field " + name);
            }
        }
        String version = json.path("Version").asText(OLD);
        if (!version.equals(CURRENT) && !version.equals(OLD)) {
            throw new MalformedPolicyException(Part.VERSION, "The policy must contain a valid version string");
        }
        return new PolicyDocument(version, statements(json.get("Statement"), version.equals(CURRENT)));
    }

    /** {@code 2012-10-17}, or {@code 2008-10-17} where the document says so or nothing. */
    public String version() {
        return version;
    }

    public List<Statement> statements() {
        return statements;
    }

    /** What this policy alone says of the request: a deny outweighs every allow. */
    public Decision evaluate(PolicyRequest request) {
        Decision decision = Decision.IMPLICIT_DENY;
        for (Statement statement : statements) {
            if (statement.applies(request)) {
                if (statement.effect() == Effect.DENY) {
                    return Decision.EXPLICIT_DENY;
                }
                decision = Decision.ALLOW;
            }
        }
        return decision;
    }

    /**
     * How closely the allowing statements that apply name the caller; {@link Reach#NONE} where none applies. Denials are
     * {@link #evaluate}'s business. A statement without a principal speaks of whoever holds the policy.
     */
    public Reach granted(PolicyRequest request) {
        Reach best = Reach.NONE;
        for (Statement statement : statements) {
            if (statement.effect() == Effect.ALLOW && statement.applies(request)) {
                Reach reach = statement.reach(request.principal());
                best = reach.compareTo(best) > 0 ? reach : best;
            }
        }
        return best;
    }

    private static JsonNode json(String text) {
        try {
            JsonNode json = Json.parse(text);
            if (json.isObject()) {
                return json;
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedPolicyException(Part.JSON, String.valueOf(e.getMessage()));
        }
        throw new MalformedPolicyException(Part.JSON, "a policy must be an object");
    }

    private static List<Statement> statements(@Nullable JsonNode json, boolean variables) {
        List<Statement> statements = new ArrayList<>();
        if (json != null && json.isArray()) {
            json.forEach(item -> statements.add(new Statement(new StatementReader(item, variables))));
        } else if (json != null) {
            statements.add(new Statement(new StatementReader(json, variables)));
        }
        if (statements.isEmpty()) {
            throw new MalformedPolicyException(Part.STATEMENT, "Missing required field Statement");
        }
        return statements;
    }
}
