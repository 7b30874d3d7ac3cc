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
    public void authorize(Call call, String service, String operation, @Nullable Struct input) {
        ActionTable table = tables.computeIfAbsent(service, ActionTable::of);
        List<Need> needs = table.needs(operation).orElseGet(() -> table.unknown(operation));
        boolean root = call.principal() instanceof Principal.Root;
        if (nobody(call) || (root && needs.stream().noneMatch(NamedResources::mayHavePolicy))) {
            return;
        }
        Members members = Members.of(shape(service, operation), input);
        List<Need> asked = needs.stream().filter(need -> need.asked(members)).toList();
        if (asked.isEmpty()) {
            return;
        }
        Map<String, List<String>> request = RequestContext.ofRequest(table, members);
        boolean done = call.read(tx -> {
            CallerPolicies caller = callers.of(tx, call.principal());
            for (Need need : asked) {
                for (Guarded resource : resources.of(need, tx, call, members)) {
                    check(service, call, caller, new Permission(need.action(), resource, with(request, need)));
                }
            }
            return true;
        });
        assert done;
    }

    @Override
    public void require(Call call, Tx tx, Permission permission) {
        if (!nobody(call)) {
            String service =
                    permission.action().substring(0, permission.action().indexOf(':'));
            check(service, call, callers.of(tx, call.principal()), permission);
        }
    }

    /** The authenticator lets nobody in unsigned but for operations whose request carries a token. */
    private static boolean nobody(Call call) {
        return call.principal() instanceof Principal.Anonymous;
    }

    private void check(String service, Call call, CallerPolicies caller, Permission permission) {
        switch (verdict(call, caller, permission)) {
            case Verdict.Allowed allowed -> {
                // On to the next.
            }
            case Verdict.Denied denied ->
                throw Refusal.of(service, call.principal().arn(), permission, denied);
        }
    }

    private Verdict verdict(Call call, CallerPolicies caller, Permission permission) {
        Guarded resource = permission.resource();
        boolean root = call.principal() instanceof Principal.Root;
        if (root && (resource.policy() == null || ROOT_ALWAYS.contains(permission.action()))) {
            return new Verdict.Allowed();
        }
        Map<String, List<String>> context = RequestContext.of(call, caller);
        context.putAll(resource.facts());
        context.putAll(permission.context());
        PolicyRequest request =
                new PolicyRequest(Callers.named(call.principal()), permission.action(), resource.arn(), context);
        Optional<PolicyDocument> policy = Optional.ofNullable(resource.policy()).map(parsed::parse);
        return root
                ? Evaluation.ofRoot(policy, resource.rule(), request)
                : Evaluation.of(caller, policy, resource.rule(), request);
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
