package belfry.logs;

import belfry.access.policy.Decision;
import belfry.access.policy.MalformedPolicyException;
import belfry.access.policy.PolicyDocument;
import belfry.access.policy.PolicyPrincipal;
import belfry.access.policy.PolicyRequest;
import belfry.base.Arn;
import belfry.logs.blocks.BlockBuilder;
import belfry.logs.blocks.BlockTable;
import belfry.store.Tx;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A log group as a target of EventBridge: each rule has a stream of its own there. */
public final class EventLog {
    private static final List<String> WRITERS = List.of("events.amazonaws.com", "delivery.logs.amazonaws.com");

    /** What came of it. */
    public enum Outcome {
        WRITTEN,
        NO_GROUP,
        NOT_ALLOWED
    }

    private EventLog() {}

    /**
     * Appends one event, if the group's account allows EventBridge to write there.
     *
     * @param groupArn with or without {@code :*}
     * @param conditions what a policy may ask about the call
     */
    public static Outcome append(
            Tx tx, Arn groupArn, String ruleArn, Map<String, String> conditions, String message, Instant now) {
        Optional<LogGroupRow> group =
                LogGroupTable.find(tx, groupArn.account(), groupArn.region(), LogGroupTable.nameIn(groupArn));
        if (group.isEmpty()) {
            return Outcome.NO_GROUP;
        }
        String name =
                UUID.nameUUIDFromBytes(ruleArn.getBytes(StandardCharsets.UTF_8)).toString();
        if (!allowed(tx, group.get(), name, conditions)
                || GroupKeys.refusal(tx, group.get()).isPresent()) {
            return Outcome.NOT_ALLOWED;
        }
        long stream = LogStreamTable.find(tx, group.get().id(), name)
                .map(LogStreamRow::id)
                .orElseGet(() -> LogStreamTable.create(tx, group.get().id(), name, now));
        BlockBuilder builder = new BlockBuilder(group.get().id(), 0).run(stream, now.toEpochMilli());
        builder.event(now.toEpochMilli(), message.getBytes(StandardCharsets.UTF_8));
        BlockTable.append(tx, builder.pack());
        return Outcome.WRITTEN;
    }

    /** Both services must be let in (semantics: eventbridge-iam.md §5). */
    private static boolean allowed(Tx tx, LogGroupRow group, String stream, Map<String, String> conditions) {
        Arn arn = Arn.parse(group.arn()).orElseThrow();
        List<String> documents = tx.query(
                "SELECT document FROM log_resource_policy WHERE account = ? AND region = ?",
                row -> row.text(1),
                arn.account(),
                arn.region());
        String resource = group.arn() + ":log-stream:" + stream;
        return WRITERS.stream().allMatch(writer -> {
            var asked =
                    PolicyRequest.of(new PolicyPrincipal.Service(writer), "logs:PutLogEvents", resource, conditions);
            List<Decision> said =
                    documents.stream().map(document -> ask(document, asked)).toList();
            return said.contains(Decision.ALLOW) && !said.contains(Decision.EXPLICIT_DENY);
        });
    }

    private static Decision ask(String document, PolicyRequest asked) {
        try {
            return PolicyDocument.parse(document).evaluate(asked);
        } catch (MalformedPolicyException e) {
            return Decision.IMPLICIT_DENY;
        }
    }
}
