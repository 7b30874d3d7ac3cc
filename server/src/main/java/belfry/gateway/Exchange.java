package belfry.gateway;

import belfry.wire.ServiceException;
import belfry.wire.Struct;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A finished call, as it is handed to the {@link Recorder}: what was asked and what will be answered.
 *
 * @param service the service's short name, {@code secretsmanager}
 * @param operation for example {@code GetSecretValue}
 * @param input the request; null where the operation takes none
 * @param output the answer; null where the call failed
 * @param error the error answered; null where the call succeeded
 * @param touched resources that the operation named
 * @param onBehalf calls that services made for the caller meanwhile, in their order
 * @param transport how the call came
 */
public record Exchange(
        Call call,
        String service,
        String operation,
        @Nullable Struct input,
        @Nullable Struct output,
        @Nullable ServiceException error,
        List<Touched> touched,
        List<OnBehalf> onBehalf,
        Transport transport) {
    /**
     * How a call came: for {@code tlsDetails} and S3's {@code additionalEventData}.
     *
     * @param host the Host header as sent
     * @param tlsVersion {@code TLSv1.3}, or null over plain HTTP
     * @param cipherSuite null over plain HTTP
     * @param bytesIn the request body's length, -1 if unknown
     * @param presigned whether the signature stood in the query string
     */
    public record Transport(
            String host,
            @Nullable String tlsVersion,
            @Nullable String cipherSuite,
            long bytesIn,
            boolean presigned) {}

    public Exchange {
        if ((output == null) == (error == null)) {
            throw new IllegalArgumentException("a finished call has an answer or an error");
        }
        touched = List.copyOf(touched);
        onBehalf = List.copyOf(onBehalf);
    }
}
