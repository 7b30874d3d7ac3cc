package belfry;

import belfry.base.Clock;
import belfry.base.Json;
import belfry.base.Pumps;
import belfry.gateway.Endpoint;
import belfry.store.Store;

/** {@code /_belfry/health}: whether the store and every stage are well; 503 and the reasons where not. */
record HealthPage(Options options, Store store, Pumps pumps, Clock clock) implements Endpoint {
    @Override
    public Response answer(Request request) {
        var failures = Json.object();
        store.trouble().ifPresent(text -> failures.put("store", text));
        pumps.failures().forEach(failures::put);
        boolean well = failures.isEmpty();
        var body = Json.object()
                .put("status", well ? "ok" : "degraded")
                .put("mode", options.dev() ? "dev" : "secured")
                .put("account", options.account())
                .put("region", options.region())
                .put("time", clock.now().toString());
        body.set("failing", failures);
        return Response.json(well ? 200 : 503, body);
    }
}
