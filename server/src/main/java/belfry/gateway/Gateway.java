package belfry.gateway;

import belfry.base.Clock;
import belfry.base.Ids;
import belfry.store.Store;
import belfry.store.StoreException;
import belfry.wire.Fault;
import belfry.wire.Invocation;
import belfry.wire.Limits;
import belfry.wire.Router;
import belfry.wire.ServiceBinding;
import belfry.wire.ServiceDescriptor;
import belfry.wire.ServiceException;
import belfry.wire.Struct;
import belfry.wire.Unresolved;
import belfry.wire.WireRequest;
import belfry.wire.WireResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a request: resolve, authenticate, decode, authorise, validate, call the operation, record, answer. The record is
 * durable before the answer leaves; if it cannot be written, the caller gets an error instead.
 */
public final class Gateway implements HttpServer.Handler {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    /** Browsers cannot sign. */
    private static final Endpoint.Response ROOT_ONLY =
            new Endpoint.Response(403, "text/plain; charset=utf-8", """
            This server is secured: this page is for the account's root, whose key signs the request, and a browser cannot sign.
            In a terminal, with the profile from the file "credentials" in the data folder:

              export AWS_SHARED_CREDENTIALS_FILE=<data folder>/credentials AWS_PROFILE=belfry
              belfry mail

            or any page with curl, as docs/alerts.md shows under "Was it sent?".
            """.getBytes(StandardCharsets.UTF_8));

    private final Router router;
    private final Authenticator authenticator;
    private final Authorizer authorizer;
    private final Map<String, ServiceBinding<Call>> services = new LinkedHashMap<>();
    private final Store store;
    private final Recorder recorder;
    private final Endpoints endpoints;
    private final Clock clock;
    private final Ids ids;

    /**
     * @param known all services of AWS that can be told apart, built or not
     * @param ownHosts the names that clients reach this server by: a label in front of one of them is a bucket
     */
    public Gateway(
            List<ServiceDescriptor> known,
            Collection<String> ownHosts,
            List<ServiceBinding<Call>> built,
            Authenticator authenticator,
            Authorizer authorizer,
            Recorder recorder,
            Endpoints endpoints,
            Store store,
            Clock clock,
            Ids ids) {
        this.router = new Router(known, ownHosts, Limits.defaults());
        built.forEach(service -> services.put(service.service().name(), service));
        this.authenticator = authenticator;
        this.authorizer = authorizer;
        this.recorder = recorder;
        this.endpoints = endpoints;
        this.store = store;
        this.clock = clock;
        this.ids = ids;
    }

    @Override
    public WireResponse handle(WireRequest request, HttpServer.Peer peer) {
        String requestId = ids.uuid();
        if (endpoints.serves(request)) {
            if (!endpoints.rootOnly(request)) {
                return endpoints.answer(request);
            }
            return Browsers.looks(request) ? Endpoints.response(ROOT_ONLY) : forRoot(request, requestId);
        }
        return switch (router.resolve(request)) {
            case Unresolved unknown -> unknown.error(unknown.error(), requestId);
            case Invocation invocation -> answer(invocation, peer, requestId);
        };
    }

    /** Pages are no service's; their requests are signed as S3's are, which every tool can do for any URL. */
    private WireResponse forRoot(WireRequest request, String requestId) {
        return switch (router.resolve(request)) {
            case Unresolved unknown -> unknown.error(unknown.error(), requestId);
            case Invocation invocation -> {
                try {
                    Principal caller =
                            authenticator.authenticate(invocation, clock.now()).principal();
                    if (caller instanceof Principal.Root) {
                        yield endpoints.answer(request);
                    }
                    throw ServiceException.of("AccessDenied", 403, "Only the account's root may look here.");
                } catch (ServiceException e) {
                    yield invocation.error(e, requestId);
                }
            }
        };
    }

    private WireResponse answer(Invocation invocation, HttpServer.Peer peer, String requestId) {
        try {
            Instant now = clock.now();
            Authenticator.Caller caller = authenticator.authenticate(invocation, now);
            Struct input = invocation.decode(caller.accepted());
            ApiCall call = new ApiCall(facts(invocation, caller, peer, requestId, now), input, store, recorder);
            return invocation.success(perform(invocation, input, call), requestId);
        } catch (ServiceException e) {
            return invocation.error(e, requestId);
        } catch (StoreException e) {
            LOG.error("{} was refused, for it could not be recorded", invocation, e);
            return invocation.error(storeFailed(), requestId);
        } catch (RuntimeException e) {
            LOG.error("{} failed by a defect", invocation, e);
            return invocation.error(defect(), requestId);
        }
    }

    private Struct perform(Invocation invocation, @Nullable Struct input, ApiCall call) {
        try {
            call.authorised(authorizer.authorize(call, invocation.service().name(), invocation.operation(), input));
            invocation.validate(input);
            Struct output = binding(invocation).invoke(invocation.operation(), input, call);
            call.answered(output);
            return output;
        } catch (ServiceException e) {
            call.failed(e);
            throw e;
        } catch (StoreException e) {
            throw e;
        } catch (RuntimeException e) {
            call.failed(defect());
            throw e;
        }
    }

    private ServiceBinding<Call> binding(Invocation invocation) {
        ServiceBinding<Call> binding = services.get(invocation.service().name());
        if (binding == null) {
            throw ServiceException.notImplemented(invocation.service().name(), invocation.operation());
        }
        return binding;
    }

    private static ApiCall.Facts facts(
            Invocation invocation, Authenticator.Caller caller, HttpServer.Peer peer, String requestId, Instant now) {
        WireRequest request = invocation.request();
        String host = request.headers().firstOr("Host", "");
        return new ApiCall.Facts(
                invocation.service().name(),
                invocation.operation(),
                caller.principal(),
                caller.principal().account(),
                caller.region(),
                peer.address(),
                request.headers().firstOr("User-Agent", ""),
                requestId,
                (peer.secure() ? "https://" : "http://") + host,
                now,
                new Exchange.Transport(
                        host,
                        peer.tlsVersion(),
                        peer.cipherSuite(),
                        request.body().length(),
                        request.rawQuery().contains("X-Amz-Signature")));
    }

    private static ServiceException storeFailed() {
        return ServiceException.of(
                "ServiceUnavailable",
                503,
                Fault.CAPACITY,
                "The call could not be recorded, so it was not carried out. See the server's log and its health.");
    }

    private static ServiceException defect() {
        return ServiceException.of(
                "InternalFailure", 500, Fault.INTERNAL, "The request processing has failed because of a defect.");
    }
}
