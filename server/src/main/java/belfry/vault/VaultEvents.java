package belfry.vault;

import belfry.base.Json;
import belfry.gateway.ServiceEvent;
import belfry.gateway.Touched;
import belfry.store.Tx;
import java.util.List;

/** What the vault does by itself, told to the audit trail (semantics: cloudtrail.md §1.6). */
final class VaultEvents {
    private static final String SECRETS_MANAGER = "secretsmanager.amazonaws.com";
    private static final String AWS_INTERNAL = "AWS Internal";

    private final ServiceEvent.Recorder recorder;

    VaultEvents(ServiceEvent.Recorder recorder) {
        this.recorder = recorder;
    }

    /** The beginning and the end of a secret's deletion: here they are one moment. */
    void secretDeleted(Tx tx, SecretDeletions.Deletion deletion) {
        var additional = Json.object().put("ARN", deletion.arn()).put("Name", deletion.name());
        String requestId = "SecretDeleteMessage:" + deletion.arn() + ":"
                + deletion.at().toEpochMilli() + (deletion.forced() ? ":Forced" : "");
        for (String name : List.of("StartSecretVersionDelete", "EndSecretVersionDelete")) {
            recorder.record(
                    tx,
                    new ServiceEvent(
                            deletion.place().account(),
                            deletion.place().region(),
                            "secretsmanager",
                            name,
                            SECRETS_MANAGER,
                            requestId,
                            additional,
                            null,
                            List.of(),
                            List.of(new Touched("AWS::SecretsManager::Secret", deletion.arn()))));
        }
    }

    void keyDeleted(Tx tx, Key key) {
        key(tx, key, "DeleteKey");
    }

    /** A rotation that fell due; one that somebody asked for is a call. */
    void keyRotated(Tx tx, Key key) {
        key(tx, key, "RotateKey");
    }

    private void key(Tx tx, Key key, String name) {
        var details = Json.object().put("keyId", key.arn());
        if (name.equals("RotateKey")) {
            details.put("rotationType", "AUTOMATIC");
        }
        recorder.record(
                tx,
                new ServiceEvent(
                        key.place().account(),
                        key.place().region(),
                        "kms",
                        name,
                        AWS_INTERNAL,
                        null,
                        null,
                        details,
                        List.of(new Touched("AWS::KMS::Key", key.arn())),
                        List.of()));
    }
}
