package belfry.wire;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the service of a Query request: by the signature's scope, else by its host's name, else by its action. */
final class QueryServices {
    private final List<ServiceDescriptor> services;

    QueryServices(List<ServiceDescriptor> all) {
        this.services =
                all.stream().filter(s -> s.protocols().contains("query")).toList();
    }

    @Nullable
    ServiceDescriptor find(Form form, WireRequest request) {
        Credential credential = Credential.of(request);
        if (credential != null) {
            return signedAs(credential.service());
        }
        String host = request.headers().firstOr("Host", "").toLowerCase(Locale.ROOT);
        int dot = host.indexOf('.');
        ServiceDescriptor named = dot < 0 ? null : signedAs(host.substring(0, dot));
        return named == null ? byAction(form.text("Action"), form.text("Version")) : named;
    }

    private @Nullable ServiceDescriptor signedAs(String signingName) {
        for (ServiceDescriptor service : services) {
            if (service.signingName().equals(signingName)) {
                return service;
            }
        }
        return null;
    }

    private @Nullable ServiceDescriptor byAction(@Nullable String action, @Nullable String version) {
        ServiceDescriptor found = null;
        for (ServiceDescriptor service : services) {
            if (action != null && service.operations().contains(action)) {
                if (service.apiVersion().equals(version)) {
                    return service;
                }
                found = found == null ? service : found;
            }
        }
        return found;
    }
}
