package belfry.gateway;

import belfry.wire.Body;
import belfry.wire.Headers;
import belfry.wire.WireRequest;
import belfry.wire.WireResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The paths below {@code /_belfry/}. No bucket's name begins with an underscore, so nothing of S3 is hidden by them. */
public final class Endpoints {
    static final String PREFIX = "/_belfry/";

    /** The name of the page that says what this is: {@code /_belfry/}, and for browsers {@code /}. */
    static final String WELCOME = "";

    /** Where SNS's messages say that their certificate lies; no bucket's name has capitals. */
    private static final Pattern CERTIFICATE = Pattern.compile("/SimpleNotificationService-([0-9a-f]{32})\\.pem");

    private static final int BODY_BYTES_MAX = 1024 * 1024;

    private final Map<String, Endpoint> byName;

    /** By the name that follows {@code /_belfry/}; the empty name is the page that welcomes. */
    public Endpoints(Map<String, Endpoint> byName) {
        this.byName = Map.copyOf(byName);
    }

    boolean serves(WireRequest request) {
        return request.rawPath().startsWith(PREFIX)
                || request.rawPath().equals("/_belfry")
                || CERTIFICATE.matcher(request.rawPath()).matches()
                || atTheDoor(request);
    }

    /** A person who opens the server's address; programs that ask for {@code /} sign, or take no HTML: they list buckets. */
    private static boolean atTheDoor(WireRequest request) {
        return request.rawPath().equals("/")
                && request.method().equals("GET")
                && request.rawQuery().isEmpty()
                && Browsers.looks(request);
    }

    /** Whether the request must be the account's root's. */
    boolean rootOnly(WireRequest request) {
        return byName.get(name(request)) instanceof Endpoint.RootOnly;
    }

    private static String name(WireRequest request) {
        if (CERTIFICATE.matcher(request.rawPath()).matches()) {
            return "signing-certificate";
        }
        return request.rawPath().startsWith(PREFIX) ? request.rawPath().substring(PREFIX.length()) : WELCOME;
    }

    WireResponse answer(WireRequest request) {
        Matcher certificate = CERTIFICATE.matcher(request.rawPath());
        Map<String, String> query =
                certificate.matches() ? Map.of("id", certificate.group(1)) : Queries.parse(request.rawQuery());
        Endpoint endpoint = byName.get(name(request));
        return response(
                endpoint == null
                        ? Endpoint.Response.mistake(404, "There is nothing here. " + PREFIX + " lists what there is.")
                        : endpoint.answer(
                                new Endpoint.Request(request.method(), query, body(request), Browsers.looks(request))));
    }

    static WireResponse response(Endpoint.Response response) {
        // Pages hold nobody's scripts and are shown in nobody's frame.
        return new WireResponse(
                response.status(),
                Headers.of(
                        "Content-Type",
                        response.contentType(),
                        "Cache-Control",
                        "no-store",
                        "X-Content-Type-Options",
                        "nosniff",
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors"
                                + " 'none'"),
                Body.of(response.body()));
    }

    private static byte[] body(WireRequest request) {
        try (InputStream in = request.body().open()) {
            return in.readNBytes(BODY_BYTES_MAX);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
