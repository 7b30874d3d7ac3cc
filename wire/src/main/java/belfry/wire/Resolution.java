package belfry.wire;

import org.jspecify.annotations.Nullable;

/** What a request turned out to be: a call of a known operation, or nothing we know. */
public sealed interface Resolution permits Invocation, Unresolved {
    Protocol protocol();

    /** The service, if the request led to one. */
    @Nullable
    ServiceDescriptor service();

    /** The request; its body lies in memory unless the protocol is restXml. */
    WireRequest request();

    /** An error in the form that the request's client understands. */
    default WireResponse error(ServiceException error, String requestId) {
        return protocol() == Protocol.REST_XML
                ? RestAnswers.error(service(), request(), error, requestId)
                : Answers.error(protocol(), service(), error, requestId);
    }
}
