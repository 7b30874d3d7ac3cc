package belfry.wire;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Recognises protocol, service and operation from the request alone: {@code X-Amz-Target} means JSON,
 * {@code /service/…/operation/…} means CBOR, {@code Action=} means Query, and everything else S3.
 */
public final class Router {
    private static final Pattern CBOR_PATH = Pattern.compile("/service/([^/]+)/operation/([^/]+)");
    private static final String FORM = "application/x-www-form-urlencoded";

    private final Map<String, ServiceDescriptor> byTarget = new HashMap<>();
    private final QueryServices queryServices;
    private final @Nullable ServiceDescriptor rest;
    private final VirtualHost virtualHost;
    private final Limits limits;
    private @Nullable RestRoutes routes;

    /**
     * @param services usually {@code belfry.api.Services.ALL}
     * @param ownHosts names that the server is reached by, without ports: a label before one of them is a bucket
     */
    public Router(List<ServiceDescriptor> services, Collection<String> ownHosts, Limits limits) {
        for (ServiceDescriptor service : services) {
            if (!service.targetPrefix().isEmpty()) {
                byTarget.put(service.targetPrefix(), service);
                byTarget.put(withoutPackage(service.targetPrefix()), service);
            }
        }
        this.queryServices = new QueryServices(services);
        this.rest = services.stream()
                .filter(s -> s.protocols().contains("rest-xml"))
                .findFirst()
                .orElse(null);
        this.virtualHost = new VirtualHost(ownHosts);
        this.limits = limits;
    }

    /** CloudTrail's target names its package in botocore and Java; the Go and JavaScript clients leave it out. */
    private static String withoutPackage(String targetPrefix) {
        return targetPrefix.substring(targetPrefix.lastIndexOf('.') + 1);
    }

    /**
     * Never throws for what a request contains. The bodies of all protocols but restXml are read into memory.
     */
    public Resolution resolve(WireRequest request) {
        Protocol protocol = protocol(request);
        try {
            return switch (protocol) {
                case JSON_1_0, JSON_1_1 -> json(protocol, buffered(request));
                case CBOR -> cbor(buffered(request));
                case QUERY -> query(buffered(request));
                case REST_XML -> rest(request);
            };
        } catch (ServiceException e) {
            return new Unresolved(protocol, null, request, e);
        }
    }

    private Protocol protocol(WireRequest request) {
        Headers headers = request.headers();
        String type = headers.firstOr("Content-Type", "");
        if (headers.has("X-Amz-Target")) {
            return type.startsWith("application/x-amz-json-1.0") ? Protocol.JSON_1_0 : Protocol.JSON_1_1;
        }
        if (CBOR_PATH.matcher(request.rawPath()).matches() && headers.has("smithy-protocol")) {
            return Protocol.CBOR;
        }
        boolean root = request.rawPath().equals("/") || request.rawPath().isEmpty();
        if ((type.startsWith(FORM) && request.method().equals("POST")) || (root && hasAction(request.rawQuery()))) {
            return Protocol.QUERY;
        }
        return Protocol.REST_XML;
    }

    private static boolean hasAction(String rawQuery) {
        return rawQuery.startsWith("Action=") || rawQuery.contains("&Action=");
    }

    private WireRequest buffered(WireRequest request) {
        return request.withBody(Body.of(Bounded.read(request.body(), limits.document())));
    }

    private Resolution json(Protocol protocol, WireRequest request) {
        String target = request.headers().firstOr("X-Amz-Target", "");
        int dot = target.lastIndexOf('.');
        ServiceDescriptor service = dot < 0 ? null : byTarget.get(target.substring(0, dot));
        return document(protocol, service, target.substring(dot + 1), request);
    }

    private Resolution cbor(WireRequest request) {
        Matcher path = CBOR_PATH.matcher(request.rawPath());
        ServiceDescriptor service = path.matches() ? byTarget.get(path.group(1)) : null;
        boolean speaks = service != null && service.protocols().contains("smithy-rpc-v2-cbor");
        return document(Protocol.CBOR, speaks ? service : null, path.group(2), request);
    }

    private Resolution document(
            Protocol protocol, @Nullable ServiceDescriptor service, String operation, WireRequest request) {
        if (service == null || !service.operations().contains(operation)) {
            ServiceException unknown = ServiceException.of("UnknownOperationException", null);
            return new Unresolved(protocol, service, request, unknown);
        }
        return Invocation.ofDocument(protocol, service, operation, request, limits);
    }

    private Resolution query(WireRequest request) {
        Form form = form(request);
        ServiceDescriptor service = queryServices.find(form, request);
        String action = form.text("Action");
        if (action == null || action.isEmpty()) {
            return new Unresolved(
                    Protocol.QUERY, service, request, ServiceException.of("MissingAction", "Missing Action"));
        }
        if (service == null) {
            return new Unresolved(Protocol.QUERY, null, request, unknownService(request, action));
        }
        String version = form.text("Version");
        boolean versionKnown = version == null || version.isEmpty() || version.equals(service.apiVersion());
        if (!versionKnown || !service.operations().contains(action)) {
            String shown = version == null ? service.apiVersion() : version;
            String message = "Could not find operation " + action + " for version " + shown;
            return new Unresolved(Protocol.QUERY, service, request, ServiceException.of("InvalidAction", message));
        }
        String inPath = ServiceTraits.memberInPath(service);
        if (inPath != null && request.rawPath().length() > 1 && form.text(inPath) == null) {
            form.put(inPath, Percent.decode(request.rawPath()));
        }
        return Invocation.ofForm(service, action, request, limits, form);
    }

    private Form form(WireRequest request) {
        byte[] body = Bounded.read(request.body(), limits.document());
        return body.length == 0
                ? Form.parse(request.rawQuery())
                : Form.parse(unzipped(request.headers(), body, limits));
    }

    /** The body without the client's own compression. */
    static byte[] unzipped(Headers headers, byte[] body, Limits limits) {
        boolean zipped = headers.firstOr("Content-Encoding", "").strip().equalsIgnoreCase("gzip");
        return zipped ? Bounded.gunzip(body, limits.document()) : body;
    }

    private static ServiceException unknownService(WireRequest request, String action) {
        Credential credential = Credential.of(request);
        return credential == null
                ? ServiceException.of("InvalidAction", "Could not find operation " + action)
                : ServiceException.notImplemented(credential.service(), action);
    }

    private Resolution rest(WireRequest request) {
        ServiceDescriptor service = rest;
        Credential credential = Credential.of(request);
        if (service == null || (credential != null && !credential.service().startsWith(service.signingName()))) {
            String wanted = credential == null ? "S3" : credential.service();
            ServiceException error = ServiceException.notImplemented(wanted, request.method() + " request");
            return new Unresolved(Protocol.JSON_1_1, null, request, error);
        }
        String bucket = virtualHost.bucket(request.headers().first("Host"));
        String path = bucket == null ? request.rawPath() : "/" + bucket + request.rawPath();
        QueryString query = QueryString.parse(request.rawQuery());
        RestMatch match = routes(service).match(request.method(), path, query, request.headers());
        if (match == null) {
            return new Unresolved(Protocol.REST_XML, service, request, methodNotAllowed(request));
        }
        return Invocation.ofRest(service, request, limits, match);
    }

    private static ServiceException methodNotAllowed(WireRequest request) {
        return ServiceException.of(
                        "MethodNotAllowed", 405, "The specified method is not allowed against this resource.")
                .with("Method", request.method());
    }

    private synchronized RestRoutes routes(ServiceDescriptor service) {
        RestRoutes built = routes;
        if (built == null) {
            built = new RestRoutes(service.model());
            routes = built;
        }
        return built;
    }
}
