package belfry.topics.queue;

import belfry.access.authorize.ResourceFinder;
import belfry.gateway.Call;
import belfry.gateway.Guarded;
import belfry.store.Tx;
import belfry.wire.ServiceException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Queues as those who decide about access see them: by URL, name or ARN. */
public final class GuardedQueues {
    private GuardedQueues() {}

    /** By the kinds that the tables of actions write. */
    public static Map<String, ResourceFinder> finders() {
        return Map.of("queue", (tx, call, typed, members) -> queue(tx, call, typed.orElse("*")));
    }

    private static Guarded queue(Tx tx, Call call, String typed) {
        String arn = arn(call, typed);
        return Queue.find(tx, arn).map(GuardedQueues::guarded).orElseGet(() -> Guarded.of(arn));
    }

    private static String arn(Call call, String typed) {
        try {
            return typed.startsWith("arn:") ? typed : Queue.arnOf(typed, call);
        } catch (ServiceException e) {
            return call.arn("sqs", "*").toString();
        }
    }

    static Guarded guarded(Queue queue) {
        Map<String, List<String>> facts = new HashMap<>();
        queue.tags().forEach((tag, value) -> facts.put("aws:ResourceTag/" + tag, List.of(value)));
        return new Guarded(queue.arn(), queue.arn(), queue.attributes().get("Policy"), Guarded.Rule.BESIDE, facts);
    }
}
