package belfry.events;

import belfry.base.Arn;
import belfry.gateway.Call;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which bus is meant: calls name it plainly or by its ARN. */
record BusName(String account, String region, String name) {
    private static final String PREFIX = "event-bus/";

    static BusName of(@Nullable String given, Call call) {
        if (given == null || given.isEmpty()) {
            return new BusName(call.account(), call.region(), Bus.DEFAULT);
        }
        return ofArn(given).orElseGet(() -> new BusName(call.account(), call.region(), given));
    }

    static Optional<BusName> ofArn(String text) {
        return Arn.parse(text)
                .filter(arn -> arn.service().equals("events") && arn.resource().startsWith(PREFIX))
                .map(arn ->
                        new BusName(arn.account(), arn.region(), arn.resource().substring(PREFIX.length())));
    }
}
