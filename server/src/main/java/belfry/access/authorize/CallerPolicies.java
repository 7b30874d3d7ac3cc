package belfry.access.authorize;

import belfry.access.policy.PolicyDocument;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The policies that a caller brings along, parsed.
 *
 * @param identity its own and its groups'
 * @param boundary what bounds them, if anything
 * @param session what a session was narrowed to when it was made; empty where it was not
 * @param tags the principal's
 */
public record CallerPolicies(
        List<PolicyDocument> identity,
        Optional<PolicyDocument> boundary,
        List<PolicyDocument> session,
        Map<String, String> tags) {
    /** Somebody without any policy. */
    public static final CallerPolicies NONE = new CallerPolicies(List.of(), Optional.empty(), List.of(), Map.of());

    public CallerPolicies {
        identity = List.copyOf(identity);
        session = List.copyOf(session);
        tags = Map.copyOf(tags);
    }

    /** The same for a session: narrowed by its policies, its tags over the principal's. */
    public CallerPolicies narrowed(List<PolicyDocument> to, Map<String, String> sessionTags) {
        // Tags' names differ by more than their case.
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(tags);
        all.putAll(sessionTags);
        return new CallerPolicies(identity, boundary, to, all);
    }
}
