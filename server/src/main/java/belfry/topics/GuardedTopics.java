package belfry.topics;

import belfry.access.authorize.ResourceFinder;
import belfry.gateway.Guarded;
import belfry.store.Tx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Topics as those who decide about access see them; a subscription is under its topic's policy. */
public final class GuardedTopics {
    /** Of the parts of {@code arn:aws:sns:region:account:topic:subscription}, those that name the topic. */
    private static final int PARTS_OF_A_TOPIC = 6;

    private GuardedTopics() {}

    /** By the kinds that the tables of actions write. */
    public static Map<String, ResourceFinder> finders() {
        return Map.of("topic", (tx, call, typed, members) -> topic(tx, typed.orElse("*")));
    }

    private static Guarded topic(Tx tx, String typed) {
        String[] parts = typed.split(":", -1);
        String arn = parts.length > PARTS_OF_A_TOPIC
                ? String.join(":", List.of(parts).subList(0, PARTS_OF_A_TOPIC))
                : typed;
        return Topic.find(tx, arn).map(GuardedTopics::guarded).orElseGet(() -> Guarded.of(arn));
    }

    private static Guarded guarded(Topic topic) {
        Map<String, List<String>> facts = new HashMap<>();
        topic.tags().forEach((tag, value) -> facts.put("aws:ResourceTag/" + tag, List.of(value)));
        return new Guarded(topic.arn(), topic.arn(), topic.policy(), Guarded.Rule.BESIDE, facts);
    }
}
