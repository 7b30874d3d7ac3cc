package belfry.trail;

import belfry.gateway.Call;
import belfry.store.Tx;
import org.jspecify.annotations.Nullable;

/** Changes trails. Every change keeps what held before it, for the record of the call that makes it. */
final class TrailTable {
    private static final String REMEMBER = "UPDATE trail SET was_logging = logging, was_selectors = selectors,"
            + " was_log_group = log_group, was_log_role = log_role, changed_by = ?, ";

    private TrailTable() {}

    static void insert(Tx tx, TrailDraft draft, Call call) {
        tx.update(
                "INSERT INTO trail (account, home_region, name, bucket, prefix, topic_name, topic_arn, global_events,"
                        + " multi_region, validation, log_group, log_role, kms_key, logging, created_at, first_seq,"
                        + " changed_by, was_logging) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, 0)",
                draft.account(),
                draft.homeRegion(),
                draft.name(),
                draft.bucket(),
                draft.prefix(),
                draft.topicName(),
                draft.topicArn(),
                draft.globalEvents(),
                draft.multiRegion(),
                draft.validation(),
                draft.logGroup(),
                draft.logRole(),
                draft.kmsKey(),
                call.now(),
                TrailEvents.last(tx),
                call.requestId());
    }

    static void change(Tx tx, Trail trail, TrailDraft draft, Call call) {
        tx.update(
                REMEMBER + "bucket = ?, prefix = ?, topic_name = ?, topic_arn = ?, global_events = ?,"
                        + " multi_region = ?, validation = ?, log_group = ?, log_role = ?, kms_key = ? WHERE id = ?",
                call.requestId(),
                draft.bucket(),
                draft.prefix(),
                draft.topicName(),
                draft.topicArn(),
                draft.globalEvents(),
                draft.multiRegion(),
                draft.validation(),
                draft.logGroup(),
                draft.logRole(),
                draft.kmsKey(),
                trail.id());
    }

    static void start(Tx tx, Trail trail, Call call) {
        tx.update(REMEMBER + "logging = 1, started_at = ? WHERE id = ?", call.requestId(), call.now(), trail.id());
    }

    static void stop(Tx tx, Trail trail, Call call) {
        tx.update(REMEMBER + "logging = 0, stopped_at = ? WHERE id = ?", call.requestId(), call.now(), trail.id());
    }

    static void select(Tx tx, Trail trail, @Nullable String selectors, Call call) {
        tx.update(REMEMBER + "selectors = ? WHERE id = ?", call.requestId(), selectors, trail.id());
    }

    static void delete(Tx tx, Trail trail, Call call) {
        tx.update(REMEMBER + "logging = 0, deleted_at = ? WHERE id = ?", call.requestId(), call.now(), trail.id());
        tx.update("DELETE FROM trail_tag WHERE trail_id = ?", trail.id());
    }
}
