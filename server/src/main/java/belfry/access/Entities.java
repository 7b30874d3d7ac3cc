package belfry.access;

import belfry.api.iam.AttachedPermissionsBoundary;
import belfry.base.Ids;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.NoOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What users and roles have in common. */
final class Entities {
    private static final int UNIQUE_ID_LETTERS = 17;

    private Entities() {}

    static String uniqueId(Ids ids, EntityKind kind) {
        return kind.idPrefix() + ids.upperAlphanumeric(UNIQUE_ID_LETTERS);
    }

    static IamPage<Entity> page(
            Tx tx,
            Call call,
            EntityKind kind,
            @Nullable String pathPrefix,
            @Nullable String marker,
            @Nullable Integer maxItems) {
        int limit = IamPage.limit(maxItems);
        String prefix = pathPrefix == null ? "/" : pathPrefix;
        List<Entity> found = EntityTable.list(tx, call.account(), kind, prefix, IamPage.after(marker), limit + 1);
        return IamPage.of(found, limit, Entity::name);
    }

    /** Only what nothing hangs on can be deleted. */
    static void delete(Tx tx, Entity entity) {
        if (!Attachments.of(tx, entity).isEmpty()) {
            throw IamErrors.conflict("Cannot delete entity, must detach all policies first.");
        }
        if (!InlinePolicies.names(tx, entity, "", 1).isEmpty()) {
            throw IamErrors.conflict("Cannot delete entity, must delete policies first.");
        }
        EntityTable.delete(tx, entity);
    }

    /** The boundary as given, which must be a policy that exists. */
    static @Nullable String boundary(Tx tx, Call call, @Nullable String policyArn) {
        if (policyArn != null
                && ManagedTable.find(tx, call.account(), policyArn).isEmpty()) {
            throw IamErrors.noSuchEntity("Scope ARN: " + policyArn + " does not exist or is not attachable.");
        }
        return policyArn;
    }

    static NoOutput bound(Tx tx, Entity entity, String policyArn, Call call) {
        EntityTable.setBoundary(tx, entity, boundary(tx, call, policyArn));
        return NoOutput.INSTANCE;
    }

    static NoOutput unbound(Tx tx, Entity entity) {
        if (entity.boundary() == null) {
            throw IamErrors.noSuchEntity(
                    "The " + entity.kind().word() + " with name " + entity.name() + " has no permissions boundary.");
        }
        EntityTable.setBoundary(tx, entity, null);
        return NoOutput.INSTANCE;
    }

    static @Nullable AttachedPermissionsBoundary shownBoundary(Entity entity) {
        return entity.boundary() == null
                ? null
                : new AttachedPermissionsBoundary()
                        .permissionsBoundaryType("Policy")
                        .permissionsBoundaryArn(entity.boundary());
    }
}
