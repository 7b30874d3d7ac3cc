package belfry.access;

import belfry.api.iam.AttachUserPolicyRequest;
import belfry.api.iam.AttachedPolicy;
import belfry.api.iam.CreateUserRequest;
import belfry.api.iam.CreateUserResponse;
import belfry.api.iam.DeleteUserPermissionsBoundaryRequest;
import belfry.api.iam.DeleteUserPolicyRequest;
import belfry.api.iam.DeleteUserRequest;
import belfry.api.iam.DetachUserPolicyRequest;
import belfry.api.iam.GetUserPolicyRequest;
import belfry.api.iam.GetUserPolicyResponse;
import belfry.api.iam.GetUserRequest;
import belfry.api.iam.GetUserResponse;
import belfry.api.iam.ListAttachedUserPoliciesRequest;
import belfry.api.iam.ListAttachedUserPoliciesResponse;
import belfry.api.iam.ListUserPoliciesRequest;
import belfry.api.iam.ListUserPoliciesResponse;
import belfry.api.iam.ListUserTagsRequest;
import belfry.api.iam.ListUserTagsResponse;
import belfry.api.iam.ListUsersRequest;
import belfry.api.iam.ListUsersResponse;
import belfry.api.iam.PutUserPermissionsBoundaryRequest;
import belfry.api.iam.PutUserPolicyRequest;
import belfry.api.iam.TagUserRequest;
import belfry.api.iam.UntagUserRequest;
import belfry.api.iam.UpdateUserRequest;
import belfry.gateway.Call;
import belfry.wire.NoOutput;

/** Users: themselves, their policies, tags and boundaries. */
interface UserOperations extends IamPart {
    Users users();

    @Override
    default CreateUserResponse createUser(CreateUserRequest in, Call call) {
        return change(call, tx -> users().create(tx, in, call));
    }

    @Override
    default GetUserResponse getUser(GetUserRequest in, Call call) {
        return call.read(tx -> Users.get(tx, in, call));
    }

    @Override
    default ListUsersResponse listUsers(ListUsersRequest in, Call call) {
        return call.read(tx -> Users.list(tx, in, call));
    }

    @Override
    default NoOutput deleteUser(DeleteUserRequest in, Call call) {
        return change(call, tx -> Users.delete(tx, in.userName(), call));
    }

    @Override
    default NoOutput updateUser(UpdateUserRequest in, Call call) {
        return change(call, tx -> Users.update(tx, in, call));
    }

    @Override
    default NoOutput putUserPermissionsBoundary(PutUserPermissionsBoundaryRequest in, Call call) {
        return change(
                call, tx -> Entities.bound(tx, IamPart.user(tx, in.userName(), call), in.permissionsBoundary(), call));
    }

    @Override
    default NoOutput deleteUserPermissionsBoundary(DeleteUserPermissionsBoundaryRequest in, Call call) {
        return change(call, tx -> Entities.unbound(tx, IamPart.user(tx, in.userName(), call)));
    }

    @Override
    default NoOutput putUserPolicy(PutUserPolicyRequest in, Call call) {
        return change(
                call,
                tx -> EntityPolicies.put(
                        tx, IamPart.user(tx, in.userName(), call), in.policyName(), in.policyDocument()));
    }

    @Override
    default GetUserPolicyResponse getUserPolicy(GetUserPolicyRequest in, Call call) {
        return call.read(tx -> {
            InlinePolicies.Inline policy =
                    InlinePolicies.get(tx, IamPart.user(tx, in.userName(), call), in.policyName());
            return new GetUserPolicyResponse()
                    .userName(in.userName())
                    .policyName(policy.name())
                    .policyDocument(PolicyText.encode(policy.document()));
        });
    }

    @Override
    default ListUserPoliciesResponse listUserPolicies(ListUserPoliciesRequest in, Call call) {
        return call.read(tx -> {
            IamPage<String> page =
                    EntityPolicies.names(tx, IamPart.user(tx, in.userName(), call), in.marker(), in.maxItems());
            return new ListUserPoliciesResponse()
                    .policyNames(page.items())
                    .isTruncated(page.truncated())
                    .marker(page.marker());
        });
    }

    @Override
    default NoOutput deleteUserPolicy(DeleteUserPolicyRequest in, Call call) {
        return change(call, tx -> EntityPolicies.delete(tx, IamPart.user(tx, in.userName(), call), in.policyName()));
    }

    @Override
    default NoOutput attachUserPolicy(AttachUserPolicyRequest in, Call call) {
        return change(call, tx -> EntityPolicies.attach(tx, IamPart.user(tx, in.userName(), call), in.policyArn()));
    }

    @Override
    default NoOutput detachUserPolicy(DetachUserPolicyRequest in, Call call) {
        return change(call, tx -> EntityPolicies.detach(tx, IamPart.user(tx, in.userName(), call), in.policyArn()));
    }

    @Override
    default ListAttachedUserPoliciesResponse listAttachedUserPolicies(ListAttachedUserPoliciesRequest in, Call call) {
        return call.read(tx -> {
            IamPage<AttachedPolicy> page = EntityPolicies.attached(
                    tx, IamPart.user(tx, in.userName(), call), in.pathPrefix(), in.marker(), in.maxItems());
            return new ListAttachedUserPoliciesResponse()
                    .attachedPolicies(page.items())
                    .isTruncated(page.truncated())
                    .marker(page.marker());
        });
    }

    @Override
    default NoOutput tagUser(TagUserRequest in, Call call) {
        return change(call, tx -> EntityPolicies.tag(tx, IamPart.user(tx, in.userName(), call), in.tags()));
    }

    @Override
    default NoOutput untagUser(UntagUserRequest in, Call call) {
        return change(call, tx -> EntityPolicies.untag(tx, IamPart.user(tx, in.userName(), call), in.tagKeys()));
    }

    @Override
    default ListUserTagsResponse listUserTags(ListUserTagsRequest in, Call call) {
        return call.read(tx -> new ListUserTagsResponse()
                .tags(TagSet.read(IamPart.user(tx, in.userName(), call).tags()).shown())
                .isTruncated(false));
    }
}
