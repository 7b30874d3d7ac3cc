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
        CallerPolicies own = switch (principal) {
            case Principal.Root root -> CallerPolicies.NONE;
            case Principal.Anonymous nobody -> CallerPolicies.NONE;
            case Principal.IamUser user -> still(tx, user.account(), EntityKind.USER, user.userName(), user.userId());
            case Principal.AssumedRole role ->
                still(tx, role.account(), EntityKind.ROLE, role.roleName(), role.roleId());
        };
        return Sessions.holder(tx, principal.accessKeyId())
                .map(session -> own.narrowed(
                        session.policies().stream().map(parsed::parse).toList(), session.tags()))
                .orElse(own);
    }

    /** Nothing for one who is gone, be there another of that name. */
    private CallerPolicies still(Tx tx, String account, EntityKind kind, String name, String uniqueId) {
        return EntityTable.find(tx, account, kind, name)
                .filter(entity -> entity.uniqueId().equals(uniqueId))
                .map(entity -> of(tx, entity))
                .orElse(CallerPolicies.NONE);
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

    /** The texts of an entity's policies, inline and attached, and of a user's groups. */
    static List<String> documents(Tx tx, Entity entity) {
        List<String> texts = new ArrayList<>(own(tx, entity));
        if (entity.kind() == EntityKind.USER) {
            GroupMembers.groupsOf(tx, entity).forEach(group -> texts.addAll(own(tx, group)));
        }
        return texts;
    }

    private static List<String> own(Tx tx, Entity entity) {
        List<String> texts = new ArrayList<>(InlinePolicies.documents(tx, entity));
        Attachments.of(tx, entity)
                .forEach(policy -> texts.add(ManagedTable.document(tx, entity.account(), policy.arn())));
        return texts;
    }
}
