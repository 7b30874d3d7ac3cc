package belfry.events;

import belfry.base.Arn;
import belfry.base.Json;
import belfry.store.Row;
import belfry.store.Tx;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A replay of an archive's events to its bus.
 *
 * @param archive the archive's name
 * @param filters the ARNs of the rules that it is for; empty for all
 * @param from the time of the first event, and {@code to} that of the first one behind the last
 * @param upTo the newest event that was there at the start
 * @param doneAt the time of the event that was sent last, and {@code doneSeq} its number
 */
record Replay(
        String account,
        String region,
        String name,
        @Nullable String description,
        String archive,
        long archiveId,
        String bus,
        List<String> filters,
        Instant from,
        Instant to,
        long upTo,
        State state,
        @Nullable String reason,
        @Nullable Instant doneAt,
        long doneSeq,
        Instant startedAt,
        @Nullable Instant endedAt) {
    /** As DescribeReplay names them. */
    enum State {
        STARTING,
        RUNNING,
        CANCELLING,
        COMPLETED,
        CANCELLED,
        FAILED;

        boolean over() {
            return this == COMPLETED || this == CANCELLED || this == FAILED;
        }
    }

    private static final Duration KEPT = Duration.ofDays(90);
    private static final String COLUMNS =
            "SELECT account, region, name, description, archive, archive_id, bus, filters,"
                    + " from_at, to_at, up_to, state, reason, done_at, done_seq, started_at, ended_at FROM event_replay ";

    Replay {
        filters = List.copyOf(filters);
    }

    String arn() {
        return Arn.of("events", region, account, "replay/" + name).toString();
    }

    static Optional<Replay> find(Tx tx, String account, String region, String name) {
        return tx.first(COLUMNS + "WHERE account = ? AND region = ? AND name = ?", Replay::read, account, region, name);
    }

    static List<Replay> list(Tx tx, String account, String region, String prefix, String after) {
        return tx.query(
                COLUMNS + "WHERE account = ? AND region = ? AND substr(name, 1, ?) = ? AND name > ? ORDER BY name",
                Replay::read,
                account,
                region,
                prefix.length(),
                prefix,
                after);
    }

    static Optional<Replay> nextOpen(Tx tx) {
        return tx.first(COLUMNS + "WHERE ended_at IS NULL ORDER BY started_at LIMIT 1", Replay::read);
    }

    static long open(Tx tx, String account, String region) {
        return tx.count(
                "SELECT COUNT(*) FROM event_replay WHERE account = ? AND region = ? AND ended_at IS NULL",
                account,
                region);
    }

    void insert(Tx tx) {
        tx.update("DELETE FROM event_replay WHERE ended_at <= ?", startedAt.minus(KEPT));
        ArrayNode rules = Json.array();
        filters.forEach(rules::add);
        tx.update(
                "INSERT INTO event_replay (account, region, name, description, archive, archive_id, bus, filters,"
                        + " from_at, to_at, up_to, state, done_seq, started_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)",
                account,
                region,
                name,
                description,
                archive,
                archiveId,
                bus,
                Json.write(rules),
                from,
                to,
                upTo,
                state.name(),
                startedAt);
    }

    void sent(Tx tx, ArchivedEvents.Kept last) {
        tx.update(
                "UPDATE event_replay SET state = ?, done_at = ?, done_seq = ?"
                        + " WHERE account = ? AND region = ? AND name = ?",
                State.RUNNING.name(),
                last.at(),
                last.seq(),
                account,
                region,
                name);
    }

    void turn(Tx tx, State to, @Nullable String why, Instant now) {
        tx.update(
                "UPDATE event_replay SET state = ?, reason = ?, ended_at = ?"
                        + " WHERE account = ? AND region = ? AND name = ?",
                to.name(),
                why,
                to.over() ? now : null,
                account,
                region,
                name);
    }

    private static Replay read(Row row) {
        List<String> rules = new ArrayList<>();
        Json.parse(row.text(8)).forEach(rule -> rules.add(rule.asText()));
        return new Replay(
                row.text(1),
                row.text(2),
                row.text(3),
                row.textOrNull(4),
                row.text(5),
                row.number(6),
                row.text(7),
                rules,
                row.instant(9),
                row.instant(10),
                row.number(11),
                State.valueOf(row.text(12)),
                row.textOrNull(13),
                row.instantOrNull(14),
                row.number(15),
                row.instant(16),
                row.instantOrNull(17));
    }
}
