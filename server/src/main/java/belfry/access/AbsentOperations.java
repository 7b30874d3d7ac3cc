package belfry.access;

import belfry.api.iam.DeleteLoginProfileRequest;
import belfry.api.iam.ListAccountAliasesRequest;
import belfry.api.iam.ListAccountAliasesResponse;
import belfry.api.iam.ListInstanceProfilesForRoleRequest;
import belfry.api.iam.ListInstanceProfilesForRoleResponse;
import belfry.api.iam.ListMFADevicesRequest;
import belfry.api.iam.ListMFADevicesResponse;
import belfry.api.iam.ListSSHPublicKeysRequest;
import belfry.api.iam.ListSSHPublicKeysResponse;
import belfry.api.iam.ListServiceSpecificCredentialsRequest;
import belfry.api.iam.ListServiceSpecificCredentialsResponse;
import belfry.api.iam.ListSigningCertificatesRequest;
import belfry.api.iam.ListSigningCertificatesResponse;
import belfry.api.iam.ListVirtualMFADevicesRequest;
import belfry.api.iam.ListVirtualMFADevicesResponse;
import belfry.gateway.Call;
import belfry.wire.NoOutput;
import java.util.List;

/** What does not exist here: instance profiles, passwords, MFA devices, certificates, aliases. Their lists are truly empty. */
interface AbsentOperations extends IamPart {
    @Override
    default ListInstanceProfilesForRoleResponse listInstanceProfilesForRole(
            ListInstanceProfilesForRoleRequest in, Call call) {
        return call.read(tx -> {
            var unused = IamPart.role(tx, in.roleName(), call);
            return new ListInstanceProfilesForRoleResponse()
                    .instanceProfiles(List.of())
                    .isTruncated(false);
        });
    }

    @Override
    default ListMFADevicesResponse listMFADevices(ListMFADevicesRequest in, Call call) {
        return call.read(tx -> {
            var unused = Users.named(tx, in.userName(), call);
            return new ListMFADevicesResponse().mfaDevices(List.of()).isTruncated(false);
        });
    }

    @Override
    default ListSSHPublicKeysResponse listSSHPublicKeys(ListSSHPublicKeysRequest in, Call call) {
        return call.read(tx -> {
            var unused = Users.named(tx, in.userName(), call);
            return new ListSSHPublicKeysResponse().sshPublicKeys(List.of()).isTruncated(false);
        });
    }

    @Override
    default ListSigningCertificatesResponse listSigningCertificates(ListSigningCertificatesRequest in, Call call) {
        return call.read(tx -> {
            var unused = Users.named(tx, in.userName(), call);
            return new ListSigningCertificatesResponse().certificates(List.of()).isTruncated(false);
        });
    }

    @Override
    default ListServiceSpecificCredentialsResponse listServiceSpecificCredentials(
            ListServiceSpecificCredentialsRequest in, Call call) {
        return call.read(tx -> {
            var unused = Users.named(tx, in.userName(), call);
            return new ListServiceSpecificCredentialsResponse()
                    .serviceSpecificCredentials(List.of())
                    .isTruncated(false);
        });
    }

    @Override
    default ListVirtualMFADevicesResponse listVirtualMFADevices(ListVirtualMFADevicesRequest in, Call call) {
        return new ListVirtualMFADevicesResponse().virtualMFADevices(List.of()).isTruncated(false);
    }

    @Override
    default ListAccountAliasesResponse listAccountAliases(ListAccountAliasesRequest in, Call call) {
        return new ListAccountAliasesResponse().accountAliases(List.of()).isTruncated(false);
    }

    /** Nobody has a password here. */
    @Override
    default NoOutput deleteLoginProfile(DeleteLoginProfileRequest in, Call call) {
        return change(call, tx -> {
            Entity user = Users.named(tx, in.userName(), call);
            throw IamErrors.noSuchEntity("Login Profile for User " + user.name() + " cannot be found.");
        });
    }
}
