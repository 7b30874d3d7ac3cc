package belfry.logs;

import belfry.base.Arn;
import belfry.logs.blocks.BlockBuilder;
import belfry.logs.blocks.BlockTable;
import belfry.store.Tx;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A stream that another service writes by a role of the account's owner, as SNS logs its deliveries. Group and stream
 * are made where they are missing.
 *
 * @param group the group's name
 */
public record ServiceLog(String account, String region, String group, String stream) {
    /** An action that the role must allow for the next event. */
    public record Needed(String action, String resource) {}

    /** What the role must allow now. */
    public List<Needed> needed(Tx tx) {
        List<Needed> needed = new ArrayList<>();
        String groupArn = Arn.of("logs", region, account, "log-group:" + group).toString();
        String streamArn = groupArn + ":log-stream:" + stream;
        Optional<LogGroupRow> found = LogGroupTable.find(tx, account, region, group);
        if (found.isEmpty()) {
            needed.add(new Needed("logs:CreateLogGroup", groupArn));
        }
        if (found.flatMap(row -> LogStreamTable.find(tx, row.id(), stream)).isEmpty()) {
            needed.add(new Needed("logs:CreateLogStream", streamArn));
        }
        needed.add(new Needed("logs:PutLogEvents", streamArn));
        return needed;
    }

    /**
     * Appends one event.
     *
     * @return why not, where the group's key does not let anybody write
     */
    public Optional<String> append(Tx tx, String message, Instant now) {
        if (LogGroupTable.find(tx, account, region, group).isEmpty()) {
            LogGroupTable.insert(tx, account, region, group, "STANDARD", false, Map.of(), now);
        }
        LogGroupRow row = LogGroupTable.find(tx, account, region, group).orElseThrow();
        Optional<String> refusal = GroupKeys.refusal(tx, row);
        if (refusal.isPresent()) {
            return refusal;
        }
        long id = LogStreamTable.find(tx, row.id(), stream)
                .map(LogStreamRow::id)
                .orElseGet(() -> LogStreamTable.create(tx, row.id(), stream, now));
        BlockBuilder builder = new BlockBuilder(row.id(), 0).run(id, now.toEpochMilli());
        builder.event(now.toEpochMilli(), message.getBytes(StandardCharsets.UTF_8));
        BlockTable.append(tx, builder.pack());
        return Optional.empty();
    }
}
