package belfry.vault;

import belfry.gateway.Call;
import belfry.store.Tx;

/** Finds the key that a call names, and names it in the call's audit record. */
final class Named {
    private static final String TYPE = "AWS::KMS::Key";

    private Named() {}

    static Key key(Tx tx, Call call, String typed) {
        return touched(call, KeyIds.key(tx, Place.of(call), typed));
    }

    static Key keyOrAlias(Tx tx, Call call, String typed) {
        return touched(call, KeyIds.keyOrAlias(tx, Place.of(call), typed));
    }

    /** A key that the caller may administer: none of AWS's own. */
    static Key ownKey(Tx tx, Call call, String typed, String action) {
        Key key = key(tx, call, typed);
        if (key.awsManaged()) {
            throw KmsErrors.denied(call.principal().arn(), action, key);
        }
        return key;
    }

    static Key touched(Call call, Key key) {
        call.touches(TYPE, key.arn());
        return key;
    }
}
