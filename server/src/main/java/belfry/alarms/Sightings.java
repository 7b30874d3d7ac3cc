package belfry.alarms;

import belfry.logs.MatchedEvents.Matched;
import belfry.store.Cursors;
import belfry.store.Tx;
import belfry.trail.TrailEvent;
import belfry.trail.TrailEvents;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who has successfully made which call on which secret, and from where, each with the event that was the first. The
 * trail is the source, whether a trail selected the record or not; log events that came another way (another account's
 * trail, put into a log group) are entered when an alarm looks at them. See docs/decisions/0710.
 */
final class Sightings {
    private static final String CURSOR = "alarms.sightings";
    private static final String OF_SECRETS = "\"eventSource\":\"secretsmanager.amazonaws.com\"";
    private static final int RECORDS_AT_ONCE = 500;

    private Sightings() {}

    /** What a record says, as far as it can be a first time. */
    private record Seen(
            String account, String secret, String call, String who, String address, String eventId, boolean succeeded) {
        static Optional<Seen> of(String account, String message) {
            if (!message.contains(OF_SECRETS)) {
                return Optional.empty();
            }
            return CloudTrailRecord.read(message)
                    .filter(record -> record.aboutSecrets() && !record.target().isEmpty())
                    .map(record -> new Seen(
                            account,
                            record.shortTarget(),
                            record.event(),
                            record.whoArn().isEmpty() ? record.who() : record.whoArn(),
                            record.address(),
                            record.eventId(),
                            record.error().isEmpty()));
        }
    }

    /** Enters a batch of the trail's records; whether there may be more. Part of the caller's transaction. */
    static boolean follow(Tx tx) {
        List<TrailEvent> records = TrailEvents.after(tx, Cursors.position(tx, CURSOR), RECORDS_AT_ONCE);
        for (TrailEvent record : records) {
            Seen.of(record.account(), record.json()).ifPresent(seen -> enter(tx, seen));
        }
        if (!records.isEmpty()) {
            Cursors.advance(tx, CURSOR, records.getLast().seq());
        }
        return records.size() == RECORDS_AT_ONCE;
    }

    /**
     * A look at the records behind {@code from}.
     *
     * @param last the last record looked at
     * @param worthWriting whether one of them is a first, or so many have passed that the cursor should move
     */
    record Look(long last, boolean full, boolean worthWriting) {}

    static Look look(Tx tx, long from) {
        long stored = Cursors.position(tx, CURSOR);
        // After a reset the numbers begin anew.
        long start = from > TrailEvents.last(tx) ? stored : Math.max(from, stored);
        List<TrailEvent> records = TrailEvents.after(tx, start, RECORDS_AT_ONCE);
        long last = records.isEmpty() ? start : records.getLast().seq();
        boolean firsts = records.stream()
                .flatMap(record -> Seen.of(record.account(), record.json()).stream())
                .anyMatch(seen -> seen.succeeded() && !news(tx, seen).isEmpty());
        return new Look(last, records.size() == RECORDS_AT_ONCE, firsts || last - stored >= RECORDS_AT_ONCE);
    }

    /** Says of each event what was new about it; {@code matched} and the answer begin with the newest. */
    static List<Evidence.Event> judge(Tx tx, String account, List<Matched> matched) {
        while (follow(tx)) {
            // The records before these events must have been entered, or old acquaintances would look new.
        }
        List<Evidence.Event> events = new ArrayList<>();
        for (Matched event : matched.reversed()) {
            String message = event.message().orElse("");
            Optional<Seen> seen = Seen.of(account, message);
            seen.ifPresent(one -> enter(tx, one));
            events.add(new Evidence.Event(
                    event.time(),
                    event.logGroup(),
                    event.logStream(),
                    event.filter(),
                    message,
                    seen.map(one -> news(tx, one)).orElse(Set.of())));
        }
        return events.reversed();
    }

    /** Only what succeeded makes an acquaintance: a refused try must not hide the first one that gets through. */
    private static void enter(Tx tx, Seen seen) {
        if (seen.succeeded()) {
            enter(tx, seen, News.PRINCIPAL, seen.who());
            enter(tx, seen, News.ADDRESS, seen.address());
        }
    }

    private static void enter(Tx tx, Seen seen, News kind, String value) {
        tx.update(
                "INSERT INTO sighting (account, secret, call, kind, value, event_id) VALUES (?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (account, secret, call, kind, value) DO NOTHING",
                seen.account(),
                seen.secret(),
                seen.call(),
                kind.name(),
                value,
                seen.eventId());
    }

    private static Set<News> news(Tx tx, Seen seen) {
        Set<News> news = EnumSet.noneOf(News.class);
        if (isFirst(tx, seen, News.PRINCIPAL, seen.who())) {
            news.add(News.PRINCIPAL);
        }
        if (isFirst(tx, seen, News.ADDRESS, seen.address())) {
            news.add(News.ADDRESS);
        }
        return news;
    }

    private static boolean isFirst(Tx tx, Seen seen, News kind, String value) {
        return tx.first(
                        "SELECT event_id FROM sighting WHERE account = ? AND secret = ? AND call = ? AND kind = ?"
                                + " AND value = ?",
                        row -> row.text(1),
                        seen.account(),
                        seen.secret(),
                        seen.call(),
                        kind.name(),
                        value)
                .map(first -> first.equals(seen.eventId()))
                .orElse(true);
    }
}
