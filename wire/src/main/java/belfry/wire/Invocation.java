package belfry.wire;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A call of a known operation. The gateway goes: {@link Router#resolve} → {@link SigV4#verify} → {@link #decode} →
 * {@link #validate} → {@link ServiceBinding#invoke} → {@link #success} or {@link #error}.
 */
public final class Invocation implements Resolution {
    private final Protocol protocol;
    private final ServiceDescriptor service;
    private final String operation;
    private final WireRequest request;
    private final Limits limits;
    private final @Nullable Form form;
    private final @Nullable RestMatch match;

    private Invocation(
            Protocol protocol,
            ServiceDescriptor service,
            String operation,
            WireRequest request,
            Limits limits,
            @Nullable Form form,
            @Nullable RestMatch match) {
        this.protocol = protocol;
        this.service = service;
        this.operation = operation;
        this.request = request;
        this.limits = limits;
        this.form = form;
        this.match = match;
    }

    static Invocation ofDocument(
            Protocol protocol, ServiceDescriptor service, String operation, WireRequest request, Limits limits) {
        return new Invocation(protocol, service, operation, request, limits, null, null);
    }

    static Invocation ofForm(
            ServiceDescriptor service, String operation, WireRequest request, Limits limits, Form form) {
        return new Invocation(Protocol.QUERY, service, operation, request, limits, form, null);
    }

    static Invocation ofRest(ServiceDescriptor service, WireRequest request, Limits limits, RestMatch match) {
        String name = match.operation().name();
        return new Invocation(Protocol.REST_XML, service, name, request, limits, null, match);
    }

    @Override
    public Protocol protocol() {
        return protocol;
    }

    @Override
    public ServiceDescriptor service() {
        return service;
    }

    /** The operation's name, for example {@code GetSecretValue}. */
    public String operation() {
        return operation;
    }

    /** The operation's description. */
    public Operation description() {
        return service.model().operation(operation);
    }

    @Override
    public WireRequest request() {
        return request;
    }

    /** The bucket of an S3 call, from the path or the host name; null otherwise. */
    public @Nullable String bucket() {
        return match == null ? null : match.labels().get("Bucket");
    }

    /** The key of an S3 call, percent-decoded; null otherwise. */
    public @Nullable String key() {
        return match == null ? null : match.labels().get("Key");
    }

    /**
     * The operation's input; null where it takes none. Streamed members ({@link Body}) are not read yet: their checks
     * (hash, chunk signatures, checksums) happen while the operation reads them, and throw {@link ServiceException}
     * out of {@code read} at the latest at the end of the stream.
     *
     * @param accepted the request as {@link SigV4#verify} or {@link SigV4#unverified} returned it
     * @throws ServiceException where the request is not what the operation takes
     */
    public @Nullable Struct decode(WireRequest accepted) {
        Shape input = description().input();
        if (input == null) {
            return null;
        }
        return switch (protocol) {
            case JSON_1_0, JSON_1_1, CBOR -> JsonReader.read(Codecs.of(protocol), input, document(accepted));
            case QUERY -> QueryReader.read(input, Objects.requireNonNull(form));
            case REST_XML -> {
                QueryString query = QueryString.parse(accepted.rawQuery());
                WireRequest checked = Checksums.guard(accepted, !operation.equals("CompleteMultipartUpload"));
                yield new RestXmlReader(Objects.requireNonNull(match), query, checked, limits.document()).read(input);
            }
        };
    }

    private byte[] document(WireRequest accepted) {
        return Router.unzipped(accepted.headers(), Bounded.read(accepted.body(), limits.document()), limits);
    }

    /**
     * Checks the input against the description's constraints.
     *
     * @throws ServiceException with the service's code and AWS's text
     */
    public void validate(@Nullable Struct in) {
        Shape input = description().input();
        if (input == null || in == null) {
            return;
        }
        if (protocol == Protocol.REST_XML) {
            RestValidator.check(input, in);
            return;
        }
        String missing = ServiceTraits.namesMissing(service) ? Validator.missing(input, in) : null;
        if (missing != null) {
            throw ServiceException.of("MissingParameter", "The request must contain the parameter " + missing + ".");
        }
        String violations = Validator.check(input, in);
        if (violations != null) {
            throw ServiceException.of(ServiceTraits.constraintCode(service, protocol), violations);
        }
    }

    /** The answer of an operation that succeeded. */
    public WireResponse success(Struct out, String requestId) {
        return protocol == Protocol.REST_XML
                ? new RestXmlWriter(description(), requestId).write(out)
                : Answers.success(protocol, service, description(), out, requestId);
    }

    @Override
    public String toString() {
        return service + ":" + operation;
    }
}
