package belfry.access.authorize;

import belfry.access.policy.PolicyDocument;
import belfry.access.policy.PolicyRequest;
import belfry.api.Services;
import belfry.gateway.Authorizer;
import belfry.gateway.Call;
import belfry.gateway.Guarded;
import belfry.gateway.Permission;
import belfry.gateway.Principal;
import belfry.store.Tx;
import belfry.wire.ServiceDescriptor;
import belfry.wire.Shape;
import belfry.wire.Struct;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Secured mode: everything is denied that no policy allows. Asks every permission that the operation's table names; an
 * operation that no table knows is asked for on everything.
 */
public final class PolicyAuthorizer implements Authorizer {
    /** The account can always undo a bucket policy that locks it out. */
    private static final Set<String> ROOT_ALWAYS =
            Set.of("s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy");

    private final CallerSource callers;
    private final NamedResources resources;
    private final ParsedPolicies parsed;
    private final Map<String, ActionTable> tables = new ConcurrentHashMap<>();
    private final Map<String, ServiceDescriptor> services = new HashMap<>();

    /** @param finders by the kinds that the tables write */
    public PolicyAuthorizer(CallerSource callers, Map<String, ResourceFinder> finders, ParsedPolicies parsed) {
        this.callers = callers;
        this.resources = new NamedResources(finders);
        this.parsed = parsed;
        Services.ALL.forEach(service -> services.put(service.name(), service));
    }

    @Override
    public Permit authorize(Call call, String service, String operation, @Nullable Struct input) {
        if (call.principal() instanceof Principal.Anonymous) {
            // The authenticator lets nobody in unsigned but for operations whose request carries a token.
            return (tx, permission) -> {};
        }
        Asker asker = new Asker(call, service);
        ActionTable table = tables.computeIfAbsent(service, ActionTable::of);
        List<Need> needs = table.needs(operation).orElseGet(() -> table.unknown(operation));
        boolean root = call.principal() instanceof Principal.Root;
        if (root && needs.stream().noneMatch(NamedResources::mayHavePolicy)) {
            return asker;
        }
        Members members = Members.of(shape(service, operation), input);
        List<Need> asked = needs.stream().filter(need -> need.asked(members)).toList();
        if (!asked.isEmpty()) {
            Map<String, List<String>> request = RequestContext.ofRequest(table, members);
            boolean done = call.read(tx -> {
                for (Need need : asked) {
                    for (Guarded resource : resources.of(need, tx, call, members)) {
                        asker.require(tx, new Permission(need.action(), resource, with(request, need)));
                    }
                }
                return true;
            });
            assert done;
        }
        return asker;
    }

    /** One call's questions; its caller's policies are read once. */
    private final class Asker implements Permit {
        private final Call call;
        private final String service;
        private @Nullable CallerPolicies caller;

        Asker(Call call, String service) {
            this.call = call;
            this.service = service;
        }

        @Override
        public void require(Tx tx, Permission permission) {
            CallerPolicies known = caller;
            if (known == null) {
                known = callers.of(tx, call.principal());
                caller = known;
            }
            switch (verdict(call, known, permission)) {
                case Verdict.Allowed allowed -> {
                    // On to the next.
                }
                case Verdict.Denied denied ->
                    throw Refusal.of(service, call.principal().arn(), permission, denied);
            }
        }
    }

    private Verdict verdict(Call call, CallerPolicies caller, Permission permission) {
        Guarded resource = permission.resource();
        boolean root = call.principal() instanceof Principal.Root;
        if (root && (resource.policy() == null || ROOT_ALWAYS.contains(permission.action()))) {
            return new Verdict.Allowed();
        }
        PolicyRequest request = new PolicyRequest(
                Callers.named(call.principal()),
                permission.action(),
                resource.arn(),
                () -> circumstances(call, caller, permission));
        Optional<PolicyDocument> policy = Optional.ofNullable(resource.policy()).map(parsed::parse);
        return root
                ? Evaluation.ofRoot(policy, resource.rule(), request)
                : Evaluation.of(caller, policy, resource.rule(), request);
    }

    private static Map<String, List<String>> circumstances(Call call, CallerPolicies caller, Permission permission) {
        Map<String, List<String>> context = RequestContext.of(call, caller);
        // What is known more closely counts, however its key is written.
        permission.resource().facts().forEach((key, values) -> context.put(key.toLowerCase(Locale.ROOT), values));
        permission.context().forEach((key, values) -> context.put(key.toLowerCase(Locale.ROOT), values));
        return context;
    }

    private static Map<String, List<String>> with(Map<String, List<String>> request, Need need) {
        if (need.with().isEmpty()) {
            return request;
        }
        Map<String, List<String>> more = new HashMap<>(request);
        need.with().forEach((key, value) -> more.put(key, List.of(value)));
        return more;
    }

    private @Nullable Shape shape(String service, String operation) {
        ServiceDescriptor known = services.get(service);
        return known == null ? null : known.model().operation(operation).input();
    }
}
