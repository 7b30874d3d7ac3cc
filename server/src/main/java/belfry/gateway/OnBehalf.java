package belfry.gateway;

import belfry.wire.ServiceException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call that one service made to another with the caller's permissions, such as Secrets Manager's {@code Decrypt} for a
 * reader. It gets an audit record of its own (semantics: cloudtrail.md §1.6).
 *
 * @param service the called service's short name: {@code kms}
 * @param operation for example {@code Decrypt}
 * @param requestParameters what the record shows of the request; never key material
 * @param resources what was touched
 * @param invokedBy the calling service: {@code secretsmanager.amazonaws.com}
 * @param error what the called service answered; null where the call succeeded
 */
public record OnBehalf(
        String service,
        String operation,
        ObjectNode requestParameters,
        List<Touched> resources,
        String invokedBy,
        @Nullable ServiceException error) {
    public OnBehalf {
        resources = List.copyOf(resources);
    }

    /** A call that succeeded. */
    public OnBehalf(
            String service, String operation, ObjectNode requestParameters, List<Touched> resources, String invokedBy) {
        this(service, operation, requestParameters, resources, invokedBy, null);
    }

    /** The same call, had it failed. */
    public OnBehalf failed(ServiceException with) {
        return new OnBehalf(service, operation, requestParameters, resources, invokedBy, with);
    }
}
