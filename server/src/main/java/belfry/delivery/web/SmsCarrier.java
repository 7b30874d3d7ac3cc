package belfry.delivery.web;

import belfry.topics.Errand;
import java.util.LinkedHashMap;
import java.util.Map;

/** Hands text messages to the gateway. Its address is the operator's choice and may be internal. */
public final class SmsCarrier implements Carrier {
    private final WebPost web;
    private final SmsGateway gateway;

    public SmsCarrier(WebPost web, SmsGateway gateway) {
        this.web = web;
        this.gateway = gateway;
    }

    @Override
    public Outcome carry(Errand errand) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", gateway.form().contentType());
        headers.put("Accept", "application/json");
        headers.put("User-Agent", "Belfry");
        String body = gateway.body(errand.endpoint(), errand.body(), errand.messageId());
        return WebCarrier.post(web, gateway.url(), headers, body, AddressGuard.EVERYWHERE);
    }
}
