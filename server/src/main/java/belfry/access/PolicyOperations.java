package belfry.access;

import belfry.api.iam.CreatePolicyRequest;
import belfry.api.iam.CreatePolicyResponse;
import belfry.api.iam.CreatePolicyVersionRequest;
import belfry.api.iam.CreatePolicyVersionResponse;
import belfry.api.iam.DeletePolicyRequest;
import belfry.api.iam.DeletePolicyVersionRequest;
import belfry.api.iam.GetPolicyRequest;
import belfry.api.iam.GetPolicyResponse;
import belfry.api.iam.GetPolicyVersionRequest;
import belfry.api.iam.GetPolicyVersionResponse;
import belfry.api.iam.ListEntitiesForPolicyRequest;
import belfry.api.iam.ListEntitiesForPolicyResponse;
import belfry.api.iam.ListPoliciesRequest;
import belfry.api.iam.ListPoliciesResponse;
import belfry.api.iam.ListPolicyTagsRequest;
import belfry.api.iam.ListPolicyTagsResponse;
import belfry.api.iam.ListPolicyVersionsRequest;
import belfry.api.iam.ListPolicyVersionsResponse;
import belfry.api.iam.SetDefaultPolicyVersionRequest;
import belfry.api.iam.TagPolicyRequest;
import belfry.api.iam.UntagPolicyRequest;
import belfry.gateway.Call;
import belfry.wire.NoOutput;

/** Managed policies and their versions. */
interface PolicyOperations extends IamPart {
    Managed managed();

    @Override
    default CreatePolicyResponse createPolicy(CreatePolicyRequest in, Call call) {
        return change(call, tx -> managed().create(tx, in, call));
    }

    @Override
    default GetPolicyResponse getPolicy(GetPolicyRequest in, Call call) {
        return call.read(tx -> new GetPolicyResponse().policy(Managed.get(tx, in.policyArn(), call)));
    }

    @Override
    default ListPoliciesResponse listPolicies(ListPoliciesRequest in, Call call) {
        return call.read(tx -> Managed.list(tx, in, call));
    }

    @Override
    default NoOutput deletePolicy(DeletePolicyRequest in, Call call) {
        return change(call, tx -> Managed.delete(tx, in.policyArn(), call));
    }

    @Override
    default CreatePolicyVersionResponse createPolicyVersion(CreatePolicyVersionRequest in, Call call) {
        return change(call, tx -> Managed.addVersion(tx, in, call));
    }

    @Override
    default GetPolicyVersionResponse getPolicyVersion(GetPolicyVersionRequest in, Call call) {
        return call.read(tx -> Managed.getVersion(tx, in, call));
    }

    @Override
    default ListPolicyVersionsResponse listPolicyVersions(ListPolicyVersionsRequest in, Call call) {
        return call.read(tx -> Managed.versions(tx, in.policyArn(), call));
    }

    @Override
    default NoOutput setDefaultPolicyVersion(SetDefaultPolicyVersionRequest in, Call call) {
        return change(call, tx -> Managed.setDefault(tx, in, call));
    }

    @Override
    default NoOutput deletePolicyVersion(DeletePolicyVersionRequest in, Call call) {
        return change(call, tx -> Managed.deleteVersion(tx, in, call));
    }

    @Override
    default ListEntitiesForPolicyResponse listEntitiesForPolicy(ListEntitiesForPolicyRequest in, Call call) {
        return call.read(tx -> Managed.entities(tx, in, call));
    }

    @Override
    default NoOutput tagPolicy(TagPolicyRequest in, Call call) {
        return change(call, tx -> Managed.tag(tx, in.policyArn(), in.tags(), call));
    }

    @Override
    default NoOutput untagPolicy(UntagPolicyRequest in, Call call) {
        return change(call, tx -> Managed.untag(tx, in.policyArn(), in.tagKeys(), call));
    }

    @Override
    default ListPolicyTagsResponse listPolicyTags(ListPolicyTagsRequest in, Call call) {
        return call.read(tx -> new ListPolicyTagsResponse()
                .tags(TagSet.read(Managed.named(tx, in.policyArn(), call).tags())
                        .shown())
                .isTruncated(false));
    }
}
