package belfry.gateway;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One thing that a caller must be allowed to do.
 *
 * @param action as policies write it: {@code secretsmanager:GetSecretValue}
 * @param resource what it is done to
 * @param context condition keys beyond those that every call has
 */
public record Permission(String action, Guarded resource, Map<String, List<String>> context) {
    public Permission {
        Objects.requireNonNull(action);
        Objects.requireNonNull(resource);
        context = Map.copyOf(context);
    }

    public Permission(String action, Guarded resource) {
        this(action, resource, Map.of());
    }
}
