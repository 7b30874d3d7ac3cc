package belfry.access;

import belfry.api.iam.AttachRolePolicyRequest;
import belfry.api.iam.AttachUserPolicyRequest;
import belfry.api.iam.AttachedPolicy;
import belfry.api.iam.CreateAccessKeyRequest;
import belfry.api.iam.CreateAccessKeyResponse;
import belfry.api.iam.CreatePolicyRequest;
import belfry.api.iam.CreatePolicyResponse;
import belfry.api.iam.CreatePolicyVersionRequest;
import belfry.api.iam.CreatePolicyVersionResponse;
import belfry.api.iam.CreateRoleRequest;
import belfry.api.iam.CreateRoleResponse;
import belfry.api.iam.CreateUserRequest;
import belfry.api.iam.CreateUserResponse;
import belfry.api.iam.DeleteAccessKeyRequest;
import belfry.api.iam.DeleteLoginProfileRequest;
import belfry.api.iam.DeletePolicyRequest;
import belfry.api.iam.DeletePolicyVersionRequest;
import belfry.api.iam.DeleteRolePermissionsBoundaryRequest;
import belfry.api.iam.DeleteRolePolicyRequest;
import belfry.api.iam.DeleteRoleRequest;
import belfry.api.iam.DeleteUserPolicyRequest;
import belfry.api.iam.DeleteUserRequest;
import belfry.api.iam.DetachRolePolicyRequest;
import belfry.api.iam.DetachUserPolicyRequest;
import belfry.api.iam.GetPolicyRequest;
import belfry.api.iam.GetPolicyResponse;
import belfry.api.iam.GetPolicyVersionRequest;
import belfry.api.iam.GetPolicyVersionResponse;
import belfry.api.iam.GetRolePolicyRequest;
import belfry.api.iam.GetRolePolicyResponse;
import belfry.api.iam.GetRoleRequest;
import belfry.api.iam.GetRoleResponse;
import belfry.api.iam.GetUserPolicyRequest;
import belfry.api.iam.GetUserPolicyResponse;
import belfry.api.iam.GetUserRequest;
import belfry.api.iam.GetUserResponse;
import belfry.api.iam.IamApi;
import belfry.api.iam.ListAccessKeysRequest;
import belfry.api.iam.ListAccessKeysResponse;
import belfry.api.iam.ListAccountAliasesRequest;
import belfry.api.iam.ListAccountAliasesResponse;
import belfry.api.iam.ListAttachedRolePoliciesRequest;
import belfry.api.iam.ListAttachedRolePoliciesResponse;
import belfry.api.iam.ListAttachedUserPoliciesRequest;
import belfry.api.iam.ListAttachedUserPoliciesResponse;
import belfry.api.iam.ListEntitiesForPolicyRequest;
import belfry.api.iam.ListEntitiesForPolicyResponse;
import belfry.api.iam.ListGroupsForUserRequest;
import belfry.api.iam.ListGroupsForUserResponse;
import belfry.api.iam.ListInstanceProfilesForRoleRequest;
import belfry.api.iam.ListInstanceProfilesForRoleResponse;
import belfry.api.iam.ListMFADevicesRequest;
import belfry.api.iam.ListMFADevicesResponse;
import belfry.api.iam.ListPoliciesRequest;
import belfry.api.iam.ListPoliciesResponse;
import belfry.api.iam.ListPolicyTagsRequest;
import belfry.api.iam.ListPolicyTagsResponse;
import belfry.api.iam.ListPolicyVersionsRequest;
import belfry.api.iam.ListPolicyVersionsResponse;
import belfry.api.iam.ListRolePoliciesRequest;
import belfry.api.iam.ListRolePoliciesResponse;
import belfry.api.iam.ListRoleTagsRequest;
import belfry.api.iam.ListRoleTagsResponse;
import belfry.api.iam.ListRolesRequest;
import belfry.api.iam.ListRolesResponse;
import belfry.api.iam.ListSSHPublicKeysRequest;
import belfry.api.iam.ListSSHPublicKeysResponse;
import belfry.api.iam.ListServiceSpecificCredentialsRequest;
import belfry.api.iam.ListServiceSpecificCredentialsResponse;
import belfry.api.iam.ListSigningCertificatesRequest;
import belfry.api.iam.ListSigningCertificatesResponse;
import belfry.api.iam.ListUserPoliciesRequest;
import belfry.api.iam.ListUserPoliciesResponse;
import belfry.api.iam.ListUserTagsRequest;
import belfry.api.iam.ListUserTagsResponse;
import belfry.api.iam.ListUsersRequest;
import belfry.api.iam.ListUsersResponse;
import belfry.api.iam.ListVirtualMFADevicesRequest;
import belfry.api.iam.ListVirtualMFADevicesResponse;
import belfry.api.iam.PutRolePermissionsBoundaryRequest;
import belfry.api.iam.PutRolePolicyRequest;
import belfry.api.iam.PutUserPolicyRequest;
import belfry.api.iam.SetDefaultPolicyVersionRequest;
import belfry.api.iam.TagPolicyRequest;
import belfry.api.iam.TagRoleRequest;
import belfry.api.iam.TagUserRequest;
import belfry.api.iam.UntagPolicyRequest;
import belfry.api.iam.UntagRoleRequest;
import belfry.api.iam.UntagUserRequest;
import belfry.api.iam.UpdateAccessKeyRequest;
import belfry.api.iam.UpdateAssumeRolePolicyRequest;
import belfry.api.iam.UpdateRoleDescriptionRequest;
import belfry.api.iam.UpdateRoleDescriptionResponse;
import belfry.api.iam.UpdateRoleRequest;
import belfry.api.iam.UpdateRoleResponse;
import belfry.base.Ids;
import belfry.gateway.Call;
import belfry.store.Store;
import belfry.store.Tx;
import belfry.wire.NoOutput;
import belfry.wire.Struct;
import java.util.List;

/**
 * IAM (semantics: eventbridge-iam.md §6, §8): users, roles, access keys, inline and managed policies. Each operation
 * stands here in one line; the work is done by what it names. Groups, instance profiles, passwords, MFA devices and
 * certificates do not exist here, so their lists are truly empty.
 */
public final class Iam implements IamApi<Call> {
    private final Ids ids;
    private final Users users;
    private final Roles roles;
    private final Managed managed;

    /** @param ids needs a secure source of randomness */
    public Iam(AccessKeys keys, Ids ids) {
        this.ids = ids;
        this.users = new Users(keys, ids);
        this.roles = new Roles(ids);
        this.managed = new Managed(ids);
    }

    @Override
    public CreateUserResponse createUser(CreateUserRequest in, Call call) {
        return change(call, tx -> users.create(tx, in, call));
    }

    @Override
    public GetUserResponse getUser(GetUserRequest in, Call call) {
        return call.read(tx -> Users.get(tx, in, call));
    }

    @Override
    public ListUsersResponse listUsers(ListUsersRequest in, Call call) {
        return call.read(tx -> Users.list(tx, in, call));
    }

    @Override
    public NoOutput deleteUser(DeleteUserRequest in, Call call) {
        return change(call, tx -> Users.delete(tx, in.userName(), call));
    }

    @Override
    public CreateAccessKeyResponse createAccessKey(CreateAccessKeyRequest in, Call call) {
        return change(call, tx -> users.createKey(tx, in, call));
    }

    @Override
    public ListAccessKeysResponse listAccessKeys(ListAccessKeysRequest in, Call call) {
        return call.read(tx -> Users.listKeys(tx, in, call));
    }

    @Override
    public NoOutput updateAccessKey(UpdateAccessKeyRequest in, Call call) {
        return change(call, tx -> Users.updateKey(tx, in, call));
    }

    @Override
    public NoOutput deleteAccessKey(DeleteAccessKeyRequest in, Call call) {
        return change(call, tx -> Users.deleteKey(tx, in, call));
    }

    @Override
    public CreateRoleResponse createRole(CreateRoleRequest in, Call call) {
        return change(call, tx -> roles.create(tx, in, call));
    }

    @Override
    public GetRoleResponse getRole(GetRoleRequest in, Call call) {
        return call.read(tx -> Roles.get(tx, in, call));
    }

    @Override
    public ListRolesResponse listRoles(ListRolesRequest in, Call call) {
        return call.read(tx -> Roles.list(tx, in, call));
    }

    @Override
    public UpdateRoleResponse updateRole(UpdateRoleRequest in, Call call) {
        return change(call, tx -> Roles.update(tx, in, call));
    }

    @Override
    public UpdateRoleDescriptionResponse updateRoleDescription(UpdateRoleDescriptionRequest in, Call call) {
        return change(call, tx -> Roles.describe(tx, in, call));
    }

    @Override
    public NoOutput updateAssumeRolePolicy(UpdateAssumeRolePolicyRequest in, Call call) {
        return change(call, tx -> Roles.updateTrust(tx, in, call));
    }

    @Override
    public NoOutput deleteRole(DeleteRoleRequest in, Call call) {
        return change(call, tx -> Roles.delete(tx, in.roleName(), call));
    }

    @Override
    public NoOutput putRolePermissionsBoundary(PutRolePermissionsBoundaryRequest in, Call call) {
        return change(call, tx -> Roles.bound(tx, in.roleName(), in.permissionsBoundary(), call));
    }

    @Override
    public NoOutput deleteRolePermissionsBoundary(DeleteRolePermissionsBoundaryRequest in, Call call) {
        return change(call, tx -> Roles.unbound(tx, in.roleName(), call));
    }

    @Override
    public NoOutput putRolePolicy(PutRolePolicyRequest in, Call call) {
        return change(
                call,
                tx -> EntityPolicies.put(tx, role(tx, in.roleName(), call), in.policyName(), in.policyDocument()));
    }

    @Override
    public GetRolePolicyResponse getRolePolicy(GetRolePolicyRequest in, Call call) {
        return call.read(tx -> {
            InlinePolicies.Inline policy = InlinePolicies.get(tx, role(tx, in.roleName(), call), in.policyName());
            return new GetRolePolicyResponse()
                    .roleName(in.roleName())
                    .policyName(policy.name())
                    .policyDocument(PolicyText.encode(policy.document()));
        });
    }

    @Override
    public ListRolePoliciesResponse listRolePolicies(ListRolePoliciesRequest in, Call call) {
        return call.read(tx -> {
            IamPage<String> page = EntityPolicies.names(tx, role(tx, in.roleName(), call), in.marker(), in.maxItems());
            return new ListRolePoliciesResponse()
                    .policyNames(page.items())
                    .isTruncated(page.truncated())
                    .marker(page.marker());
        });
    }

    @Override
    public NoOutput deleteRolePolicy(DeleteRolePolicyRequest in, Call call) {
        return change(call, tx -> EntityPolicies.delete(tx, role(tx, in.roleName(), call), in.policyName()));
    }

    @Override
    public NoOutput attachRolePolicy(AttachRolePolicyRequest in, Call call) {
        return change(call, tx -> EntityPolicies.attach(tx, role(tx, in.roleName(), call), in.policyArn()));
    }

    @Override
    public NoOutput detachRolePolicy(DetachRolePolicyRequest in, Call call) {
        return change(call, tx -> EntityPolicies.detach(tx, role(tx, in.roleName(), call), in.policyArn()));
    }

    @Override
    public ListAttachedRolePoliciesResponse listAttachedRolePolicies(ListAttachedRolePoliciesRequest in, Call call) {
        return call.read(tx -> {
            IamPage<AttachedPolicy> page = EntityPolicies.attached(
                    tx, role(tx, in.roleName(), call), in.pathPrefix(), in.marker(), in.maxItems());
            return new ListAttachedRolePoliciesResponse()
                    .attachedPolicies(page.items())
                    .isTruncated(page.truncated())
                    .marker(page.marker());
        });
    }

    @Override
    public NoOutput tagRole(TagRoleRequest in, Call call) {
        return change(call, tx -> EntityPolicies.tag(tx, role(tx, in.roleName(), call), in.tags()));
    }

    @Override
    public NoOutput untagRole(UntagRoleRequest in, Call call) {
        return change(call, tx -> EntityPolicies.untag(tx, role(tx, in.roleName(), call), in.tagKeys()));
    }

    @Override
    public ListRoleTagsResponse listRoleTags(ListRoleTagsRequest in, Call call) {
        return call.read(tx -> new ListRoleTagsResponse()
                .tags(TagSet.read(role(tx, in.roleName(), call).tags()).shown())
                .isTruncated(false));
    }

    @Override
    public NoOutput putUserPolicy(PutUserPolicyRequest in, Call call) {
        return change(
                call,
                tx -> EntityPolicies.put(tx, user(tx, in.userName(), call), in.policyName(), in.policyDocument()));
    }

    @Override
    public GetUserPolicyResponse getUserPolicy(GetUserPolicyRequest in, Call call) {
        return call.read(tx -> {
            InlinePolicies.Inline policy = InlinePolicies.get(tx, user(tx, in.userName(), call), in.policyName());
            return new GetUserPolicyResponse()
                    .userName(in.userName())
                    .policyName(policy.name())
                    .policyDocument(PolicyText.encode(policy.document()));
        });
    }

    @Override
    public ListUserPoliciesResponse listUserPolicies(ListUserPoliciesRequest in, Call call) {
        return call.read(tx -> {
            IamPage<String> page = EntityPolicies.names(tx, user(tx, in.userName(), call), in.marker(), in.maxItems());
            return new ListUserPoliciesResponse()
                    .policyNames(page.items())
                    .isTruncated(page.truncated())
                    .marker(page.marker());
        });
    }

    @Override
    public NoOutput deleteUserPolicy(DeleteUserPolicyRequest in, Call call) {
        return change(call, tx -> EntityPolicies.delete(tx, user(tx, in.userName(), call), in.policyName()));
    }

    @Override
    public NoOutput attachUserPolicy(AttachUserPolicyRequest in, Call call) {
        return change(call, tx -> EntityPolicies.attach(tx, user(tx, in.userName(), call), in.policyArn()));
    }

    @Override
    public NoOutput detachUserPolicy(DetachUserPolicyRequest in, Call call) {
        return change(call, tx -> EntityPolicies.detach(tx, user(tx, in.userName(), call), in.policyArn()));
    }

    @Override
    public ListAttachedUserPoliciesResponse listAttachedUserPolicies(ListAttachedUserPoliciesRequest in, Call call) {
        return call.read(tx -> {
            IamPage<AttachedPolicy> page = EntityPolicies.attached(
                    tx, user(tx, in.userName(), call), in.pathPrefix(), in.marker(), in.maxItems());
            return new ListAttachedUserPoliciesResponse()
                    .attachedPolicies(page.items())
                    .isTruncated(page.truncated())
                    .marker(page.marker());
        });
    }

    @Override
    public NoOutput tagUser(TagUserRequest in, Call call) {
        return change(call, tx -> EntityPolicies.tag(tx, user(tx, in.userName(), call), in.tags()));
    }

    @Override
    public NoOutput untagUser(UntagUserRequest in, Call call) {
        return change(call, tx -> EntityPolicies.untag(tx, user(tx, in.userName(), call), in.tagKeys()));
    }

    @Override
    public ListUserTagsResponse listUserTags(ListUserTagsRequest in, Call call) {
        return call.read(tx -> new ListUserTagsResponse()
                .tags(TagSet.read(user(tx, in.userName(), call).tags()).shown())
                .isTruncated(false));
    }

    @Override
    public CreatePolicyResponse createPolicy(CreatePolicyRequest in, Call call) {
        return change(call, tx -> managed.create(tx, in, call));
    }

    @Override
    public GetPolicyResponse getPolicy(GetPolicyRequest in, Call call) {
        return call.read(tx -> new GetPolicyResponse().policy(Managed.get(tx, in.policyArn(), call)));
    }

    @Override
    public ListPoliciesResponse listPolicies(ListPoliciesRequest in, Call call) {
        return call.read(tx -> Managed.list(tx, in, call));
    }

    @Override
    public NoOutput deletePolicy(DeletePolicyRequest in, Call call) {
        return change(call, tx -> Managed.delete(tx, in.policyArn(), call));
    }

    @Override
    public CreatePolicyVersionResponse createPolicyVersion(CreatePolicyVersionRequest in, Call call) {
        return change(call, tx -> Managed.addVersion(tx, in, call));
    }

    @Override
    public GetPolicyVersionResponse getPolicyVersion(GetPolicyVersionRequest in, Call call) {
        return call.read(tx -> Managed.getVersion(tx, in, call));
    }

    @Override
    public ListPolicyVersionsResponse listPolicyVersions(ListPolicyVersionsRequest in, Call call) {
        return call.read(tx -> Managed.versions(tx, in.policyArn(), call));
    }

    @Override
    public NoOutput setDefaultPolicyVersion(SetDefaultPolicyVersionRequest in, Call call) {
        return change(call, tx -> Managed.setDefault(tx, in, call));
    }

    @Override
    public NoOutput deletePolicyVersion(DeletePolicyVersionRequest in, Call call) {
        return change(call, tx -> Managed.deleteVersion(tx, in, call));
    }

    @Override
    public ListEntitiesForPolicyResponse listEntitiesForPolicy(ListEntitiesForPolicyRequest in, Call call) {
        return call.read(tx -> Managed.entities(tx, in, call));
    }

    @Override
    public NoOutput tagPolicy(TagPolicyRequest in, Call call) {
        return change(call, tx -> Managed.tag(tx, in.policyArn(), in.tags(), call));
    }

    @Override
    public NoOutput untagPolicy(UntagPolicyRequest in, Call call) {
        return change(call, tx -> Managed.untag(tx, in.policyArn(), in.tagKeys(), call));
    }

    @Override
    public ListPolicyTagsResponse listPolicyTags(ListPolicyTagsRequest in, Call call) {
        return call.read(tx -> new ListPolicyTagsResponse()
                .tags(TagSet.read(Managed.named(tx, in.policyArn(), call).tags())
                        .shown())
                .isTruncated(false));
    }

    @Override
    public ListInstanceProfilesForRoleResponse listInstanceProfilesForRole(
            ListInstanceProfilesForRoleRequest in, Call call) {
        return call.read(tx -> {
            var unused = role(tx, in.roleName(), call);
            return new ListInstanceProfilesForRoleResponse()
                    .instanceProfiles(List.of())
                    .isTruncated(false);
        });
    }

    @Override
    public ListGroupsForUserResponse listGroupsForUser(ListGroupsForUserRequest in, Call call) {
        return call.read(tx -> {
            var unused = user(tx, in.userName(), call);
            return new ListGroupsForUserResponse().groups(List.of()).isTruncated(false);
        });
    }

    @Override
    public ListMFADevicesResponse listMFADevices(ListMFADevicesRequest in, Call call) {
        return call.read(tx -> {
            var unused = Users.named(tx, in.userName(), call);
            return new ListMFADevicesResponse().mfaDevices(List.of()).isTruncated(false);
        });
    }

    @Override
    public ListSSHPublicKeysResponse listSSHPublicKeys(ListSSHPublicKeysRequest in, Call call) {
        return call.read(tx -> {
            var unused = Users.named(tx, in.userName(), call);
            return new ListSSHPublicKeysResponse().sshPublicKeys(List.of()).isTruncated(false);
        });
    }

    @Override
    public ListSigningCertificatesResponse listSigningCertificates(ListSigningCertificatesRequest in, Call call) {
        return call.read(tx -> {
            var unused = Users.named(tx, in.userName(), call);
            return new ListSigningCertificatesResponse().certificates(List.of()).isTruncated(false);
        });
    }

    @Override
    public ListServiceSpecificCredentialsResponse listServiceSpecificCredentials(
            ListServiceSpecificCredentialsRequest in, Call call) {
        return call.read(tx -> {
            var unused = Users.named(tx, in.userName(), call);
            return new ListServiceSpecificCredentialsResponse()
                    .serviceSpecificCredentials(List.of())
                    .isTruncated(false);
        });
    }

    @Override
    public ListVirtualMFADevicesResponse listVirtualMFADevices(ListVirtualMFADevicesRequest in, Call call) {
        return new ListVirtualMFADevicesResponse().virtualMFADevices(List.of()).isTruncated(false);
    }

    @Override
    public ListAccountAliasesResponse listAccountAliases(ListAccountAliasesRequest in, Call call) {
        return new ListAccountAliasesResponse().accountAliases(List.of()).isTruncated(false);
    }

    /** Nobody has a password here. */
    @Override
    public NoOutput deleteLoginProfile(DeleteLoginProfileRequest in, Call call) {
        return change(call, tx -> {
            Entity user = Users.named(tx, in.userName(), call);
            throw IamErrors.noSuchEntity("Login Profile for User " + user.name() + " cannot be found.");
        });
    }

    /** Whatever IAM writes may change who may do what. */
    private <R extends Struct> R change(Call call, Store.Work<R> work) {
        return call.write(tx -> {
            PolicyVersion.change(tx, call.account(), ids);
            return work.run(tx);
        });
    }

    private static Entity role(Tx tx, String name, Call call) {
        return EntityTable.require(tx, call.account(), EntityKind.ROLE, name);
    }

    private static Entity user(Tx tx, String name, Call call) {
        return EntityTable.require(tx, call.account(), EntityKind.USER, name);
    }
}
