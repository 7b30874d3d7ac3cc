package belfry.events;

import belfry.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A read that a rule's pattern matches, and that its state keeps from it: the silence in which the tutorial's direct way
 * fails (semantics: eventbridge-iam.md §2.1). Told once in the log, and kept by rule and call.
 *
 * @param event the CloudTrail event's name, such as {@code GetSecretValue}
 * @param eventId the event that was noticed
 */
public record Unheard(String ruleArn, String event, String eventId, Instant noticed) {
    /** The reads that never reached the rule. */
    public static List<Unheard> of(Tx tx, String ruleArn) {
        return tx.query(
                "SELECT rule_arn, event_name, event_id, noticed FROM event_unheard WHERE rule_arn = ?"
                        + " ORDER BY event_name",
                row -> new Unheard(row.text(1), row.text(2), row.text(3), row.instant(4)),
                ruleArn);
    }

    static void forget(Tx tx, String ruleArn) {
        tx.update("DELETE FROM event_unheard WHERE rule_arn = ?", ruleArn);
    }

    private void keep(Tx tx) {
        tx.update(
                "INSERT INTO event_unheard (rule_arn, event_name, event_id, noticed) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (rule_arn, event_name) DO UPDATE SET event_id = excluded.event_id,"
                        + " noticed = excluded.noticed",
                ruleArn,
                event,
                eventId,
                noticed);
    }

    /** Notices each rule and call once, so that reads cost no commit of their own. */
    static final class Notices {
        private static final Logger LOG = LoggerFactory.getLogger(Unheard.class);
        private static final int KEPT_MAX = 10_000;

        private final Set<String> noticed = ConcurrentHashMap.newKeySet();

        boolean isNew(Unheard unheard) {
            return !noticed.contains(key(unheard));
        }

        void keep(Tx tx, List<Unheard> all) {
            all.forEach(unheard -> unheard.keep(tx));
        }

        /** Once they are kept. */
        void tell(List<Unheard> all) {
            for (Unheard unheard : all) {
                if (noticed.size() < KEPT_MAX && noticed.add(key(unheard))) {
                    LOG.warn(
                            "{} matches {}, but never hears of it: read-only calls reach only rules in the state {}",
                            unheard.ruleArn(),
                            unheard.event(),
                            RuleState.ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS);
                }
            }
        }

        void forget() {
            noticed.clear();
        }

        private static String key(Unheard unheard) {
            return unheard.ruleArn() + " " + unheard.event();
        }
    }
}
