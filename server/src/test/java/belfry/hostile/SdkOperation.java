package belfry.hostile;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.sync.RequestBody;

/** One operation as the AWS SDK's client offers it, called with a request that is filled in by its fields. */
record SdkOperation(String name, SdkClient client, Method method) {

    /** @param name as in the service description; empty where the client lacks it */
    static Optional<SdkOperation> find(SdkClient client, String name) {
        return Arrays.stream(client.getClass().getInterfaces())
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .filter(method -> called(method, name) || called(method, name + "AsBytes"))
                .filter(SdkOperation::takesRequest)
                .findFirst()
                .map(method -> new SdkOperation(name, client, method));
    }

    private static boolean called(Method method, String name) {
        return method.getName().equalsIgnoreCase(name);
    }

    private static boolean takesRequest(Method method) {
        Class<?>[] types = method.getParameterTypes();
        boolean request = types.length > 0 && SdkRequest.class.isAssignableFrom(types[0]);
        return request && (types.length == 1 || (types.length == 2 && types[1] == RequestBody.class));
    }

    /** A new request's builder. */
    SdkPojo builder() {
        try {
            return (SdkPojo) method.getParameterTypes()[0].getMethod("builder").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("every request has a builder", e);
        }
    }

    /** @throws RuntimeException what the client throws */
    SdkPojo call(SdkPojo request, String content) {
        try {
            Object answer = method.getParameterCount() == 1
                    ? method.invoke(client, request)
                    : method.invoke(client, request, RequestBody.fromString(content));
            return (SdkPojo) (answer instanceof ResponseBytes<?> bytes ? bytes.response() : answer);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new LinkageError("operations are public", e);
        }
    }
}
