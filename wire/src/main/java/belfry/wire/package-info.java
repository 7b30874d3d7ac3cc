/**
 * The AWS wire protocols, knowing no service and no HTTP server.
 *
 * <h2>For a service stage</h2>
 *
 * Implement the generated {@code belfry.api.<service>.<Service>Api<C>}: a default method per operation, for example
 * {@code default GetSecretValueResponse getSecretValue(GetSecretValueRequest in, C call)}. Inputs and outputs are
 * {@link belfry.wire.Struct}s with fluent accessors: {@code in.secretId()} (null where absent), {@code new
 * GetSecretValueResponse().arn(x).name(y)}. Timestamps are {@link java.time.Instant}, blobs {@code byte[]}, enumerations
 * text, streamed object bodies {@link belfry.wire.Body}. An operation without output returns
 * {@link belfry.wire.NoOutput#INSTANCE}; one without input takes the call alone. Errors are thrown as
 * {@link belfry.wire.ServiceException}. {@code <Service>Api.bind(implementation)} gives the
 * {@link belfry.wire.ServiceBinding} that the gateway calls.
 */
@NullMarked
package belfry.wire;

import org.jspecify.annotations.NullMarked;
