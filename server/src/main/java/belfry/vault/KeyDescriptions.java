package belfry.vault;

import belfry.api.kms.DescribeKeyRequest;
import belfry.api.kms.DescribeKeyResponse;
import belfry.api.kms.KeyListEntry;
import belfry.api.kms.KeyMetadata;
import belfry.api.kms.ListKeysRequest;
import belfry.api.kms.ListKeysResponse;
import belfry.gateway.Call;
import belfry.store.Tx;
import java.util.ArrayList;
import java.util.List;

/** DescribeKey and ListKeys. */
final class KeyDescriptions {
    private static final int PAGE = 100;

    private final Keys keys;

    KeyDescriptions(Keys keys) {
        this.keys = keys;
    }

    /** Describing a service's default key that does not exist yet makes it, as in AWS. */
    DescribeKeyResponse describe(DescribeKeyRequest in, Call call) {
        Place place = Place.of(call);
        boolean create = call.read(tx -> Keys.awaitsCreation(tx, place, in.keyId()));
        return create
                ? call.write(tx -> describe(tx, keys.resolve(tx, place, in.keyId(), call.now()), call))
                : call.read(tx -> describe(tx, KeyIds.keyOrAlias(tx, place, in.keyId()), call));
    }

    static ListKeysResponse list(Tx tx, ListKeysRequest in, Call call) {
        int limit = in.limit() == null ? PAGE : in.limit();
        String after = in.marker() == null ? "" : KmsPage.after(in.marker());
        List<Key> found = new ArrayList<>(KeyTable.list(tx, Place.of(call), after, limit + 1));
        boolean more = KmsPage.cut(found, limit);
        return new ListKeysResponse()
                .keys(found.stream()
                        .map(key -> new KeyListEntry().keyId(key.keyId()).keyArn(key.arn()))
                        .toList())
                .truncated(more)
                .nextMarker(more ? Marker.after(found.getLast().keyId()) : null);
    }

    static KeyMetadata metadata(Tx tx, Key key) {
        return new KeyMetadata()
                .awsAccountId(key.place().account())
                .keyId(key.keyId())
                .arn(key.arn())
                .creationDate(key.createdAt())
                .enabled(key.state() == KeyState.ENABLED)
                .description(key.description())
                .keyUsage("ENCRYPT_DECRYPT")
                .keyState(key.state().word())
                .deletionDate(key.deletionAt())
                .origin("AWS_KMS")
                .keyManager(key.awsManaged() ? "AWS" : "CUSTOMER")
                .customerMasterKeySpec("SYMMETRIC_DEFAULT")
                .keySpec("SYMMETRIC_DEFAULT")
                .encryptionAlgorithms(List.of("SYMMETRIC_DEFAULT"))
                .multiRegion(false)
                .currentKeyMaterialId(Materials.current(tx, key).materialId());
    }

    private static DescribeKeyResponse describe(Tx tx, Key key, Call call) {
        return new DescribeKeyResponse().keyMetadata(metadata(tx, Named.touched(call, key)));
    }
}
