package belfry.vault;

import belfry.api.kms.AliasListEntry;
import belfry.api.kms.CreateAliasRequest;
import belfry.api.kms.DeleteAliasRequest;
import belfry.api.kms.ListAliasesRequest;
import belfry.api.kms.ListAliasesResponse;
import belfry.api.kms.UpdateAliasRequest;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.NoOutput;
import belfry.wire.ServiceException;
import java.util.ArrayList;
import java.util.List;

/** Names for keys (semantics: secretsmanager-kms.md B1, B2). */
final class Aliases {
    private static final int PAGE = 50;

    private Aliases() {}

    static NoOutput create(Tx tx, CreateAliasRequest in, Call call) {
        Place place = Place.of(call);
        String name = in.aliasName();
        checkName(name);
        Key key = target(tx, in.targetKeyId(), call);
        if (AliasTable.find(tx, place, name).isPresent()) {
            throw ServiceException.of(
                    "AlreadyExistsException", "An alias with the name " + place.arn("kms", name) + " already exists");
        }
        AliasTable.insert(tx, place, name, key.keyId(), call.now());
        return NoOutput.INSTANCE;
    }

    static NoOutput update(Tx tx, UpdateAliasRequest in, Call call) {
        Place place = Place.of(call);
        checkName(in.aliasName());
        requireExisting(tx, place, in.aliasName());
        Key key = target(tx, in.targetKeyId(), call);
        AliasTable.point(tx, place, in.aliasName(), key.keyId(), call.now());
        return NoOutput.INSTANCE;
    }

    static NoOutput delete(Tx tx, DeleteAliasRequest in, Call call) {
        Place place = Place.of(call);
        checkName(in.aliasName());
        AliasTable.Alias alias = requireExisting(tx, place, in.aliasName());
        var unused = Named.key(tx, call, alias.keyId());
        AliasTable.delete(tx, place, alias.name());
        return NoOutput.INSTANCE;
    }

    static ListAliasesResponse list(Tx tx, ListAliasesRequest in, Call call) {
        Place place = Place.of(call);
        int limit = in.limit() == null ? PAGE : in.limit();
        String after = in.marker() == null ? "" : KmsPage.after(in.marker());
        String keyId =
                in.keyId() == null ? null : Named.key(tx, call, in.keyId()).keyId();
        List<AliasTable.Alias> found = new ArrayList<>(AliasTable.list(tx, place, keyId, after, limit + 1));
        boolean more = KmsPage.cut(found, limit);
        return new ListAliasesResponse()
                .aliases(found.stream().map(alias -> entry(place, alias)).toList())
                .truncated(more)
                .nextMarker(more ? Marker.after(found.getLast().name()) : null);
    }

    private static AliasListEntry entry(Place place, AliasTable.Alias alias) {
        return new AliasListEntry()
                .aliasName(alias.name())
                .aliasArn(place.arn("kms", alias.name()))
                .targetKeyId(alias.keyId())
                .creationDate(alias.createdAt())
                .lastUpdatedDate(alias.updatedAt());
    }

    private static Key target(Tx tx, String keyId, Call call) {
        Key key = Named.ownKey(tx, call, keyId, "CreateAlias");
        if (key.state() == KeyState.PENDING_DELETION) {
            throw KmsErrors.pendingDeletion(key);
        }
        return key;
    }

    private static AliasTable.Alias requireExisting(Tx tx, Place place, String name) {
        return AliasTable.find(tx, place, name).orElseThrow(() -> KmsErrors.noAlias(place.arn("kms", name)));
    }

    private static void checkName(String name) {
        if (!name.startsWith(KeyIds.ALIAS)) {
            throw KmsErrors.validation("Alias must start with the prefix \"alias/\". Please see"
                    + " https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html");
        }
        if (name.startsWith(ManagedKeys.PREFIX)) {
            throw ServiceException.of("NotAuthorizedException", "");
        }
        String rest = name.substring(KeyIds.ALIAS.length());
        if (rest.isEmpty() || rest.contains(":")) {
            throw ServiceException.of("InvalidAliasNameException", name + " contains invalid characters for an alias");
        }
    }
}
