package belfry.access;

import belfry.api.iam.AttachedPolicy;
import belfry.api.iam.Tag;
import belfry.store.Tx;
import belfry.wire.NoOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is done alike to users and to roles: inline policies, attachments, tags. */
final class EntityPolicies {
    private EntityPolicies() {}

    static NoOutput put(Tx tx, Entity entity, String policy, String document) {
        InlinePolicies.put(tx, entity, policy, document);
        return NoOutput.INSTANCE;
    }

    static NoOutput delete(Tx tx, Entity entity, String policy) {
        InlinePolicies.delete(tx, entity, policy);
        return NoOutput.INSTANCE;
    }

    static IamPage<String> names(Tx tx, Entity entity, @Nullable String marker, @Nullable Integer maxItems) {
        int limit = IamPage.limit(maxItems);
        return IamPage.of(InlinePolicies.names(tx, entity, IamPage.after(marker), limit + 1), limit, name -> name);
    }

    static NoOutput attach(Tx tx, Entity entity, String policyArn) {
        Attachments.attach(tx, entity, policyArn);
        return NoOutput.INSTANCE;
    }

    static NoOutput detach(Tx tx, Entity entity, String policyArn) {
        Attachments.detach(tx, entity, policyArn);
        return NoOutput.INSTANCE;
    }

    static IamPage<AttachedPolicy> attached(
            Tx tx, Entity entity, @Nullable String pathPrefix, @Nullable String marker, @Nullable Integer maxItems) {
        int limit = IamPage.limit(maxItems);
        String prefix = pathPrefix == null ? "/" : pathPrefix;
        String after = IamPage.after(marker);
        List<AttachedPolicy> found = Attachments.of(tx, entity).stream()
                .filter(policy ->
                        policy.path().startsWith(prefix) && policy.arn().compareTo(after) > 0)
                .map(policy -> new AttachedPolicy().policyName(policy.name()).policyArn(policy.arn()))
                .toList();
        return IamPage.of(found, limit, AttachedPolicy::policyArn);
    }

    static NoOutput tag(Tx tx, Entity entity, List<Tag> tags) {
        EntityTable.setTags(
                tx,
                entity,
                TagSet.read(entity.tags()).add(tags, entity.kind().title()).json());
        return NoOutput.INSTANCE;
    }

    static NoOutput untag(Tx tx, Entity entity, List<String> keys) {
        EntityTable.setTags(tx, entity, TagSet.read(entity.tags()).remove(keys).json());
        return NoOutput.INSTANCE;
    }
}
