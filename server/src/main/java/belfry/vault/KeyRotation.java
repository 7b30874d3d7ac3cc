package belfry.vault;

import belfry.api.kms.EnableKeyRotationRequest;
import belfry.api.kms.GetKeyRotationStatusResponse;
import belfry.api.kms.ListKeyRotationsRequest;
import belfry.api.kms.ListKeyRotationsResponse;
import belfry.api.kms.RotateKeyOnDemandResponse;
import belfry.api.kms.RotationsListEntry;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.NoOutput;
import belfry.wire.ServiceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** New material for a key, by time or on demand (semantics: secretsmanager-kms.md B5). */
final class KeyRotation {
    private static final int DEFAULT_DAYS = 365;
    private static final int ON_DEMAND_MAX = 25;
    private static final int PAGE = 100;

    private final Keys keys;

    KeyRotation(Keys keys) {
        this.keys = keys;
    }

    NoOutput enable(Tx tx, EnableKeyRotationRequest in, Call call) {
        Key key = enabled(tx, in.keyId(), "EnableKeyRotation", call);
        int days = in.rotationPeriodInDays() == null ? DEFAULT_DAYS : in.rotationPeriodInDays();
        KeyTable.setRotation(tx, key, days, call.now().plus(Duration.ofDays(days)));
        tx.ring(Keys.DATED);
        return NoOutput.INSTANCE;
    }

    NoOutput disable(Tx tx, String keyId, Call call) {
        KeyTable.setRotation(tx, enabled(tx, keyId, "DisableKeyRotation", call), null, null);
        return NoOutput.INSTANCE;
    }

    /** While a key is pending deletion its rotation shows as off, though the setting is kept. */
    GetKeyRotationStatusResponse status(Tx tx, String keyId, Call call) {
        Key key = Named.key(tx, call, keyId);
        boolean on = key.rotationDays() != null && key.state() != KeyState.PENDING_DELETION;
        return new GetKeyRotationStatusResponse()
                .keyId(key.arn())
                .keyRotationEnabled(on)
                .rotationPeriodInDays(on ? key.rotationDays() : null)
                .nextRotationDate(on ? key.rotationAt() : null);
    }

    RotateKeyOnDemandResponse now(Tx tx, String keyId, Call call) {
        Key key = enabled(tx, keyId, "RotateKeyOnDemand", call);
        long before = Materials.all(tx, key).stream()
                .filter(material -> material.origin() == Materials.Origin.ON_DEMAND)
                .count();
        if (before >= ON_DEMAND_MAX) {
            throw ServiceException.of(
                    "LimitExceededException",
                    "The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations"
                            + " can be performed for this key: " + key.arn());
        }
        keys.rotate(tx, key, Materials.Origin.ON_DEMAND, call.now());
        return new RotateKeyOnDemandResponse().keyId(key.arn());
    }

    /** Completed rotations, oldest first; the key's first material only where all material is asked for. */
    ListKeyRotationsResponse list(Tx tx, ListKeyRotationsRequest in, Call call) {
        Key key = Named.key(tx, call, in.keyId());
        boolean all = "ALL_KEY_MATERIAL".equals(in.includeKeyMaterial());
        int limit = in.limit() == null ? PAGE : in.limit();
        int after = in.marker() == null ? 0 : number(KmsPage.after(in.marker()));
        List<Materials.Material> found = new ArrayList<>(Materials.all(tx, key).stream()
                .filter(material -> material.number() > after)
                .filter(material -> all || material.origin() != Materials.Origin.CREATED)
                .limit(limit + 1L)
                .toList());
        boolean more = KmsPage.cut(found, limit);
        return new ListKeyRotationsResponse()
                .rotations(found.stream().map(material -> entry(key, material)).toList())
                .truncated(more)
                .nextMarker(more ? Marker.after(String.valueOf(found.getLast().number())) : null);
    }

    private static RotationsListEntry entry(Key key, Materials.Material material) {
        RotationsListEntry entry = new RotationsListEntry()
                .keyId(key.arn())
                .keyMaterialId(material.materialId())
                .keyMaterialState(material.number() == key.material() ? "CURRENT" : "NON_CURRENT");
        return switch (material.origin()) {
            case CREATED -> entry;
            case AUTOMATIC -> entry.rotationDate(material.createdAt()).rotationType("AUTOMATIC");
            case ON_DEMAND -> entry.rotationDate(material.createdAt()).rotationType("ON_DEMAND");
        };
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw ServiceException.of("InvalidMarkerException", "Invalid marker");
        }
    }

    private static Key enabled(Tx tx, String keyId, String action, Call call) {
        Key key = Named.ownKey(tx, call, keyId, action);
        Keys.requireUsable(key);
        return key;
    }
}
