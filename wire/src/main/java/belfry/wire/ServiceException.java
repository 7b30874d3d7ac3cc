package belfry.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An error as AWS answers it: code, HTTP status, message. The code may be the error shape's name
 * ({@code ResourceNotFoundException}) or its code on the wire; the encoders send whichever form the protocol wants.
 * Carries no stack trace, for it is an answer and no accident.
 */
public final class ServiceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final int status;
    private final Fault fault;
    private final transient Map<String, Object> members;

    private ServiceException(
            String code, int status, Fault fault, @Nullable String message, Map<String, Object> members) {
        super(message, null, false, false);
        this.code = Objects.requireNonNull(code);
        this.status = status;
        this.fault = Objects.requireNonNull(fault);
        this.members = members;
    }

    /** The caller's fault, status 400. */
    public static ServiceException of(String code, @Nullable String message) {
        return of(code, 400, message);
    }

    /** The caller's fault below 500, ours from there on. */
    public static ServiceException of(String code, int status, @Nullable String message) {
        return of(code, status, status < 500 ? Fault.CALLER : Fault.INTERNAL, message);
    }

    public static ServiceException of(String code, int status, Fault fault, @Nullable String message) {
        return new ServiceException(code, status, fault, message, Map.of());
    }

    /** An operation that the service has and Belfry has not. A 5xx would make clients retry for minutes. */
    public static ServiceException notImplemented(String service, String operation) {
        String message = "Belfry does not implement the operation " + operation + " of " + service + ".";
        return of("NotImplemented", 400, message);
    }

    /** Our own fault, saying no more than that. S3's clients get it as {@code InternalError}. */
    public static ServiceException internalFailure() {
        return of("InternalFailure", 500, "We encountered an internal error. Please try again.");
    }

    /**
     * The same error with one more member of its shape, for example S3's {@code BucketName} or CloudWatch's
     * {@code DashboardValidationMessages}. The value is text, a number, a list of text, or {@link Struct}s.
     */
    public ServiceException with(String member, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(member, value);
        return new ServiceException(code, status, fault, getMessage(), more);
    }

    public String code() {
        return code;
    }

    public int status() {
        return status;
    }

    public Fault fault() {
        return fault;
    }

    /** Members of the error shape beside its message. */
    public Map<String, Object> members() {
        return members;
    }
}
