package belfry.delivery.web;

import belfry.topics.Errand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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
        Map<String, String> told = errand.headers();
        String body = gateway.body(errand, told.getOrDefault("From", ""), told.getOrDefault("Type", ""));
        return WebCarrier.post(
                web, gateway.url(), headers, body, AddressGuard.EVERYWHERE, answer -> optedOut(answer, errand));
    }

    /** Why nothing will get through to this number any more; its words are ours, for the answer may repeat the text. */
    private static Optional<Outcome.Refused> optedOut(WebPost.Answer answer, Errand errand) {
        return SmsGateway.optedOut(answer.status(), answer.body())
                ? Optional.of(new Outcome.Refused(
                        "OptedOut",
                        "The phone number " + errand.endpoint() + " has opted out of text messages, says the gateway"))
                : Optional.empty();
    }
}
