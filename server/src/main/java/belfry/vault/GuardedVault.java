package belfry.vault;

import belfry.access.authorize.Members;
import belfry.access.authorize.ResourceFinder;
import belfry.gateway.Call;
import belfry.gateway.Guarded;
import belfry.gateway.Permission;
import belfry.store.Tx;
import belfry.wire.ServiceException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Secrets and keys as those who decide about access see them (semantics: secretsmanager-kms.md A1, A5, B4). */
public final class GuardedVault {
    /** What a secret's random suffix looks like to a policy as long as there is none. */
    private static final String ANY_SUFFIX = "-??????";

    private GuardedVault() {}

    /** By the kinds that the tables of actions write. */
    public static Map<String, ResourceFinder> finders() {
        return Map.of(
                "secret", (tx, call, typed, members) -> secret(tx, call, typed.orElse("*")),
                "new-secret", (tx, call, typed, members) -> absent(call, typed.orElse("*")),
                "key", (tx, call, typed, members) -> key(tx, call, typed.orElse("*")),
                "alias-key", (tx, call, typed, members) -> key(tx, call, typed.orElse("*")),
                "ciphertext", (tx, call, typed, members) -> sealer(tx, call, members));
    }

    /** The permission to read a secret of a batch. */
    static Permission reading(Secret secret, String typed) {
        return new Permission("secretsmanager:GetSecretValue", guarded(secret, typed));
    }

    /** The same for one that does not exist, so that the answer does not tell. */
    static Permission reading(Call call, String typed) {
        return new Permission("secretsmanager:GetSecretValue", absent(call, typed));
    }

    /** The permission to use a secret's key, which the caller needs itself (A6). */
    static Permission through(String service, Key key, String operation, Map<String, String> encryptionContext) {
        Map<String, List<String>> context = new HashMap<>();
        encryptionContext.forEach((name, value) -> context.put("kms:EncryptionContext:" + name, List.of(value)));
        context.put("kms:EncryptionContextKeys", List.copyOf(encryptionContext.keySet()));
        context.put("kms:ViaService", List.of(service + "." + key.place().region() + ".amazonaws.com"));
        context.put("aws:CalledVia", List.of(service + ".amazonaws.com"));
        context.put("aws:ViaAWSService", List.of("true"));
        return new Permission("kms:" + operation, guarded(key), context);
    }

    private static Guarded secret(Tx tx, Call call, String typed) {
        try {
            return SecretIds.lookUp(tx, Place.of(call), typed)
                    .map(secret -> guarded(secret, typed))
                    .orElseGet(() -> absent(call, typed));
        } catch (ServiceException e) {
            return absent(call, typed);
        }
    }

    private static Guarded guarded(Secret secret, String typed) {
        Map<String, List<String>> facts = tags(Tags.read(secret.tags()), "aws:", "secretsmanager:");
        facts.put("secretsmanager:SecretId", List.of(secret.arn()));
        facts.put("secretsmanager:SecretPrimaryRegion", List.of(secret.place().region()));
        return new Guarded(secret.arn(), typed, secret.policy(), Guarded.Rule.BESIDE, facts);
    }

    private static Guarded absent(Call call, String typed) {
        String arn = typed.startsWith("arn:")
                ? typed
                : call.arn("secretsmanager", "secret:" + typed + ANY_SUFFIX).toString();
        return new Guarded(arn, typed, null, Guarded.Rule.BESIDE, Map.of());
    }

    private static Guarded key(Tx tx, Call call, String typed) {
        Place place = Place.of(call);
        try {
            Optional<String> alias = KeyIds.aliasName(place, typed);
            if (alias.isPresent() && Keys.awaitsCreation(tx, place, typed)) {
                String arn = place.arn("kms", "key/*");
                return new Guarded(
                        arn, arn, ManagedKeys.policy(place, alias.get()), Guarded.Rule.AUTHORITATIVE, Map.of());
            }
            Guarded key = guarded(KeyIds.keyOrAlias(tx, place, typed));
            if (alias.isEmpty()) {
                return key;
            }
            Map<String, List<String>> facts = new HashMap<>(key.facts());
            facts.put("kms:RequestAlias", List.of(alias.get()));
            return new Guarded(key.arn(), key.shown(), key.policy(), key.rule(), facts);
        } catch (ServiceException e) {
            return Guarded.of(typed.startsWith("arn:") ? typed : place.arn("kms", "key/" + typed));
        }
    }

    private static Guarded sealer(Tx tx, Call call, Members members) {
        Place place = Place.of(call);
        return members.bytes("CiphertextBlob")
                .flatMap(CiphertextBlob::decode)
                .flatMap(blob -> KeyTable.find(tx, place, blob.keyId()))
                .map(GuardedVault::guarded)
                .orElseGet(() -> Guarded.of(place.arn("kms", "key/*")));
    }

    private static Guarded guarded(Key key) {
        Map<String, List<String>> facts = tags(Tags.read(key.tags()), "aws:");
        facts.put("kms:KeySpec", List.of("SYMMETRIC_DEFAULT"));
        facts.put("kms:KeyUsage", List.of("ENCRYPT_DECRYPT"));
        facts.put("kms:KeyOrigin", List.of("AWS_KMS"));
        return new Guarded(key.arn(), key.arn(), key.policy(), Guarded.Rule.AUTHORITATIVE, facts);
    }

    private static Map<String, List<String>> tags(Map<String, String> tags, String... prefixes) {
        Map<String, List<String>> facts = new HashMap<>();
        for (String prefix : prefixes) {
            tags.forEach((tag, value) -> facts.put(prefix + "ResourceTag/" + tag, List.of(value)));
        }
        return facts;
    }
}
