package belfry.logs;

import belfry.api.logs.InputLogEvent;
import belfry.api.logs.PutLogEventsRequest;
import belfry.api.logs.PutLogEventsResponse;
import belfry.gateway.Call;
import belfry.logs.blocks.BlockBuilder;
import belfry.logs.blocks.BlockTable;
import belfry.logs.blocks.NewBlock;
import belfry.store.Tx;
import java.util.Locale;

/** Takes events in: checked and compressed by the caller's thread, then one row. */
final class PutLogEvents {
    private record Target(LogGroupRow group, long streamId) {}

    PutLogEventsResponse put(PutLogEventsRequest in, Call call) {
        Target target = call.read(tx -> target(tx, in, call));
        EventBatch batch =
                EventBatch.check(in.logEvents(), call.now(), target.group().expiredBefore(call.now()));
        PutLogEventsResponse response = new PutLogEventsResponse();
        response.rejectedLogEventsInfo(batch.rejected());
        if (batch.isEmpty()) {
            return response.nextSequenceToken(sequenceToken(0));
        }
        NewBlock block = pack(in, batch, target, call);
        return call.write(tx -> {
            // It may have been deleted while we compressed.
            if (target(tx, in, call).streamId() != target.streamId()) {
                throw LogErrors.noStream();
            }
            return response.nextSequenceToken(sequenceToken(BlockTable.append(tx, block)));
        });
    }

    private static Target target(Tx tx, PutLogEventsRequest in, Call call) {
        LogGroupRow group = LogGroupTable.require(tx, call, in.logGroupName());
        return new Target(
                group,
                LogStreamTable.require(tx, group.id(), in.logStreamName()).id());
    }

    private static NewBlock pack(PutLogEventsRequest in, EventBatch batch, Target target, Call call) {
        BlockBuilder builder = new BlockBuilder(target.group().id(), batch.bytes());
        builder.run(target.streamId(), call.now().toEpochMilli());
        for (InputLogEvent event : in.logEvents().subList(batch.from(), batch.to())) {
            builder.event(event.timestamp(), event.message());
        }
        return builder.pack();
    }

    /** Nothing asks for it any more; old clients want to see one, different each time. */
    private static String sequenceToken(long seq) {
        return String.format(Locale.ROOT, "496%053d", seq);
    }
}
