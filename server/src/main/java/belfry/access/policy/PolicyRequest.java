package belfry.access.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a policy is asked: may this principal do this to that, under these circumstances? The circumstances are put together
 * when a statement first looks at one, for most policies look at none. For one thread.
 */
public final class PolicyRequest {
    private final PolicyPrincipal principal;
    private final String lowerAction;
    private final String resource;
    private final Supplier<Map<String, List<String>>> circumstances;
    private @Nullable Map<String, List<String>> context;

    /**
     * A request.
     *
     * @param action {@code service:Operation}, for example {@code s3:PutObject}
     * @param resource an ARN
     * @param circumstances condition keys with their values, names in any case; a key that is absent is absent in the
     *     request, and so is a key with an empty list
     */
    public PolicyRequest(
            PolicyPrincipal principal,
            String action,
            String resource,
            Supplier<Map<String, List<String>>> circumstances) {
        this.principal = Objects.requireNonNull(principal);
        this.lowerAction = action.toLowerCase(Locale.ROOT);
        this.resource = Objects.requireNonNull(resource);
        this.circumstances = circumstances;
    }

    /** A request whose circumstances are known. */
    public PolicyRequest(PolicyPrincipal principal, String action, String resource, Map<String, List<String>> context) {
        this(principal, action, resource, () -> context);
    }

    /** A request whose condition keys have one value each. */
    public static PolicyRequest of(
            PolicyPrincipal principal, String action, String resource, Map<String, String> context) {
        Map<String, List<String>> lists = new HashMap<>();
        context.forEach((key, value) -> lists.put(key, List.of(value)));
        return new PolicyRequest(principal, action, resource, lists);
    }

    PolicyPrincipal principal() {
        return principal;
    }

    /** The action in lower case, for actions are compared so. */
    String lowerAction() {
        return lowerAction;
    }

    String resource() {
        return resource;
    }

    /** The values of a condition key, none where it is absent. */
    List<String> values(String key) {
        Map<String, List<String>> known = context;
        if (known == null) {
            Map<String, List<String>> lower = new HashMap<>();
            circumstances.get().forEach((name, values) -> lower.put(name.toLowerCase(Locale.ROOT), values));
            known = lower;
            context = known;
        }
        return known.getOrDefault(key.toLowerCase(Locale.ROOT), List.of());
    }
}
