package belfry.trail;

import belfry.base.Ids;
import belfry.base.Json;
import belfry.engine.insight.Baseline;
import belfry.store.Tx;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * Writes the two records of an insight: they lie among all others, in a category of their own, and so get to the trail's
 * bucket, its log group and EventBridge as any record does (semantics: cloudtrail.md §7).
 */
final class InsightRecords {
    private static final String TYPE = "AwsCloudTrailInsight";
    private static final List<String> ATTRIBUTES = List.of("userIdentityArn", "userAgent", "errorCode");
    private static final int VALUES_MAX = 5;

    private final Ids ids;

    InsightRecords(Ids ids) {
        this.ids = ids;
    }

    /**
     * Begins an insight.
     *
     * @param minute the unusual one
     * @param from the baseline's first minute
     */
    void start(Tx tx, InsightSeries series, long minute, Baseline baseline, long from) {
        InsightPast past = new InsightPast(baseline.minutes(), baseline.average(), foremost(tx, series, from, minute));
        InsightEpisode episode = new InsightEpisode(ids.uuid(), minute, minute, past);
        episode.insert(tx, series);
        keep(tx, series, episode, "Start", InsightMinutes.instant(minute));
    }

    void end(Tx tx, InsightSeries series, InsightEpisode episode) {
        InsightEpisode.delete(tx, series);
        keep(tx, series, episode, "End", InsightMinutes.instant(episode.latest() + 1));
    }

    private void keep(Tx tx, InsightSeries series, InsightEpisode episode, String state, Instant at) {
        String eventId = ids.uuid();
        ObjectNode context = context(tx, series, episode, state.equals("End"));
        String text = RecordWriter.print(out -> {
            out.writeStringField("eventTime", at.toString());
            out.writeStringField("awsRegion", series.region());
            out.writeStringField("eventID", eventId);
            out.writeStringField("eventType", TYPE);
            out.writeStringField("recipientAccountId", series.account());
            out.writeStringField("sharedEventID", episode.sharedId());
            details(out, series, state, context);
            out.writeStringField("eventCategory", Category.INSIGHT.text());
        });
        TrailRecorder.keepInsight(
                tx,
                new AuditRecord(
                        series.account(),
                        series.region(),
                        false,
                        eventId,
                        at,
                        series.name(),
                        series.source(),
                        false,
                        Category.INSIGHT,
                        Caller.service(""),
                        eventId,
                        List.of(),
                        text),
                series.trailId());
    }

    private static void details(JsonGenerator out, InsightSeries series, String state, ObjectNode context)
            throws IOException {
        out.writeObjectFieldStart("insightDetails");
        out.writeStringField("state", state);
        out.writeStringField("eventSource", series.source());
        out.writeStringField("eventName", series.name());
        out.writeStringField("insightType", series.kind().text());
        if (!series.error().isEmpty()) {
            out.writeStringField("errorCode", series.error());
        }
        out.writeFieldName("insightContext");
        out.writeRawValue(Json.write(context));
        out.writeEndObject();
    }

    private static ObjectNode context(Tx tx, InsightSeries series, InsightEpisode episode, boolean ended) {
        long minutes = episode.latest() + 1 - episode.started();
        long calls = tx.count(
                "SELECT SUM(calls) FROM insight_minute WHERE series = ? AND minute BETWEEN ? AND ?",
                series.id(),
                episode.started(),
                episode.latest());
        ObjectNode context = Json.object();
        ObjectNode statistics = context.putObject("statistics");
        statistics.putObject("baseline").put("average", episode.before().average());
        statistics.putObject("insight").put("average", (double) calls / minutes);
        if (ended) {
            statistics.put("insightDuration", minutes);
        }
        statistics.put("baselineDuration", episode.before().minutes());
        ObjectNode now = foremost(tx, series, episode.started(), episode.latest() + 1);
        ArrayNode attributions = context.putArray("attributions");
        for (String attribute : ATTRIBUTES) {
            ObjectNode item = attributions.addObject().put("attribute", attribute);
            item.set("insight", now.get(attribute));
            item.set("baseline", episode.before().attributions().get(attribute));
        }
        return context;
    }

    /** By attribute the most frequent values from the one minute up to the other, with their calls a minute. */
    private static ObjectNode foremost(Tx tx, InsightSeries series, long from, long to) {
        ObjectNode all = Json.object();
        for (String attribute : ATTRIBUTES) {
            ArrayNode values = all.putArray(attribute);
            tx.query(
                            "SELECT value, SUM(calls) FROM insight_attribute WHERE series = ? AND minute >= ? AND minute < ?"
                                    + " AND attribute = ? GROUP BY value ORDER BY 2 DESC, 1 LIMIT ?",
                            row -> Json.object()
                                    .put("value", row.text(1))
                                    .put("average", (double) row.number(2) / (to - from)),
                            series.id(),
                            from,
                            to,
                            attribute,
                            VALUES_MAX)
                    .forEach(values::add);
        }
        return all;
    }
}
