package belfry.access;

import belfry.api.iam.AttachRolePolicyRequest;
import belfry.api.iam.AttachedPolicy;
import belfry.api.iam.CreateRoleRequest;
import belfry.api.iam.CreateRoleResponse;
import belfry.api.iam.DeleteRolePermissionsBoundaryRequest;
import belfry.api.iam.DeleteRolePolicyRequest;
import belfry.api.iam.DeleteRoleRequest;
import belfry.api.iam.DetachRolePolicyRequest;
import belfry.api.iam.GetRolePolicyRequest;
import belfry.api.iam.GetRolePolicyResponse;
import belfry.api.iam.GetRoleRequest;
import belfry.api.iam.GetRoleResponse;
import belfry.api.iam.ListAttachedRolePoliciesRequest;
import belfry.api.iam.ListAttachedRolePoliciesResponse;
import belfry.api.iam.ListRolePoliciesRequest;
import belfry.api.iam.ListRolePoliciesResponse;
import belfry.api.iam.ListRoleTagsRequest;
import belfry.api.iam.ListRoleTagsResponse;
import belfry.api.iam.ListRolesRequest;
import belfry.api.iam.ListRolesResponse;
import belfry.api.iam.PutRolePermissionsBoundaryRequest;
import belfry.api.iam.PutRolePolicyRequest;
import belfry.api.iam.TagRoleRequest;
import belfry.api.iam.UntagRoleRequest;
import belfry.api.iam.UpdateAssumeRolePolicyRequest;
import belfry.api.iam.UpdateRoleDescriptionRequest;
import belfry.api.iam.UpdateRoleDescriptionResponse;
import belfry.api.iam.UpdateRoleRequest;
import belfry.api.iam.UpdateRoleResponse;
import belfry.gateway.Call;
import belfry.wire.NoOutput;

/** Roles: themselves, their trust, policies, tags and boundaries. */
interface RoleOperations extends IamPart {
    Roles roles();

    @Override
    default CreateRoleResponse createRole(CreateRoleRequest in, Call call) {
        return change(call, tx -> roles().create(tx, in, call));
    }

    @Override
    default GetRoleResponse getRole(GetRoleRequest in, Call call) {
        return call.read(tx -> Roles.get(tx, in, call));
    }

    @Override
    default ListRolesResponse listRoles(ListRolesRequest in, Call call) {
        return call.read(tx -> Roles.list(tx, in, call));
    }

    @Override
    default UpdateRoleResponse updateRole(UpdateRoleRequest in, Call call) {
        return change(call, tx -> Roles.update(tx, in, call));
    }

    @Override
    default UpdateRoleDescriptionResponse updateRoleDescription(UpdateRoleDescriptionRequest in, Call call) {
        return change(call, tx -> Roles.describe(tx, in, call));
    }

    @Override
    default NoOutput updateAssumeRolePolicy(UpdateAssumeRolePolicyRequest in, Call call) {
        return change(call, tx -> Roles.updateTrust(tx, in, call));
    }

    @Override
    default NoOutput deleteRole(DeleteRoleRequest in, Call call) {
        return change(call, tx -> Roles.delete(tx, in.roleName(), call));
    }

    @Override
    default NoOutput putRolePermissionsBoundary(PutRolePermissionsBoundaryRequest in, Call call) {
        return change(call, tx -> Roles.bound(tx, in.roleName(), in.permissionsBoundary(), call));
    }

    @Override
    default NoOutput deleteRolePermissionsBoundary(DeleteRolePermissionsBoundaryRequest in, Call call) {
        return change(call, tx -> Roles.unbound(tx, in.roleName(), call));
    }

    @Override
    default NoOutput putRolePolicy(PutRolePolicyRequest in, Call call) {
        return change(
                call,
                tx -> EntityPolicies.put(
                        tx, IamPart.role(tx, in.roleName(), call), in.policyName(), in.policyDocument()));
    }

    @Override
    default GetRolePolicyResponse getRolePolicy(GetRolePolicyRequest in, Call call) {
        return call.read(tx -> {
            InlinePolicies.Inline policy =
                    InlinePolicies.get(tx, IamPart.role(tx, in.roleName(), call), in.policyName());
            return new GetRolePolicyResponse()
                    .roleName(in.roleName())
                    .policyName(policy.name())
                    .policyDocument(PolicyText.encode(policy.document()));
        });
    }

    @Override
    default ListRolePoliciesResponse listRolePolicies(ListRolePoliciesRequest in, Call call) {
        return call.read(tx -> {
            IamPage<String> page =
                    EntityPolicies.names(tx, IamPart.role(tx, in.roleName(), call), in.marker(), in.maxItems());
            return new ListRolePoliciesResponse()
                    .policyNames(page.items())
                    .isTruncated(page.truncated())
                    .marker(page.marker());
        });
    }

    @Override
    default NoOutput deleteRolePolicy(DeleteRolePolicyRequest in, Call call) {
        return change(call, tx -> EntityPolicies.delete(tx, IamPart.role(tx, in.roleName(), call), in.policyName()));
    }

    @Override
    default NoOutput attachRolePolicy(AttachRolePolicyRequest in, Call call) {
        return change(call, tx -> EntityPolicies.attach(tx, IamPart.role(tx, in.roleName(), call), in.policyArn()));
    }

    @Override
    default NoOutput detachRolePolicy(DetachRolePolicyRequest in, Call call) {
        return change(call, tx -> EntityPolicies.detach(tx, IamPart.role(tx, in.roleName(), call), in.policyArn()));
    }

    @Override
    default ListAttachedRolePoliciesResponse listAttachedRolePolicies(ListAttachedRolePoliciesRequest in, Call call) {
        return call.read(tx -> {
            IamPage<AttachedPolicy> page = EntityPolicies.attached(
                    tx, IamPart.role(tx, in.roleName(), call), in.pathPrefix(), in.marker(), in.maxItems());
            return new ListAttachedRolePoliciesResponse()
                    .attachedPolicies(page.items())
                    .isTruncated(page.truncated())
                    .marker(page.marker());
        });
    }

    @Override
    default NoOutput tagRole(TagRoleRequest in, Call call) {
        return change(call, tx -> EntityPolicies.tag(tx, IamPart.role(tx, in.roleName(), call), in.tags()));
    }

    @Override
    default NoOutput untagRole(UntagRoleRequest in, Call call) {
        return change(call, tx -> EntityPolicies.untag(tx, IamPart.role(tx, in.roleName(), call), in.tagKeys()));
    }

    @Override
    default ListRoleTagsResponse listRoleTags(ListRoleTagsRequest in, Call call) {
        return call.read(tx -> new ListRoleTagsResponse()
                .tags(TagSet.read(IamPart.role(tx, in.roleName(), call).tags()).shown())
                .isTruncated(false));
    }
}
