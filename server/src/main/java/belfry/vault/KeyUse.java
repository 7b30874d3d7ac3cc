package belfry.vault;

import belfry.base.Arn;
import belfry.base.Json;
import belfry.gateway.Call;
import belfry.gateway.OnBehalf;
import belfry.gateway.Permission;
import belfry.gateway.ServiceCall;
import belfry.gateway.Touched;
import belfry.store.Tx;
import belfry.wire.ServiceException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A KMS key as a service uses it for what it keeps of one resource: for a caller with the caller's own permissions, for
 * another service by the key's policy alone (semantics: secretsmanager-kms.md B4). All errors are KMS's own; the service
 * says them in its words.
 *
 * @param service the service that keeps something: {@code sqs}
 * @param resourceArn the queue or topic
 * @param typed the key as people wrote it: id, ARN or alias
 * @param context the encryption context
 */
public record KeyUse(String service, String resourceArn, String typed, Map<String, String> context) {
    public KeyUse {
        context = Map.copyOf(context);
    }

    /** Where the resource lies; its key must be there too. */
    public Place place() {
        Arn arn = Arn.parse(resourceArn).orElseThrow();
        return new Place(arn.account(), arn.region());
    }

    /**
     * The key's ARN; a service's default key is made where the account has none yet.
     *
     * @throws ServiceException NotFoundException, DisabledException, KMSInvalidStateException
     */
    public String usable(Tx tx, Keys keys, Instant now) {
        return keys.usable(tx, place(), keys.arn(tx, place(), typed, now));
    }

    /**
     * Makes sure that the caller itself may do this with the key.
     *
     * @throws ServiceException AccessDeniedException
     */
    public void require(Tx tx, Call call, String keyArn, String operation) {
        Permission needed = Keys.permission(tx, place(), keyArn, service, operation, context)
                .orElseThrow(() -> KmsErrors.noKey(keyArn));
        try {
            call.require(tx, needed);
        } catch (ServiceException e) {
            // KMS says no in its own code, whichever service the caller called.
            throw ServiceException.of("AccessDeniedException", String.valueOf(e.getMessage()));
        }
    }

    /**
     * Makes sure that the key's policy lets another service do this.
     *
     * @param principal such as {@code events.amazonaws.com}
     * @param source what that service works for: an ARN
     * @throws ServiceException AccessDeniedException
     */
    public void requireOf(Tx tx, Keys keys, String principal, String source, String keyArn, String operation) {
        if (!keys.letsThrough(tx, place(), service, keyArn, principal, operation, source, context)) {
            throw ServiceException.of(
                    "AccessDeniedException",
                    principal + " is not authorized to perform: kms:" + operation + " on resource: " + keyArn
                            + " because no resource-based policy allows the kms:" + operation + " action");
        }
    }

    /** The call of KMS in a caller's name, as it is recorded. */
    public OnBehalf call(String operation, @Nullable String keyArn) {
        return new OnBehalf("kms", operation, parameters(operation), touched(keyArn), service + ".amazonaws.com");
    }

    /**
     * The call of KMS in another service's name, as it is recorded.
     *
     * @param error what KMS answered; null where the call succeeded
     */
    public ServiceCall callOf(
            String principal, String operation, @Nullable String keyArn, @Nullable ServiceException error) {
        Place place = place();
        return new ServiceCall(
                place.account(),
                place.region(),
                "kms",
                operation,
                parameters(operation),
                touched(keyArn),
                principal,
                error);
    }

    private ObjectNode parameters(String operation) {
        ObjectNode parameters = Json.object();
        if (operation.equals("Decrypt")) {
            parameters.put("encryptionAlgorithm", "SYMMETRIC_DEFAULT");
        } else {
            parameters.put("keyId", typed).put("keySpec", "AES_256");
        }
        parameters.set("encryptionContext", Json.texts(context));
        return parameters;
    }

    private static List<Touched> touched(@Nullable String keyArn) {
        return keyArn == null ? List.of() : List.of(new Touched("AWS::KMS::Key", keyArn));
    }
}
