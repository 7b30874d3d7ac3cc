package belfry.logs;

import belfry.access.authorize.ResourceFinder;
import belfry.base.Arn;
import belfry.gateway.Call;
import belfry.gateway.Guarded;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Log groups as those who decide about access see them. Policies name a group by {@code log-group:NAME:*}, and for its tags
 * by {@code log-group:NAME}.
 */
public final class GuardedLogs {
    private GuardedLogs() {}

    /** By the kinds that the tables of actions write. */
    public static Map<String, ResourceFinder> finders() {
        return Map.of(
                "log-group",
                (tx, call, typed, members) -> {
                    String name = name(typed);
                    Map<String, List<String>> facts = new TreeMap<>();
                    LogGroupTable.find(tx, call.account(), call.region(), name)
                            .ifPresent(group -> group.tagMap()
                                    .forEach((tag, value) -> facts.put("aws:ResourceTag/" + tag, List.of(value))));
                    String arn = arn(call, name) + ":log-stream:";
                    return new Guarded(arn, arn, null, Guarded.Rule.BESIDE, facts);
                },
                "log-group-tags",
                (tx, call, typed, members) -> Guarded.of(arn(call, name(typed))),
                "log-stream",
                (tx, call, typed, members) -> Guarded.of(arn(call, name(typed)) + ":log-stream:"
                        + members.text("logStreamName").orElse("*")));
    }

    /** The name in whatever was written; a text that is no log group's ARN stands for itself. */
    private static String name(Optional<String> typed) {
        String text = typed.orElse("*");
        return Arn.parse(text)
                .map(LogGroupTable::nameIn)
                .filter(name -> !name.isEmpty())
                .orElse(text);
    }

    private static String arn(Call call, String name) {
        return call.arn("logs", "log-group:" + name).toString();
    }
}
