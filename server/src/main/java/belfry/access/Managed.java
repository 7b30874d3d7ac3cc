package belfry.access;

import belfry.access.ManagedTable.PolicyVersionRow;
import belfry.api.iam.CreatePolicyRequest;
import belfry.api.iam.CreatePolicyResponse;
import belfry.api.iam.CreatePolicyVersionRequest;
import belfry.api.iam.CreatePolicyVersionResponse;
import belfry.api.iam.DeletePolicyVersionRequest;
import belfry.api.iam.GetPolicyVersionRequest;
import belfry.api.iam.GetPolicyVersionResponse;
import belfry.api.iam.ListEntitiesForPolicyRequest;
import belfry.api.iam.ListEntitiesForPolicyResponse;
import belfry.api.iam.ListPoliciesRequest;
import belfry.api.iam.ListPoliciesResponse;
import belfry.api.iam.ListPolicyVersionsResponse;
import belfry.api.iam.Policy;
import belfry.api.iam.PolicyGroup;
import belfry.api.iam.PolicyRole;
import belfry.api.iam.PolicyUser;
import belfry.api.iam.PolicyVersion;
import belfry.api.iam.SetDefaultPolicyVersionRequest;
import belfry.api.iam.Tag;
import belfry.base.Ids;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.NoOutput;
import belfry.wire.ServiceException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Managed policies of the account, with up to five versions each, and what is asked of {@link AwsPolicies AWS's own}. */
final class Managed {
    private static final int VERSIONS_MAX = 5;
    private static final int UNIQUE_ID_LETTERS = 17;

    private final Ids ids;

    Managed(Ids ids) {
        this.ids = ids;
    }

    CreatePolicyResponse create(Tx tx, CreatePolicyRequest in, Call call) {
        PolicyText.checkIdentity(in.policyDocument());
        String path = in.path() == null ? "/" : in.path();
        ManagedTable.Managed policy = new ManagedTable.Managed(
                call.account(),
                "arn:aws:iam::" + call.account() + ":policy" + path + in.policyName(),
                in.policyName(),
                path,
                "ANPA" + ids.upperAlphanumeric(UNIQUE_ID_LETTERS),
                in.description(),
                TagSet.of(in.tags(), "Policy").json(),
                1,
                1,
                call.now(),
                call.now());
        ManagedTable.insert(tx, policy);
        ManagedTable.addVersion(tx, policy, 1, in.policyDocument(), call.now());
        return new CreatePolicyResponse().policy(shown(tx, policy).description(null));
    }

    static Policy get(Tx tx, String arn, Call call) {
        return shown(tx, named(tx, arn, call));
    }

    static ListPoliciesResponse list(Tx tx, ListPoliciesRequest in, Call call) {
        int limit = IamPage.limit(in.maxItems());
        String prefix = in.pathPrefix() == null ? "/" : in.pathPrefix();
        List<ManagedTable.Managed> found = inScope(tx, in.scope(), prefix, IamPage.after(in.marker()), limit + 1, call);
        IamPage<ManagedTable.Managed> page = IamPage.of(found, limit, ManagedTable.Managed::name);
        boolean attached = Boolean.TRUE.equals(in.onlyAttached());
        return new ListPoliciesResponse()
                .policies(page.items().stream()
                        .map(policy -> shown(tx, policy).description(null).tags(null))
                        .filter(policy -> !attached || policy.attachmentCount() > 0)
                        .filter(policy -> usedAs(policy, in.policyUsageFilter()))
                        .toList())
                .isTruncated(page.truncated())
                .marker(page.marker());
    }

    private static List<ManagedTable.Managed> inScope(
            Tx tx, @Nullable String scope, String prefix, String after, int limit, Call call) {
        List<ManagedTable.Managed> all = new ArrayList<>();
        if (!"AWS".equals(scope)) {
            all.addAll(ManagedTable.list(tx, call.account(), prefix, after, limit));
        }
        if (!"Local".equals(scope)) {
            all.addAll(AwsPolicies.list(call.account(), prefix, after));
        }
        all.sort(Comparator.comparing(ManagedTable.Managed::name));
        return all.subList(0, Math.min(limit, all.size()));
    }

    static NoOutput delete(Tx tx, String arn, Call call) {
        ManagedTable.Managed policy = own(tx, arn, call);
        if (Attachments.count(tx, policy) + Attachments.boundaries(tx, policy) > 0) {
            throw IamErrors.conflict("Cannot delete a policy attached to entities.");
        }
        if (ManagedTable.versions(tx, policy).size() > 1) {
            throw IamErrors.conflict(
                    "This policy has more than one version. Before you delete a policy, you must delete"
                            + " the policy's versions. The default version is deleted with the policy.");
        }
        ManagedTable.delete(tx, policy);
        return NoOutput.INSTANCE;
    }

    static CreatePolicyVersionResponse addVersion(Tx tx, CreatePolicyVersionRequest in, Call call) {
        ManagedTable.Managed policy = own(tx, in.policyArn(), call);
        PolicyText.checkIdentity(in.policyDocument());
        if (ManagedTable.versions(tx, policy).size() >= VERSIONS_MAX) {
            throw IamErrors.limit("A managed policy can have up to " + VERSIONS_MAX
                    + " versions. Before you create a new" + " version, you must delete an existing version.");
        }
        int number = policy.newestVersion() + 1;
        boolean asDefault = Boolean.TRUE.equals(in.setAsDefault());
        ManagedTable.addVersion(tx, policy, number, in.policyDocument(), call.now());
        ManagedTable.setVersions(tx, policy, asDefault ? number : policy.defaultVersion(), number, call.now());
        return new CreatePolicyVersionResponse()
                .policyVersion(new PolicyVersion()
                        .versionId("v" + number)
                        .isDefaultVersion(asDefault)
                        .createDate(call.now()));
    }

    static GetPolicyVersionResponse getVersion(Tx tx, GetPolicyVersionRequest in, Call call) {
        ManagedTable.Managed policy = named(tx, in.policyArn(), call);
        PolicyVersionRow version = version(tx, policy, in.versionId());
        return new GetPolicyVersionResponse()
                .policyVersion(shown(policy, version).document(PolicyText.encode(version.document())));
    }

    static ListPolicyVersionsResponse versions(Tx tx, String arn, Call call) {
        ManagedTable.Managed policy = named(tx, arn, call);
        return new ListPolicyVersionsResponse()
                .versions(ManagedTable.versions(tx, policy).stream()
                        .map(version -> shown(policy, version))
                        .toList())
                .isTruncated(false);
    }

    static NoOutput setDefault(Tx tx, SetDefaultPolicyVersionRequest in, Call call) {
        ManagedTable.Managed policy = own(tx, in.policyArn(), call);
        int number = version(tx, policy, in.versionId()).number();
        ManagedTable.setVersions(tx, policy, number, policy.newestVersion(), call.now());
        return NoOutput.INSTANCE;
    }

    static NoOutput deleteVersion(Tx tx, DeletePolicyVersionRequest in, Call call) {
        ManagedTable.Managed policy = own(tx, in.policyArn(), call);
        int number = version(tx, policy, in.versionId()).number();
        if (number == policy.defaultVersion()) {
            throw IamErrors.conflict("Cannot delete the default version of a policy.");
        }
        ManagedTable.deleteVersion(tx, policy, number);
        return NoOutput.INSTANCE;
    }

    static ListEntitiesForPolicyResponse entities(Tx tx, ListEntitiesForPolicyRequest in, Call call) {
        ManagedTable.Managed policy = named(tx, in.policyArn(), call);
        List<PolicyUser> users = new ArrayList<>();
        List<PolicyRole> roles = new ArrayList<>();
        List<PolicyGroup> groups = new ArrayList<>();
        String filter = in.entityFilter();
        if (filter == null || filter.equals("Group")) {
            Attachments.entities(tx, policy, EntityKind.GROUP)
                    .forEach(group ->
                            groups.add(new PolicyGroup().groupName(group.name()).groupId(group.uniqueId())));
        }
        if (filter == null || filter.equals("User")) {
            Attachments.entities(tx, policy, EntityKind.USER)
                    .forEach(user ->
                            users.add(new PolicyUser().userName(user.name()).userId(user.uniqueId())));
        }
        if (filter == null || filter.equals("Role")) {
            Attachments.entities(tx, policy, EntityKind.ROLE)
                    .forEach(role ->
                            roles.add(new PolicyRole().roleName(role.name()).roleId(role.uniqueId())));
        }
        return new ListEntitiesForPolicyResponse()
                .policyUsers(users)
                .policyRoles(roles)
                .policyGroups(groups)
                .isTruncated(false);
    }

    static NoOutput tag(Tx tx, String arn, List<Tag> tags, Call call) {
        ManagedTable.Managed policy = own(tx, arn, call);
        ManagedTable.setTags(
                tx, policy, TagSet.read(policy.tags()).add(tags, "Policy").json());
        return NoOutput.INSTANCE;
    }

    static NoOutput untag(Tx tx, String arn, List<String> keys, Call call) {
        ManagedTable.Managed policy = own(tx, arn, call);
        ManagedTable.setTags(tx, policy, TagSet.read(policy.tags()).remove(keys).json());
        return NoOutput.INSTANCE;
    }

    /** A policy that can be changed: none of AWS's own. */
    private static ManagedTable.Managed own(Tx tx, String arn, Call call) {
        if (AwsPolicies.isOne(arn)) {
            throw ServiceException.of("AccessDenied", 403, "Policies of AWS cannot be changed: " + arn + ".");
        }
        return named(tx, arn, call);
    }

    static ManagedTable.Managed named(Tx tx, String arn, Call call) {
        return ManagedTable.require(tx, call.account(), arn);
    }

    private static boolean usedAs(Policy policy, @Nullable String usage) {
        return usage == null
                || (usage.equals("PermissionsPolicy")
                        ? policy.attachmentCount() > 0
                        : policy.permissionsBoundaryUsageCount() > 0);
    }

    private static PolicyVersionRow version(Tx tx, ManagedTable.Managed policy, String versionId) {
        return ManagedTable.versions(tx, policy).stream()
                .filter(version -> ("v" + version.number()).equals(versionId))
                .findFirst()
                .orElseThrow(() -> IamErrors.noSuchEntity(
                        "Policy " + policy.arn() + " version " + versionId + " does not exist or is not attachable."));
    }

    private static PolicyVersion shown(ManagedTable.Managed policy, PolicyVersionRow version) {
        return new PolicyVersion()
                .versionId("v" + version.number())
                .isDefaultVersion(version.number() == policy.defaultVersion())
                .createDate(version.createdAt());
    }

    private static Policy shown(Tx tx, ManagedTable.Managed policy) {
        List<Tag> tags = TagSet.read(policy.tags()).shown();
        return new Policy()
                .policyName(policy.name())
                .policyId(policy.uniqueId())
                .arn(policy.arn())
                .path(policy.path())
                .defaultVersionId("v" + policy.defaultVersion())
                .attachmentCount(Math.toIntExact(Attachments.count(tx, policy)))
                .permissionsBoundaryUsageCount(Math.toIntExact(Attachments.boundaries(tx, policy)))
                .isAttachable(true)
                .description(policy.description())
                .createDate(policy.createdAt())
                .updateDate(policy.updatedAt())
                .tags(tags.isEmpty() ? null : tags);
    }
}
