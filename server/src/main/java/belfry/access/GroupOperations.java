package belfry.access;

import belfry.api.iam.AddUserToGroupRequest;
import belfry.api.iam.AttachGroupPolicyRequest;
import belfry.api.iam.AttachedPolicy;
import belfry.api.iam.CreateGroupRequest;
import belfry.api.iam.CreateGroupResponse;
import belfry.api.iam.DeleteGroupPolicyRequest;
import belfry.api.iam.DeleteGroupRequest;
import belfry.api.iam.DetachGroupPolicyRequest;
import belfry.api.iam.GetGroupPolicyRequest;
import belfry.api.iam.GetGroupPolicyResponse;
import belfry.api.iam.GetGroupRequest;
import belfry.api.iam.GetGroupResponse;
import belfry.api.iam.ListAttachedGroupPoliciesRequest;
import belfry.api.iam.ListAttachedGroupPoliciesResponse;
import belfry.api.iam.ListGroupPoliciesRequest;
import belfry.api.iam.ListGroupPoliciesResponse;
import belfry.api.iam.ListGroupsForUserRequest;
import belfry.api.iam.ListGroupsForUserResponse;
import belfry.api.iam.ListGroupsRequest;
import belfry.api.iam.ListGroupsResponse;
import belfry.api.iam.PutGroupPolicyRequest;
import belfry.api.iam.RemoveUserFromGroupRequest;
import belfry.api.iam.UpdateGroupRequest;
import belfry.gateway.Call;
import belfry.wire.NoOutput;

/** Groups: themselves, their members and policies. */
interface GroupOperations extends IamPart {
    Groups groups();

    @Override
    default CreateGroupResponse createGroup(CreateGroupRequest in, Call call) {
        return change(call, tx -> groups().create(tx, in, call));
    }

    @Override
    default GetGroupResponse getGroup(GetGroupRequest in, Call call) {
        return call.read(tx -> Groups.get(tx, in, call));
    }

    @Override
    default ListGroupsResponse listGroups(ListGroupsRequest in, Call call) {
        return call.read(tx -> Groups.list(tx, in, call));
    }

    @Override
    default ListGroupsForUserResponse listGroupsForUser(ListGroupsForUserRequest in, Call call) {
        return call.read(tx -> Groups.ofUser(tx, in, call));
    }

    @Override
    default NoOutput updateGroup(UpdateGroupRequest in, Call call) {
        return change(call, tx -> Groups.update(tx, in, call));
    }

    @Override
    default NoOutput deleteGroup(DeleteGroupRequest in, Call call) {
        return change(call, tx -> Groups.delete(tx, in.groupName(), call));
    }

    @Override
    default NoOutput addUserToGroup(AddUserToGroupRequest in, Call call) {
        return change(call, tx -> Groups.add(tx, in.groupName(), in.userName(), call));
    }

    @Override
    default NoOutput removeUserFromGroup(RemoveUserFromGroupRequest in, Call call) {
        return change(call, tx -> Groups.remove(tx, in.groupName(), in.userName(), call));
    }

    @Override
    default NoOutput putGroupPolicy(PutGroupPolicyRequest in, Call call) {
        return change(
                call,
                tx -> EntityPolicies.put(
                        tx, IamPart.group(tx, in.groupName(), call), in.policyName(), in.policyDocument()));
    }

    @Override
    default GetGroupPolicyResponse getGroupPolicy(GetGroupPolicyRequest in, Call call) {
        return call.read(tx -> {
            InlinePolicies.Inline policy =
                    InlinePolicies.get(tx, IamPart.group(tx, in.groupName(), call), in.policyName());
            return new GetGroupPolicyResponse()
                    .groupName(in.groupName())
                    .policyName(policy.name())
                    .policyDocument(PolicyText.encode(policy.document()));
        });
    }

    @Override
    default ListGroupPoliciesResponse listGroupPolicies(ListGroupPoliciesRequest in, Call call) {
        return call.read(tx -> {
            IamPage<String> page =
                    EntityPolicies.names(tx, IamPart.group(tx, in.groupName(), call), in.marker(), in.maxItems());
            return new ListGroupPoliciesResponse()
                    .policyNames(page.items())
                    .isTruncated(page.truncated())
                    .marker(page.marker());
        });
    }

    @Override
    default NoOutput deleteGroupPolicy(DeleteGroupPolicyRequest in, Call call) {
        return change(call, tx -> EntityPolicies.delete(tx, IamPart.group(tx, in.groupName(), call), in.policyName()));
    }

    @Override
    default NoOutput attachGroupPolicy(AttachGroupPolicyRequest in, Call call) {
        return change(call, tx -> EntityPolicies.attach(tx, IamPart.group(tx, in.groupName(), call), in.policyArn()));
    }

    @Override
    default NoOutput detachGroupPolicy(DetachGroupPolicyRequest in, Call call) {
        return change(call, tx -> EntityPolicies.detach(tx, IamPart.group(tx, in.groupName(), call), in.policyArn()));
    }

    @Override
    default ListAttachedGroupPoliciesResponse listAttachedGroupPolicies(
            ListAttachedGroupPoliciesRequest in, Call call) {
        return call.read(tx -> {
            IamPage<AttachedPolicy> page = EntityPolicies.attached(
                    tx, IamPart.group(tx, in.groupName(), call), in.pathPrefix(), in.marker(), in.maxItems());
            return new ListAttachedGroupPoliciesResponse()
                    .attachedPolicies(page.items())
                    .isTruncated(page.truncated())
                    .marker(page.marker());
        });
    }
}
