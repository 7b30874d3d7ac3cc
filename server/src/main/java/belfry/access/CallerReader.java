package belfry.access;

import belfry.access.authorize.CallerPolicies;
import belfry.access.authorize.CallerSource;
import belfry.access.authorize.ParsedPolicies;
import belfry.access.policy.PolicyDocument;
import belfry.gateway.Principal;
import belfry.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a caller's policies: its own, those attached to it, its groups', its boundary. */
public final class CallerReader implements CallerSource {
    private final ParsedPolicies parsed;

    public CallerReader(ParsedPolicies parsed) {
        this.parsed = parsed;
    }

    @Override
    public CallerPolicies of(Tx tx, Principal principal) {
        return switch (principal) {
            case Principal.Root root -> CallerPolicies.NONE;
            case Principal.Anonymous nobody -> CallerPolicies.NONE;
            case Principal.IamUser user ->
                EntityTable.find(tx, user.account(), EntityKind.USER, user.userName())
                        .filter(entity -> entity.uniqueId().equals(user.userId()))
                        .map(entity -> of(tx, entity))
                        .orElse(CallerPolicies.NONE);
            case Principal.AssumedRole role ->
                EntityTable.find(tx, role.account(), EntityKind.ROLE, role.roleName())
                        .filter(entity -> entity.uniqueId().equals(role.roleId()))
                        .map(entity -> of(tx, entity))
                        .orElse(CallerPolicies.NONE);
        };
    }

    /** The policies of a user or role. */
    CallerPolicies of(Tx tx, Entity entity) {
        List<PolicyDocument> identity = new ArrayList<>();
        documents(tx, entity).forEach(text -> identity.add(parsed.parse(text)));
        Optional<PolicyDocument> boundary = Optional.ofNullable(entity.boundary())
                .map(arn -> parsed.parse(ManagedTable.document(tx, entity.account(), arn)));
        return new CallerPolicies(
                identity, boundary, List.of(), TagSet.read(entity.tags()).map());
    }

    /** The texts of an entity's policies, inline and attached. */
    static List<String> documents(Tx tx, Entity entity) {
        List<String> texts = new ArrayList<>(InlinePolicies.documents(tx, entity));
        Attachments.of(tx, entity)
                .forEach(policy -> texts.add(ManagedTable.document(tx, entity.account(), policy.arn())));
        return texts;
    }
}
