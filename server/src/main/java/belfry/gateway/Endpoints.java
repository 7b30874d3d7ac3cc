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

    /** Where SNS's messages say that their certificate lies; no bucket's name has capitals. */
    private static final Pattern CERTIFICATE = Pattern.compile("/SimpleNotificationService-([0-9a-f]{32})\\.pem");

    private static final int BODY_BYTES_MAX = 1024 * 1024;

    private final Map<String, Endpoint> byName;

    /** By the name that follows {@code /_belfry/}. */
    public Endpoints(Map<String, Endpoint> byName) {
        this.byName = Map.copyOf(byName);
    }

    boolean serves(WireRequest request) {
        return request.rawPath().startsWith(PREFIX)
                || CERTIFICATE.matcher(request.rawPath()).matches();
    }

    /** Whether the request must be the account's root's. */
    boolean rootOnly(WireRequest request) {
        return byName.get(request.rawPath().substring(PREFIX.length())) instanceof Endpoint.RootOnly;
    }

    WireResponse answer(WireRequest request) {
        Matcher certificate = CERTIFICATE.matcher(request.rawPath());
        Map<String, String> query =
                certificate.matches() ? Map.of("id", certificate.group(1)) : Queries.parse(request.rawQuery());
        Endpoint endpoint = byName.get(
                certificate.matches()
                        ? "signing-certificate"
                        : request.rawPath().substring(PREFIX.length()));
        Endpoint.Response response = endpoint == null
                ? Endpoint.Response.mistake(404, "There is nothing here. Try " + PREFIX + "health.")
                : endpoint.answer(new Endpoint.Request(request.method(), query, body(request)));
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
