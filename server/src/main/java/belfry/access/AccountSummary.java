package belfry.access;

import belfry.api.iam.GetAccountSummaryResponse;
import belfry.store.Tx;
import java.util.Map;
import java.util.TreeMap;

/** How much an account has of everything, and of what it may have how much. */
final class AccountSummary {
    private AccountSummary() {}

    static GetAccountSummaryResponse of(Tx tx, String account) {
        Map<String, Integer> summary = new TreeMap<>(Map.of(
                "AccessKeysPerUserQuota", 2,
                "AttachedPoliciesPerGroupQuota", 10,
                "AttachedPoliciesPerRoleQuota", 10,
                "AttachedPoliciesPerUserQuota", 10,
                "GroupsPerUserQuota", 10,
                "VersionsPerPolicyQuota", 5,
                "AccountMFAEnabled", 0,
                "MFADevices", 0,
                "MFADevicesInUse", 0,
                "InstanceProfiles", 0));
        summary.put("Users", entities(tx, account, EntityKind.USER));
        summary.put("Groups", entities(tx, account, EntityKind.GROUP));
        summary.put("Roles", entities(tx, account, EntityKind.ROLE));
        summary.put("Policies", count(tx, "SELECT count(*) FROM iam_policy WHERE account = ?", account));
        summary.put(
                "PolicyVersionsInUse", count(tx, "SELECT count(*) FROM iam_policy_version WHERE account = ?", account));
        int rootKeys =
                count(tx, "SELECT count(*) FROM iam_access_key WHERE account = ? AND user_name IS NULL", account);
        summary.put("AccountAccessKeysPresent", Math.min(1, rootKeys));
        return new GetAccountSummaryResponse().summaryMap(summary);
    }

    private static int entities(Tx tx, String account, EntityKind kind) {
        return count(tx, "SELECT count(*) FROM iam_entity WHERE account = ? AND kind = ?", account, kind.word());
    }

    private static int count(Tx tx, String sql, Object... parameters) {
        return Math.toIntExact(tx.count(sql, parameters));
    }
}
