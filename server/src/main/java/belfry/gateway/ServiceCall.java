package belfry.gateway;

import belfry.wire.ServiceException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call that one service made to another in its own name, such as KMS's {@code GenerateDataKey} for an alarm that
 * publishes to an encrypted topic (semantics: cloudtrail.md §1.3, {@code AWSService}).
 *
 * @param service the called service's short name: {@code kms}
 * @param operation for example {@code GenerateDataKey}
 * @param requestParameters what the record shows of the request; never key material
 * @param resources what was touched
 * @param invokedBy the calling service: {@code cloudwatch.amazonaws.com}
 * @param error what the called service answered; null where the call succeeded
 */
public record ServiceCall(
        String account,
        String region,
        String service,
        String operation,
        ObjectNode requestParameters,
        List<Touched> resources,
        String invokedBy,
        @Nullable ServiceException error) {
    public ServiceCall {
        resources = List.copyOf(resources);
    }

    /** Writes the audit record of such a call into the transaction of its effect. */
    @FunctionalInterface
    public interface Recorder {
        void record(belfry.store.Tx tx, ServiceCall call);
    }
}
