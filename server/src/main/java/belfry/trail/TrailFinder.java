package belfry.trail;

import belfry.base.Arn;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.ServiceException;
import java.util.Comparator;
import java.util.Optional;

/** Finds the trail that a caller names, by name or ARN, at home or as the shadow of a multi-region trail. */
final class TrailFinder {
    private TrailFinder() {}

    /** The trail as the call's region shows it. */
    static Optional<Trail> find(Tx tx, Call call, String nameOrArn) {
        Optional<Arn> arn = TrailNames.arn(nameOrArn);
        if (arn.isEmpty()) {
            TrailNames.check(nameOrArn);
        }
        return Trails.visible(tx, call.account(), call.region()).stream()
                .filter(trail -> arn.isPresent()
                        ? trail.arn().equals(nameOrArn)
                        : trail.name().equals(nameOrArn))
                // A trail at home hides the shadow of another region's trail of the same name.
                .min(Comparator.comparing(trail -> !trail.homeRegion().equals(call.region())));
    }

    /** @throws ServiceException TrailNotFoundException */
    static Trail get(Tx tx, Call call, String nameOrArn) {
        Trail trail = find(tx, call, nameOrArn).orElseThrow(() -> notFound(call, nameOrArn));
        call.touches("AWS::CloudTrail::Trail", trail.arn());
        return trail;
    }

    /**
     * The trail to change.
     *
     * @throws ServiceException TrailNotFoundException, or InvalidHomeRegionException for a shadow
     */
    static Trail toChange(Tx tx, Call call, String nameOrArn) {
        Optional<Arn> arn = TrailNames.arn(nameOrArn);
        if (arn.isPresent() && arn.get().account().equals(call.account())) {
            String name = arn.get().resource().substring("trail/".length());
            if (Trails.find(tx, call.account(), arn.get().region(), name).isPresent()) {
                requireHome(arn.get().region(), call, nameOrArn);
            }
        }
        Trail trail = get(tx, call, nameOrArn);
        requireHome(trail.homeRegion(), call, nameOrArn);
        return trail;
    }

    static ServiceException notFound(Call call, String nameOrArn) {
        return ServiceException.of(
                "TrailNotFoundException", "Unknown trail: " + nameOrArn + " for the user: " + call.account());
    }

    private static void requireHome(String home, Call call, String nameOrArn) {
        if (!home.equals(call.region())) {
            throw ServiceException.of(
                    "InvalidHomeRegionException",
                    "Trail " + nameOrArn + " can be changed only in its home region: " + home + ".");
        }
    }
}
