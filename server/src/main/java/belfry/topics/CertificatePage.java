package belfry.topics;

import belfry.gateway.Endpoint;
import belfry.store.Store;
import belfry.topics.signing.Signer;
import java.nio.charset.StandardCharsets;

/** The certificates of signing keys, at {@code /SimpleNotificationService-<id>.pem}: where messages say they are. */
final class CertificatePage implements Endpoint {
    private final Store store;

    CertificatePage(Store store) {
        this.store = store;
    }

    @Override
    public Response answer(Request request) {
        String id = request.query().getOrDefault("id", "");
        return store.read(tx -> Signer.certificate(tx, id))
                .map(pem -> new Response(200, "application/x-pem-file", pem.getBytes(StandardCharsets.US_ASCII)))
                .orElseGet(() -> Response.mistake(404, "No message was signed with this key."));
    }
}
