package belfry.access;

import belfry.access.authorize.CallerPolicies;
import belfry.access.authorize.Evaluation;
import belfry.access.authorize.Verdict;
import belfry.access.policy.Decision;
import belfry.access.policy.MalformedPolicyException;
import belfry.access.policy.PolicyDocument;
import belfry.access.policy.PolicyPrincipal;
import belfry.access.policy.PolicyRequest;
import belfry.api.iam.ContextEntry;
import belfry.api.iam.EvaluationResult;
import belfry.api.iam.PermissionsBoundaryDecisionDetail;
import belfry.api.iam.SimulateCustomPolicyRequest;
import belfry.api.iam.SimulatePolicyResponse;
import belfry.api.iam.SimulatePrincipalPolicyRequest;
import belfry.api.iam.Statement;
import belfry.base.Arn;
import belfry.gateway.Call;
import belfry.gateway.Guarded;
import belfry.store.Tx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What would be allowed: the very evaluation that decides about calls, asked with circumstances that one gives. */
public final class Simulation {
    /** One question: these policies, this caller, these circumstances. */
    private record Question(
            CallerPolicies caller,
            List<SourcePolicy> sources,
            Optional<PolicyDocument> resource,
            PolicyPrincipal principal,
            Map<String, List<String>> context) {}

    SimulatePolicyResponse ofPrincipal(Tx tx, SimulatePrincipalPolicyRequest in, Call call) {
        Entity entity = entity(tx, in.policySourceArn(), call);
        List<SourcePolicy> sources = new ArrayList<>(SourcePolicy.of(tx, entity));
        sources.addAll(SourcePolicy.given(in.policyInputList()));
        Optional<PolicyDocument> boundary = Optional.ofNullable(entity.boundary())
                .map(arn -> parse(ManagedTable.document(tx, entity.account(), arn)))
                .or(() -> given(in.permissionsBoundaryPolicyInputList()).findFirst());
        String caller = in.callerArn() == null ? entity.arn() : in.callerArn();
        Question question =
                question(sources, boundary, in.resourcePolicy(), caller, call.account(), in.contextEntries());
        return answer(question, in.actionNames(), in.resourceArns());
    }

    SimulatePolicyResponse ofPolicies(SimulateCustomPolicyRequest in, Call call) {
        String caller = in.callerArn() == null ? "arn:aws:iam::" + call.account() + ":user/simulated" : in.callerArn();
        Question question = question(
                SourcePolicy.given(in.policyInputList()),
                given(in.permissionsBoundaryPolicyInputList()).findFirst(),
                in.resourcePolicy(),
                caller,
                call.account(),
                in.contextEntries());
        return answer(question, in.actionNames(), in.resourceArns());
    }

    private static Question question(
            List<SourcePolicy> sources,
            Optional<PolicyDocument> boundary,
            @Nullable String resourcePolicy,
            String callerArn,
            String account,
            @Nullable List<ContextEntry> entries) {
        Map<String, List<String>> context = new HashMap<>();
        if (entries != null) {
            entries.forEach(entry -> context.put(
                    String.valueOf(entry.contextKeyName()),
                    entry.contextKeyValues() == null ? List.of() : entry.contextKeyValues()));
        }
        CallerPolicies caller = new CallerPolicies(
                sources.stream().map(SourcePolicy::document).toList(), boundary, List.of(), Map.of());
        return new Question(
                caller,
                sources,
                Optional.ofNullable(resourcePolicy).map(Simulation::parse),
                new PolicyPrincipal.Identity(account, callerArn),
                context);
    }

    private static SimulatePolicyResponse answer(
            Question question, List<String> actions, @Nullable List<String> resources) {
        List<EvaluationResult> results = new ArrayList<>();
        for (String action : actions) {
            for (String resource : resources == null || resources.isEmpty() ? List.of("*") : resources) {
                results.add(result(question, action, resource));
            }
        }
        return new SimulatePolicyResponse().evaluationResults(results).isTruncated(false);
    }

    private static EvaluationResult result(Question question, String action, String resource) {
        PolicyRequest request = new PolicyRequest(question.principal(), action, resource, question.context());
        Verdict verdict = Evaluation.of(question.caller(), question.resource(), Guarded.Rule.BESIDE, request);
        EvaluationResult result = new EvaluationResult()
                .evalActionName(action)
                .evalResourceName(resource)
                .evalDecision(decision(verdict))
                .matchedStatements(matched(question, request, verdict))
                .missingContextValues(missing(question));
        question.caller()
                .boundary()
                .ifPresent(boundary -> result.permissionsBoundaryDecisionDetail(new PermissionsBoundaryDecisionDetail()
                        .allowedByPermissionsBoundary(boundary.evaluate(request) == Decision.ALLOW)));
        return result;
    }

    private static String decision(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Allowed allowed -> "allowed";
            case Verdict.Denied denied -> denied.explicit() ? "explicitDeny" : "implicitDeny";
        };
    }

    private static List<Statement> matched(Question question, PolicyRequest request, Verdict verdict) {
        Decision telling = switch (verdict) {
            case Verdict.Allowed allowed -> Decision.ALLOW;
            case Verdict.Denied denied -> denied.explicit() ? Decision.EXPLICIT_DENY : Decision.ALLOW;
        };
        return question.sources().stream()
                .filter(source -> source.document().evaluate(request) == telling)
                .map(source -> new Statement().sourcePolicyId(source.id()).sourcePolicyType("IAM Policy"))
                .toList();
    }

    /** The keys that a policy looks at and nobody gave. */
    private static List<String> missing(Question question) {
        List<String> given = question.context().keySet().stream()
                .map(key -> key.toLowerCase(Locale.ROOT))
                .toList();
        return question.sources().stream()
                .flatMap(source -> ContextKeys.in(source.document()).stream())
                .distinct()
                .filter(key -> !given.contains(key.toLowerCase(Locale.ROOT)))
                .toList();
    }

    /** The user, group or role of an ARN. */
    static Entity entity(Tx tx, String arn, Call call) {
        String resource = Arn.parse(arn)
                .orElseThrow(() -> IamErrors.invalid(
                        "Invalid Entity Arn: " + arn + " does not clearly define entity" + " type and name."))
                .resource();
        String name = resource.substring(resource.lastIndexOf('/') + 1);
        for (EntityKind kind : EntityKind.values()) {
            if (resource.startsWith(kind.word() + "/")) {
                return EntityTable.require(tx, call.account(), kind, name);
            }
        }
        throw IamErrors.invalid("Invalid Entity Arn: " + arn + " does not clearly define entity type and name.");
    }

    private static Stream<PolicyDocument> given(@Nullable List<String> texts) {
        return texts == null ? Stream.empty() : texts.stream().map(Simulation::parse);
    }

    static PolicyDocument parse(String text) {
        try {
            return PolicyDocument.parse(text);
        } catch (MalformedPolicyException e) {
            throw IamErrors.invalid("Invalid policy: " + e.getMessage());
        }
    }
}
