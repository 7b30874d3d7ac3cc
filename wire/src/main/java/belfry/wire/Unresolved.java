package belfry.wire;

import org.jspecify.annotations.Nullable;

/**
 * A request that is no call of a known operation.
 *
 * @param error what to answer, by {@link #error(ServiceException, String)}
 */
public record Unresolved(
        Protocol protocol, @Nullable ServiceDescriptor service, WireRequest request, ServiceException error)
        implements Resolution {}
