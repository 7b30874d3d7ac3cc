package belfry.trail;

import belfry.api.cloudtrail.GetInsightSelectorsRequest;
import belfry.api.cloudtrail.GetInsightSelectorsResponse;
import belfry.api.cloudtrail.InsightSelector;
import belfry.api.cloudtrail.PutInsightSelectorsRequest;
import belfry.api.cloudtrail.PutInsightSelectorsResponse;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.ServiceException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which trails look for unusual rates, and of what kind (semantics: cloudtrail.md §7, docs/decisions/0420). */
final class InsightSelectors {
    private static final String MANAGEMENT = "Management";

    private InsightSelectors() {}

    static PutInsightSelectorsResponse put(PutInsightSelectorsRequest in, Call call) {
        String name = trailName(in.trailName(), in.eventDataStore());
        if (in.insightsDestination() != null) {
            throw ServiceException.of(
                    "InvalidParameterCombinationException", "InsightsDestination goes with EventDataStore only.");
        }
        Set<InsightKind> kinds = kinds(in.insightSelectors());
        return call.write(tx -> {
            Trail trail = TrailFinder.toChange(tx, call, name);
            requireFed(trail, kinds);
            replace(tx, trail, kinds, call);
            return new PutInsightSelectorsResponse().trailARN(trail.arn()).insightSelectors(views(kinds));
        });
    }

    static GetInsightSelectorsResponse get(GetInsightSelectorsRequest in, Call call) {
        String name = trailName(in.trailName(), in.eventDataStore());
        return call.read(tx -> {
            Trail trail = TrailFinder.get(tx, call, name);
            Set<InsightKind> kinds = of(tx, trail);
            if (kinds.isEmpty()) {
                throw ServiceException.of(
                        "InsightNotEnabledException", "Trail " + trail.arn() + " does not have Insights enabled.");
            }
            return new GetInsightSelectorsResponse().trailARN(trail.arn()).insightSelectors(views(kinds));
        });
    }

    private static String trailName(@Nullable String name, @Nullable String eventDataStore) {
        if (name != null && eventDataStore != null) {
            throw ServiceException.of(
                    "InvalidParameterCombinationException", "TrailName and EventDataStore cannot be given together.");
        }
        if (eventDataStore != null) {
            throw ServiceException.of("NotImplemented", "Belfry has no event data stores; Insights need a TrailName.");
        }
        if (name == null) {
            throw ServiceException.of("InvalidParameterCombinationException", "TrailName is required.");
        }
        return name;
    }

    private static Set<InsightKind> kinds(List<InsightSelector> selectors) {
        Set<InsightKind> kinds = EnumSet.noneOf(InsightKind.class);
        for (InsightSelector selector : selectors) {
            String type = selector.insightType();
            if (type == null) {
                throw ServiceException.of(
                        "InvalidInsightSelectorsException", "An insight selector has no InsightType.");
            }
            if (!kinds.add(InsightKind.of(type))) {
                throw ServiceException.of(
                        "InvalidInsightSelectorsException", "InsightType " + type + " is given twice.");
            }
            List<String> categories = selector.eventCategories();
            if (categories != null && !categories.isEmpty() && !categories.equals(List.of(MANAGEMENT))) {
                throw ServiceException.of(
                        "NotImplemented", "Belfry finds unusual rates of management events only, not of data events.");
            }
        }
        return kinds;
    }

    private static void requireFed(Trail trail, Set<InsightKind> kinds) {
        Selectors selectors = SelectorsJson.parse(trail.selectors());
        for (InsightKind kind : kinds) {
            if (!kind.fedBy(selectors)) {
                throw ServiceException.of(
                        "InvalidInsightSelectorsException",
                        "To log Insights events of " + kind.text() + ", the trail must log "
                                + switch (kind) {
                                    case CALL_RATE -> "write management events.";
                                    case ERROR_RATE -> "read or write management events.";
                                });
            }
        }
    }

    private static void replace(Tx tx, Trail trail, Set<InsightKind> kinds, Call call) {
        Set<InsightKind> before = of(tx, trail);
        if (watching(tx).isEmpty()) {
            // Nobody has counted until now: what was recorded before is not counted later.
            InsightPump.startHere(tx);
        }
        for (InsightKind kind : InsightKind.values()) {
            if (before.contains(kind) && !kinds.contains(kind)) {
                forget(tx, trail, kind);
            } else if (!before.contains(kind) && kinds.contains(kind)) {
                tx.update(
                        "INSERT INTO trail_insight (trail_id, kind, since) VALUES (?, ?, ?)",
                        trail.id(),
                        kind.text(),
                        InsightMinutes.minute(call.now()));
            }
        }
    }

    /** The trail is deleted. */
    static void forget(Tx tx, Trail trail) {
        for (InsightKind kind : InsightKind.values()) {
            forget(tx, trail, kind);
        }
    }

    private static void forget(Tx tx, Trail trail, InsightKind kind) {
        String series = "(SELECT id FROM insight_series WHERE trail_id = ? AND kind = ?)";
        for (String table : List.of("insight_minute", "insight_hour", "insight_attribute", "insight_episode")) {
            tx.update("DELETE FROM " + table + " WHERE series IN " + series, trail.id(), kind.text());
        }
        tx.update("DELETE FROM insight_series WHERE trail_id = ? AND kind = ?", trail.id(), kind.text());
        tx.update("DELETE FROM trail_insight WHERE trail_id = ? AND kind = ?", trail.id(), kind.text());
    }

    /** What the trail looks for. */
    static Set<InsightKind> of(Tx tx, Trail trail) {
        return watching(tx).getOrDefault(trail.id(), Set.of());
    }

    /** What each trail looks for, by the trail's id. */
    static Map<Long, Set<InsightKind>> watching(Tx tx) {
        Map<Long, Set<InsightKind>> kinds = new HashMap<>();
        tx.query(
                        "SELECT trail_id, kind FROM trail_insight",
                        row -> Map.entry(row.number(1), InsightKind.of(row.text(2))))
                .forEach(entry -> kinds.computeIfAbsent(entry.getKey(), id -> EnumSet.noneOf(InsightKind.class))
                        .add(entry.getValue()));
        return kinds;
    }

    private static List<InsightSelector> views(Set<InsightKind> kinds) {
        return kinds.stream()
                .map(kind -> new InsightSelector().insightType(kind.text()).eventCategories(List.of(MANAGEMENT)))
                .toList();
    }
}
