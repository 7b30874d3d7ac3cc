package belfry;

import belfry.access.CallerCache;
import belfry.access.CallerReader;
import belfry.access.GuardedIam;
import belfry.access.authorize.ParsedPolicies;
import belfry.access.authorize.PolicyAuthorizer;
import belfry.access.authorize.ResourceFinder;
import belfry.buckets.GuardedBuckets;
import belfry.events.GuardedRules;
import belfry.logs.GuardedLogs;
import belfry.topics.GuardedTopics;
import belfry.topics.queue.GuardedQueues;
import belfry.vault.GuardedVault;
import java.util.HashMap;
import java.util.Map;

/** Who may do what, decided by policies; each stage tells how its resources are named and what policies they have. */
final class Authorization {
    private Authorization() {}

    static PolicyAuthorizer byPolicies() {
        ParsedPolicies parsed = new ParsedPolicies();
        return new PolicyAuthorizer(new CallerCache(new CallerReader(parsed)), finders(), parsed);
    }

    /** By the kinds that the tables of actions write. */
    static Map<String, ResourceFinder> finders() {
        Map<String, ResourceFinder> finders = new HashMap<>();
        finders.putAll(GuardedIam.finders());
        finders.putAll(GuardedVault.finders());
        finders.putAll(GuardedBuckets.finders());
        finders.putAll(GuardedLogs.finders());
        finders.putAll(GuardedRules.finders());
        finders.putAll(GuardedTopics.finders());
        finders.putAll(GuardedQueues.finders());
        return finders;
    }
}
