package belfry.access.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What a policy is asked: may this principal do this to that, under these circumstances?
 *
 * @param action {@code service:Operation}, for example {@code s3:PutObject}
 * @param resource an ARN
 * @param context condition keys with their values; names are kept in lower case, for they are compared so. A key that is
 *     absent is absent in the request; a key with an empty list is too
 */
public record PolicyRequest(
        PolicyPrincipal principal, String action, String resource, Map<String, List<String>> context) {
    public PolicyRequest {
        Objects.requireNonNull(principal);
        Objects.requireNonNull(action);
        Objects.requireNonNull(resource);
        Map<String, List<String>> lower = new HashMap<>();
        context.forEach((key, values) -> lower.put(key.toLowerCase(Locale.ROOT), List.copyOf(values)));
        context = Map.copyOf(lower);
    }

    /** A request whose condition keys have one value each. */
    public static PolicyRequest of(
            PolicyPrincipal principal, String action, String resource, Map<String, String> context) {
        Map<String, List<String>> lists = new HashMap<>();
        context.forEach((key, value) -> lists.put(key, List.of(value)));
        return new PolicyRequest(principal, action, resource, lists);
    }

    /** The values of a condition key, none where it is absent. */
    List<String> values(String key) {
        return context.getOrDefault(key.toLowerCase(Locale.ROOT), List.of());
    }
}
