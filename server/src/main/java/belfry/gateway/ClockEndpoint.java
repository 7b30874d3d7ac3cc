package belfry.gateway;

import belfry.base.Clock;
import belfry.base.Json;
import belfry.base.Pumps;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * Development's clock: {@code GET} shows it, {@code POST {"time": ISO instant, "advance": ISO duration, "running": bool}}
 * moves it forward, lets what falls due happen in order, and answers when that is done.
 */
public final class ClockEndpoint implements Endpoint {
    private static final Set<String> KNOWN = Set.of("time", "advance", "running");

    private final Clock clock;
    private final Pumps pumps;

    public ClockEndpoint(Clock clock, Pumps pumps) {
        this.clock = clock;
        this.pumps = pumps;
    }

    @Override
    public synchronized Response answer(Request request) {
        if (request.method().equals("POST")) {
            try {
                move(Json.parse(new String(request.body(), StandardCharsets.UTF_8)));
            } catch (IllegalArgumentException | DateTimeException e) {
                return Response.mistake(
                        400,
                        "The body is JSON such as {\"advance\":\"PT5M\"}, {\"time\":\"2026-01-01T00:00:00Z\"} or"
                                + " {\"running\":false}; the clock only goes forward. " + e.getMessage());
            }
        } else if (!request.method().equals("GET")) {
            return Response.mistake(405, "The clock answers GET and POST.");
        }
        return Response.json(
                200, Json.object().put("time", clock.now().toString()).put("running", clock.running()));
    }

    private void move(JsonNode wish) {
        if (!wish.isObject()) {
            throw new IllegalArgumentException("It was no JSON object.");
        }
        wish.fieldNames().forEachRemaining(name -> {
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException("There is no " + name + ".");
            }
        });
        Instant now = clock.now();
        Instant target = wish.has("time") ? Instant.parse(text(wish, "time")) : now;
        if (wish.has("advance")) {
            target = target.plus(Duration.parse(text(wish, "advance")));
        }
        if (target.isBefore(now)) {
            throw new IllegalArgumentException("It asked for " + target + ", before " + now + ".");
        }
        if (wish.has("running") && !wish.get("running").isBoolean()) {
            throw new IllegalArgumentException("Running is true or false.");
        }
        boolean running = wish.has("running") ? wish.get("running").asBoolean() : clock.running();
        pumps.advanceTo(target, running);
    }

    private static String text(JsonNode wish, String name) {
        if (!wish.get(name).isTextual()) {
            throw new IllegalArgumentException("The " + name + " is a text.");
        }
        return wish.get(name).asText();
    }
}
