package belfry.logs;

import belfry.api.logs.DeleteResourcePolicyRequest;
import belfry.api.logs.DescribeResourcePoliciesRequest;
import belfry.api.logs.DescribeResourcePoliciesResponse;
import belfry.api.logs.PutResourcePolicyRequest;
import belfry.api.logs.PutResourcePolicyResponse;
import belfry.api.logs.ResourcePolicy;
import belfry.base.Json;
import belfry.gateway.Call;
import belfry.store.Row;
import belfry.wire.NoOutput;
import belfry.wire.ServiceException;
import java.util.List;

/** An account's policies for services that write logs: kept and shown. */
final class ResourcePolicies {
    private static final int POLICIES_MAX = 10;

    PutResourcePolicyResponse put(PutResourcePolicyRequest in, Call call) {
        if (in.resourceArn() != null || in.expectedRevisionId() != null) {
            throw LogErrors.unsupported("policies of single log groups");
        }
        if (in.policyName() == null || in.policyDocument() == null) {
            throw LogErrors.invalid("policyName and policyDocument are required.");
        }
        checkDocument(in.policyDocument());
        return call.write(tx -> {
            long others = tx.count(
                    "SELECT count(*) FROM log_resource_policy WHERE account = ? AND region = ? AND name <> ?",
                    call.account(),
                    call.region(),
                    in.policyName());
            if (others >= POLICIES_MAX) {
                throw LogErrors.limit();
            }
            tx.update(
                    "INSERT INTO log_resource_policy (account, region, name, document, updated) VALUES (?, ?, ?, ?, ?)"
                            + " ON CONFLICT (account, region, name) DO UPDATE SET document = excluded.document,"
                            + " updated = excluded.updated",
                    call.account(),
                    call.region(),
                    in.policyName(),
                    in.policyDocument(),
                    call.now());
            return new PutResourcePolicyResponse()
                    .resourcePolicy(new ResourcePolicy()
                            .policyName(in.policyName())
                            .policyDocument(in.policyDocument())
                            .lastUpdatedTime(call.now().toEpochMilli()));
        });
    }

    NoOutput delete(DeleteResourcePolicyRequest in, Call call) {
        return call.write(tx -> {
            int gone = tx.update(
                    "DELETE FROM log_resource_policy WHERE account = ? AND region = ? AND name = ?",
                    call.account(),
                    call.region(),
                    in.policyName());
            if (gone == 0) {
                throw ServiceException.of(
                        "ResourceNotFoundException", "Policy with name [" + in.policyName() + "] does not exist");
            }
            return NoOutput.INSTANCE;
        });
    }

    DescribeResourcePoliciesResponse describe(DescribeResourcePoliciesRequest in, Call call) {
        int limit = Tokens.limit(in.limit(), Tokens.DESCRIBE_MAX);
        List<ResourcePolicy> found = call.read(tx -> tx.query(
                "SELECT name, document, updated FROM log_resource_policy WHERE account = ? AND region = ? AND name > ?"
                        + " ORDER BY name LIMIT ?",
                ResourcePolicies::show,
                call.account(),
                call.region(),
                Tokens.after(in.nextToken()),
                limit + 1));
        var page = Tokens.Paged.of(found, limit, ResourcePolicy::policyName);
        return new DescribeResourcePoliciesResponse()
                .resourcePolicies(page.items())
                .nextToken(page.nextToken());
    }

    private static ResourcePolicy show(Row row) {
        return new ResourcePolicy()
                .policyName(row.text(1))
                .policyDocument(row.text(2))
                .lastUpdatedTime(row.number(3));
    }

    private static void checkDocument(String document) {
        try {
            if (Json.parse(document).isObject()) {
                return;
            }
        } catch (IllegalArgumentException e) {
            // Refused below like any other text that is no policy.
        }
        throw LogErrors.invalid("The policy document is not a valid JSON object.");
    }
}
