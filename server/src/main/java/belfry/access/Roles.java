package belfry.access;

import belfry.api.iam.CreateRoleRequest;
import belfry.api.iam.CreateRoleResponse;
import belfry.api.iam.GetRoleRequest;
import belfry.api.iam.GetRoleResponse;
import belfry.api.iam.ListRolesRequest;
import belfry.api.iam.ListRolesResponse;
import belfry.api.iam.Role;
import belfry.api.iam.RoleLastUsed;
import belfry.api.iam.Tag;
import belfry.api.iam.UpdateAssumeRolePolicyRequest;
import belfry.api.iam.UpdateRoleDescriptionRequest;
import belfry.api.iam.UpdateRoleDescriptionResponse;
import belfry.api.iam.UpdateRoleRequest;
import belfry.api.iam.UpdateRoleResponse;
import belfry.base.Ids;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.NoOutput;
import java.util.List;
import java.util.Objects;

/** Roles and their trust policies. */
final class Roles {
    private static final int DEFAULT_SESSION_SECONDS = 3600;

    private final Ids ids;

    Roles(Ids ids) {
        this.ids = ids;
    }

    CreateRoleResponse create(Tx tx, CreateRoleRequest in, Call call) {
        PolicyText.checkTrust(tx, call.account(), in.assumeRolePolicyDocument());
        Entity role = new Entity(
                call.account(),
                EntityKind.ROLE,
                in.roleName(),
                Entities.uniqueId(ids, EntityKind.ROLE),
                in.path() == null ? "/" : in.path(),
                call.now(),
                in.description(),
                in.assumeRolePolicyDocument(),
                in.maxSessionDuration() == null ? DEFAULT_SESSION_SECONDS : in.maxSessionDuration(),
                Entities.boundary(tx, call, in.permissionsBoundary()),
                TagSet.of(in.tags(), EntityKind.ROLE.title()).json());
        EntityTable.insert(tx, role);
        return new CreateRoleResponse().role(shown(role).roleLastUsed(null));
    }

    static GetRoleResponse get(Tx tx, GetRoleRequest in, Call call) {
        return new GetRoleResponse().role(shown(named(tx, in.roleName(), call)));
    }

    /** Lists leave out tags, boundary and last use, as in AWS. */
    static ListRolesResponse list(Tx tx, ListRolesRequest in, Call call) {
        IamPage<Entity> page = Entities.page(tx, call, EntityKind.ROLE, in.pathPrefix(), in.marker(), in.maxItems());
        return new ListRolesResponse()
                .roles(page.items().stream()
                        .map(role ->
                                shown(role).tags(null).permissionsBoundary(null).roleLastUsed(null))
                        .toList())
                .isTruncated(page.truncated())
                .marker(page.marker());
    }

    static UpdateRoleResponse update(Tx tx, UpdateRoleRequest in, Call call) {
        Entity role = named(tx, in.roleName(), call);
        String description = in.description() == null ? role.description() : in.description();
        Integer session = in.maxSessionDuration() == null ? role.maxSession() : in.maxSessionDuration();
        EntityTable.describe(tx, role, description, session);
        return new UpdateRoleResponse();
    }

    static UpdateRoleDescriptionResponse describe(Tx tx, UpdateRoleDescriptionRequest in, Call call) {
        Entity role = named(tx, in.roleName(), call);
        EntityTable.describe(tx, role, in.description(), role.maxSession());
        return new UpdateRoleDescriptionResponse().role(shown(named(tx, in.roleName(), call)));
    }

    static NoOutput updateTrust(Tx tx, UpdateAssumeRolePolicyRequest in, Call call) {
        Entity role = named(tx, in.roleName(), call);
        PolicyText.checkTrust(tx, call.account(), in.policyDocument());
        EntityTable.setTrust(tx, role, in.policyDocument());
        return NoOutput.INSTANCE;
    }

    static NoOutput delete(Tx tx, String roleName, Call call) {
        Entities.delete(tx, named(tx, roleName, call));
        return NoOutput.INSTANCE;
    }

    static NoOutput bound(Tx tx, String roleName, String policyArn, Call call) {
        return Entities.bound(tx, named(tx, roleName, call), policyArn, call);
    }

    static NoOutput unbound(Tx tx, String roleName, Call call) {
        return Entities.unbound(tx, named(tx, roleName, call));
    }

    static Entity named(Tx tx, String roleName, Call call) {
        return EntityTable.require(tx, call.account(), EntityKind.ROLE, roleName);
    }

    private static Role shown(Entity role) {
        List<Tag> tags = TagSet.read(role.tags()).shown();
        return new Role()
                .path(role.path())
                .roleName(role.name())
                .roleId(role.uniqueId())
                .arn(role.arn())
                .createDate(role.createdAt())
                .assumeRolePolicyDocument(PolicyText.encode(Objects.requireNonNull(role.trust())))
                .description(role.description())
                .maxSessionDuration(role.maxSession())
                .permissionsBoundary(Entities.shownBoundary(role))
                .tags(tags.isEmpty() ? null : tags)
                .roleLastUsed(new RoleLastUsed());
    }
}
