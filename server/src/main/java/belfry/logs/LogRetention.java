package belfry.logs;

import belfry.gateway.Call;
import belfry.wire.NoOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long a group keeps its events. */
final class LogRetention {
    private static final List<Integer> ALLOWED = List.of(
            1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653);

    private LogRetention() {}

    static NoOutput put(String group, Integer days, Call call) {
        if (!ALLOWED.contains(days)) {
            throw LogErrors.invalid("1 validation error detected: Value '" + days
                    + "' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: "
                    + ALLOWED);
        }
        return set(group, days, call);
    }

    static NoOutput delete(String group, Call call) {
        return set(group, null, call);
    }

    private static NoOutput set(String name, @Nullable Integer days, Call call) {
        return call.write(tx -> {
            LogGroupRow group = LogGroupTable.require(tx, call, name);
            tx.update("UPDATE log_group SET retention_days = ? WHERE id = ?", days, group.id());
            tx.ring(Sweeper.DISCARDED);
            return NoOutput.INSTANCE;
        });
    }
}
