package belfry.access;

import belfry.api.iam.CreateAccessKeyRequest;
import belfry.api.iam.CreateAccessKeyResponse;
import belfry.api.iam.DeleteAccessKeyRequest;
import belfry.api.iam.GetAccessKeyLastUsedRequest;
import belfry.api.iam.GetAccessKeyLastUsedResponse;
import belfry.api.iam.ListAccessKeysRequest;
import belfry.api.iam.ListAccessKeysResponse;
import belfry.api.iam.UpdateAccessKeyRequest;
import belfry.gateway.Call;
import belfry.wire.NoOutput;

/** Access keys of users and of the root. */
interface AccessKeyOperations extends IamPart {
    Users users();

    @Override
    default CreateAccessKeyResponse createAccessKey(CreateAccessKeyRequest in, Call call) {
        return change(call, tx -> users().createKey(tx, in, call));
    }

    @Override
    default GetAccessKeyLastUsedResponse getAccessKeyLastUsed(GetAccessKeyLastUsedRequest in, Call call) {
        return call.read(tx -> Users.keyLastUsed(tx, in.accessKeyId(), call));
    }

    @Override
    default ListAccessKeysResponse listAccessKeys(ListAccessKeysRequest in, Call call) {
        return call.read(tx -> Users.listKeys(tx, in, call));
    }

    @Override
    default NoOutput updateAccessKey(UpdateAccessKeyRequest in, Call call) {
        return change(call, tx -> Users.updateKey(tx, in, call));
    }

    @Override
    default NoOutput deleteAccessKey(DeleteAccessKeyRequest in, Call call) {
        return change(call, tx -> Users.deleteKey(tx, in, call));
    }
}
