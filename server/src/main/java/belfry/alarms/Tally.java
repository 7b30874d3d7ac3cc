package belfry.alarms;

import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An alarm's events counted by who, what, on what and from where.
 *
 * @param counted how many CloudTrail records were looked at; other log events are not counted
 * @param refused how many of them ended with an error
 * @param first the time of the first, the epoch where there is none
 * @param last the time of the last
 */
public record Tally(
        long counted,
        long refused,
        Instant first,
        Instant last,
        Ranking principals,
        Ranking targets,
        Ranking addresses,
        Ranking calls) {
    public static final Tally NONE =
            new Tally(0, 0, Instant.EPOCH, Instant.EPOCH, Ranking.NONE, Ranking.NONE, Ranking.NONE, Ranking.NONE);

    /** Counts those of the events that are CloudTrail records. */
    public static Tally of(List<Evidence.Event> events) {
        long counted = 0;
        long refused = 0;
        Instant first = Instant.MAX;
        Instant last = Instant.MIN;
        var principals = new Ranking.Counting();
        var targets = new Ranking.Counting();
        var addresses = new Ranking.Counting();
        var calls = new Ranking.Counting();
        for (Evidence.Event event : events) {
            Optional<CloudTrailRecord> found = CloudTrailRecord.read(event.message());
            if (found.isEmpty()) {
                continue;
            }
            CloudTrailRecord record = found.get();
            counted++;
            refused += record.error().isEmpty() ? 0 : 1;
            Instant at = record.at() == null ? event.at() : record.at();
            first = at.isBefore(first) ? at : first;
            last = at.isAfter(last) ? at : last;
            principals.add(record.who(), event.news().contains(News.PRINCIPAL));
            targets.add(record.shortTarget(), false);
            addresses.add(record.address(), event.news().contains(News.ADDRESS));
            calls.add(record.event(), false);
        }
        return counted == 0
                ? NONE
                : new Tally(
                        counted,
                        refused,
                        first,
                        last,
                        principals.ranking(),
                        targets.ranking(),
                        addresses.ranking(),
                        calls.ranking());
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("counted", counted)
                .put("refused", refused)
                .put("first", first.toEpochMilli())
                .put("last", last.toEpochMilli());
        json.set("principals", principals.toJson());
        json.set("targets", targets.toJson());
        json.set("addresses", addresses.toJson());
        json.set("calls", calls.toJson());
        return json;
    }

    static Tally parse(JsonNode json) {
        return json.isMissingNode()
                ? NONE
                : new Tally(
                        json.path("counted").asLong(),
                        json.path("refused").asLong(),
                        Instant.ofEpochMilli(json.path("first").asLong()),
                        Instant.ofEpochMilli(json.path("last").asLong()),
                        Ranking.parse(json.path("principals")),
                        Ranking.parse(json.path("targets")),
                        Ranking.parse(json.path("addresses")),
                        Ranking.parse(json.path("calls")));
    }
}
