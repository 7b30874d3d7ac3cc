package belfry.vault;

import belfry.base.Arn;
import belfry.store.Tx;
import java.util.Optional;

/**
 * What callers may write where a key is asked for: key id, key ARN, and where the operation allows it {@code alias/name}
 * or alias ARN (semantics: secretsmanager-kms.md B1).
 */
final class KeyIds {
    static final String ALIAS = "alias/";

    private KeyIds() {}

    /** The key of an id or key ARN; an alias is refused. */
    static Key key(Tx tx, Place place, String typed) {
        String resource = resource(place, typed);
        if (resource.startsWith(ALIAS)) {
            throw KmsErrors.invalidKeyId(typed);
        }
        return byId(tx, place, resource, typed);
    }

    /** The key of an id, key ARN, alias or alias ARN. */
    static Key keyOrAlias(Tx tx, Place place, String typed) {
        String resource = resource(place, typed);
        if (resource.startsWith(ALIAS)) {
            String keyId = AliasTable.find(tx, place, resource)
                    .orElseThrow(() -> KmsErrors.noAlias(place.arn("kms", resource)))
                    .keyId();
            return byId(tx, place, keyId, typed);
        }
        return byId(tx, place, resource, typed);
    }

    /** The alias's name where {@code typed} is an alias or alias ARN of this place. */
    static Optional<String> aliasName(Place place, String typed) {
        return Optional.of(resource(place, typed)).filter(resource -> resource.startsWith(ALIAS));
    }

    /** {@code alias/name} or a key id; the latter is not checked yet. */
    private static String resource(Place place, String typed) {
        if (!typed.startsWith("arn:")) {
            return typed;
        }
        Arn arn = Arn.parse(typed)
                .filter(a -> a.service().equals("kms"))
                .orElseThrow(() -> KmsErrors.invalidKeyId(typed));
        if (!arn.region().equals(place.region())) {
            throw KmsErrors.invalidArn(arn.region());
        }
        if (!place.holds(arn)) {
            throw KmsErrors.noKey(typed);
        }
        if (arn.resource().startsWith(ALIAS)) {
            return arn.resource();
        }
        if (!arn.resource().startsWith("key/")) {
            throw KmsErrors.invalidKeyId(typed);
        }
        return arn.resource().substring("key/".length());
    }

    private static Key byId(Tx tx, Place place, String keyId, String typed) {
        if (!CiphertextBlob.KEY_ID.matcher(keyId).matches()) {
            throw KmsErrors.invalidKeyId(typed);
        }
        return KeyTable.find(tx, place, keyId).orElseThrow(() -> KmsErrors.noKey(place.arn("kms", "key/" + keyId)));
    }
}
