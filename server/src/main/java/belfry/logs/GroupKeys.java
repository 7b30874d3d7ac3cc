package belfry.logs;

import belfry.base.Arn;
import belfry.base.Ids;
import belfry.base.Json;
import belfry.gateway.Call;
import belfry.gateway.OnBehalf;
import belfry.gateway.Touched;
import belfry.logs.blocks.BlockSeals;
import belfry.seal.Aead;
import belfry.seal.BrokenSealException;
import belfry.store.Tx;
import belfry.vault.DataKey;
import belfry.vault.Keys;
import belfry.vault.Opened;
import belfry.vault.Place;
import belfry.wire.ServiceException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The KMS keys of log groups: each association makes one data key, under which everything that arrives from then on is
 * sealed. The key's policy and state are asked at every use, so a key that is disabled, or whose policy no longer lets
 * CloudWatch Logs in, locks what it sealed at once.
 */
public final class GroupKeys implements BlockSeals {
    private static final Logger LOG = LoggerFactory.getLogger(GroupKeys.class);
    private static final String CONTEXT = "aws:logs:arn";

    private final Keys keys;
    private final Ids ids;

    /** @param ids needs a secure source of randomness */
    public GroupKeys(Keys keys, Ids ids) {
        this.keys = keys;
        this.ids = ids;
    }

    /** A data key as kept. */
    private record Stored(long groupId, String kmsKey, byte[] dataKey) {}

    /** From now on the group is sealed with that KMS key. */
    void associate(Tx tx, Call call, LogGroupRow group, String kmsKey) {
        boolean arn = Arn.parse(kmsKey)
                .filter(parsed -> parsed.service().equals("kms"))
                .isPresent();
        if (!arn) {
            throw LogErrors.invalid("The kmsKeyId must be the ARN of a KMS key: " + kmsKey);
        }
        try (DataKey made = dataKey(tx, call, group, kmsKey)) {
            long id = tx.first(
                            "INSERT INTO log_group_key (group_id, kms_key, data_key, created) VALUES (?, ?, ?, ?)"
                                    + " RETURNING id",
                            row -> row.number(1),
                            group.id(),
                            made.keyArn(),
                            made.ciphertext(),
                            call.now())
                    .orElseThrow();
            tx.update("UPDATE log_group SET kms_key = ?, key_id = ? WHERE id = ?", kmsKey, id, group.id());
        }
    }

    private DataKey dataKey(Tx tx, Call call, LogGroupRow group, String kmsKey) {
        Map<String, String> context = Map.of(CONTEXT, group.arn());
        DataKey made;
        try {
            made = keys.generateDataKey(tx, place(group), kmsKey, Aead.KEY_BYTES, context, call.now());
        } catch (ServiceException e) {
            throw LogErrors.invalid("The specified KMS key does not exist or is disabled: " + kmsKey);
        }
        for (String action : List.of("GenerateDataKey", "Decrypt")) {
            if (!lets(tx, group, made.keyArn(), action)) {
                throw ServiceException.of(
                        "AccessDeniedException",
                        "The specified KMS key does not exist or is not allowed to be used with Arn '" + group.arn()
                                + "'");
            }
        }
        ObjectNode parameters = Json.object().put("keyId", kmsKey).put("keySpec", "AES_256");
        call.onBehalf(kms("GenerateDataKey", parameters, group, made.keyArn()));
        return made;
    }

    /** What arrives from now on is not sealed; what was stays so. */
    static void disassociate(Tx tx, LogGroupRow group) {
        tx.update("UPDATE log_group SET kms_key = NULL, key_id = 0 WHERE id = ?", group.id());
    }

    /** Why the group can neither be read nor written now; empty where it can. */
    static Optional<String> refusal(Tx tx, LogGroupRow group) {
        long key = currentKey(tx, group.id());
        Optional<BlockSeals> seals = tx.lent(BlockSeals.class);
        if (key == NONE || seals.isEmpty()) {
            return Optional.empty();
        }
        try {
            var unused = seals.get().seal(tx, group.id(), key, new byte[0]);
            return Optional.empty();
        } catch (ServiceException e) {
            return Optional.of("AccessDenied");
        }
    }

    /** The KMS call that reading the group takes, to be reported for the reader; empty for a group without a key. */
    static Optional<OnBehalf> reading(Tx tx, LogGroupRow group) {
        return tx.first(
                "SELECT k.kms_key FROM log_group g JOIN log_group_key k ON k.id = g.key_id WHERE g.id = ?",
                row -> kms(
                        "Decrypt", Json.object().put("encryptionAlgorithm", "SYMMETRIC_DEFAULT"), group, row.text(1)),
                group.id());
    }

    private static OnBehalf kms(String operation, ObjectNode parameters, LogGroupRow group, String keyArn) {
        parameters.set("encryptionContext", Json.object().put(CONTEXT, group.arn()));
        return new OnBehalf(
                "kms",
                operation,
                parameters,
                List.of(new Touched("AWS::KMS::Key", keyArn)),
                service(place(group).region()));
    }

    private static String service(String region) {
        return "logs." + region + ".amazonaws.com";
    }

    private static Place place(LogGroupRow group) {
        Arn arn = Arn.parse(group.arn()).orElseThrow();
        return new Place(arn.account(), arn.region());
    }

    private boolean lets(Tx tx, LogGroupRow group, String keyArn, String action) {
        Place place = place(group);
        return keys.lets(tx, place, keyArn, service(place.region()), action, group.arn(), Map.of(CONTEXT, group.arn()));
    }

    @Override
    public long current(Tx tx, long groupId) {
        return currentKey(tx, groupId);
    }

    private static long currentKey(Tx tx, long groupId) {
        return tx.count("SELECT key_id FROM log_group WHERE id = ?", groupId);
    }

    @Override
    public byte[] seal(Tx tx, long groupId, long keyId, byte[] packed) {
        try (Opened key = dataKey(tx, groupId, keyId)) {
            return Aead.seal(key.plaintext(), packed, bound(groupId, keyId), ids);
        }
    }

    @Override
    public byte[] open(Tx tx, long groupId, long keyId, byte[] sealed) {
        try (Opened key = dataKey(tx, groupId, keyId)) {
            return Aead.open(key.plaintext(), sealed, bound(groupId, keyId));
        } catch (BrokenSealException e) {
            LOG.error("a block of log group {} does not open: the database was changed", groupId);
            throw locked("a block was changed");
        }
    }

    private Opened dataKey(Tx tx, long groupId, long keyId) {
        Stored stored = tx.first(
                        "SELECT group_id, kms_key, data_key FROM log_group_key WHERE id = ?",
                        row -> new Stored(row.number(1), row.text(2), row.bytes(3)),
                        keyId)
                .filter(found -> found.groupId() == groupId)
                .orElseThrow(() -> locked("its data key is gone"));
        LogGroupRow group = LogGroupTable.byId(tx, groupId).orElseThrow(LogErrors::noGroup);
        if (!lets(tx, group, stored.kmsKey(), "Decrypt")) {
            throw locked("the policy of " + stored.kmsKey() + " does not let CloudWatch Logs use it");
        }
        try {
            return keys.decrypt(tx, place(group), stored.dataKey(), Map.of(CONTEXT, group.arn()));
        } catch (ServiceException e) {
            throw locked(String.valueOf(e.getMessage()));
        }
    }

    private static ServiceException locked(String why) {
        return LogErrors.invalid("The log group is encrypted, and its KMS key cannot be used: " + why);
    }

    /** A block sealed for one group and key cannot be passed off as another's. */
    private static byte[] bound(long groupId, long keyId) {
        return ("log-block:" + groupId + ":" + keyId).getBytes(StandardCharsets.UTF_8);
    }
}
