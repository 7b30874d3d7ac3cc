package belfry;

import belfry.base.Json;
import belfry.base.Pumps;
import belfry.gateway.Endpoint;
import belfry.store.Store;

/** {@code POST /_belfry/reset}: forgets everything; in development mode only. */
record ResetEndpoint(Store store, Pumps pumps) implements Endpoint {
    @Override
    public Response answer(Request request) {
        if (!request.method().equals("POST")) {
            return Response.mistake(405, "POST here to forget everything.");
        }
        pumps.settle();
        store.reset();
        pumps.settle();
        return Response.json(200, Json.object().put("status", "reset"));
    }
}
