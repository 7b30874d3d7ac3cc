package belfry.wire;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which operation of a restXml service a request means: by method, number of path labels, sub-resource ({@code ?policy})
 * and by the headers and parameters that an operation requires ({@code x-amz-copy-source}, {@code uploadId}).
 */
final class RestRoutes {
    /** Parameters that clients add for their own logs. */
    private static final String CLIENT_HINT = "x-id";

    /**
     * An operation's address.
     *
     * @param labels names of the path's labels, at most a bucket and a key
     * @param fixed query parameters that the operation's address contains, with their values
     */
    private record Route(Operation operation, List<String> labels, Map<String, String> fixed, int specificity) {}

    private final List<Route> routes = new ArrayList<>();
    private final Set<String> subResources = new HashSet<>();

    RestRoutes(ServiceModel model) {
        for (String name : model.service().operations()) {
            Operation operation = model.operation(name);
            if (!operation.deprecated() && !operation.uri().startsWith("/WriteGetObjectResponse")) {
                add(operation);
            }
        }
        // ListDirectoryBuckets has the address of ListBuckets, at an endpoint of its own; the sort keeps the order.
        routes.sort(Comparator.comparingInt(Route::specificity).reversed());
    }

    private void add(Operation operation) {
        String[] parts = operation.uri().split("\\?", 2);
        Map<String, String> fixed = new HashMap<>();
        if (parts.length == 2) {
            QueryString.parse(parts[1]).parameters().forEach(p -> fixed.put(p.name(), p.value()));
        }
        subResources.addAll(fixed.keySet());
        List<String> labels = new ArrayList<>();
        for (String label : parts[0].substring(1).split("/")) {
            if (!label.isEmpty()) {
                labels.add(label.replaceAll("[{}+]", ""));
            }
        }
        routes.add(new Route(operation, labels, fixed, 100 * fixed.size() + required(operation)));
    }

    private static int required(Operation operation) {
        Shape input = operation.input();
        return input == null
                ? 0
                : (int) input.members().stream().filter(RestRoutes::decides).count();
    }

    private static boolean decides(Member member) {
        return member.required()
                && (member.location() == Member.Location.QUERY || member.location() == Member.Location.HEADER);
    }

    /** The operation and its path labels' values, or null where the method is not allowed on the resource. */
    @Nullable
    RestMatch match(String method, String rawPath, QueryString query, Headers headers) {
        List<String> segments = segments(rawPath);
        for (Route route : routes) {
            if (route.operation.method().equals(method)
                    && route.labels.size() == segments.size()
                    && addressed(route, query)
                    && complete(route, query, headers)) {
                Map<String, String> labels = new HashMap<>();
                for (int i = 0; i < segments.size(); i++) {
                    labels.put(route.labels.get(i), segments.get(i));
                }
                return new RestMatch(route.operation, labels);
            }
        }
        return null;
    }

    /** The bucket, and the key with all its slashes. */
    private static List<String> segments(String rawPath) {
        String path = rawPath.startsWith("/") ? rawPath.substring(1) : rawPath;
        int slash = path.indexOf('/');
        if (path.isEmpty()) {
            return List.of();
        }
        if (slash < 0 || slash == path.length() - 1) {
            return List.of(Percent.decode(slash < 0 ? path : path.substring(0, slash)));
        }
        return List.of(Percent.decode(path.substring(0, slash)), Percent.decode(path.substring(slash + 1)));
    }

    /** A sub-resource that the route does not name must not be dropped: DELETE ?acl is not the bucket's deletion. */
    private boolean addressed(Route route, QueryString query) {
        for (QueryString.Parameter parameter : query.parameters()) {
            if (subResources.contains(parameter.name())
                    && !route.fixed.containsKey(parameter.name())
                    && !parameter.name().equals(CLIENT_HINT)) {
                return false;
            }
        }
        return route.fixed.entrySet().stream().allMatch(fixed -> {
            String value = query.first(fixed.getKey());
            return value != null
                    && (fixed.getValue().isEmpty() || fixed.getValue().equals(value));
        });
    }

    private static boolean complete(Route route, QueryString query, Headers headers) {
        Shape input = route.operation.input();
        return input == null
                || input.members().stream()
                        .filter(RestRoutes::decides)
                        .allMatch(m -> m.location() == Member.Location.QUERY
                                ? query.has(m.wireName())
                                : headers.has(m.wireName()));
    }
}
