package belfry.wire;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One service's implementation, callable by operation names. Generated code implements it; get one by the service's
 * {@code …Api.bind(implementation)}.
 *
 * @param <C> the call context that the implementation's methods take
 */
public interface ServiceBinding<C> {
    ServiceDescriptor service();

    /** The operations that the implementation overrides; all others answer {@code NotImplemented}. */
    Set<String> implemented();

    /**
     * Calls an operation.
     *
     * @param operation a name out of {@link ServiceDescriptor#operations()}
     * @param in the input, of the operation's input class; null where the operation takes none
     * @return the output; {@link NoOutput#INSTANCE} where the operation has none
     * @throws ServiceException the operation's error
     */
    Struct invoke(String operation, @Nullable Struct in, C call);
}
