package belfry.buckets;

import belfry.access.policy.MalformedPolicyException;
import belfry.access.policy.PolicyDocument;
import belfry.access.policy.Statement;
import belfry.api.s3.DeleteBucketPolicyRequest;
import belfry.api.s3.GetBucketPolicyOutput;
import belfry.api.s3.GetBucketPolicyRequest;
import belfry.api.s3.GetBucketPolicyStatusOutput;
import belfry.api.s3.GetBucketPolicyStatusRequest;
import belfry.api.s3.PolicyStatus;
import belfry.api.s3.PutBucketPolicyRequest;
import belfry.gateway.Call;
import belfry.store.Tx;
import belfry.wire.NoOutput;
import belfry.wire.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A bucket's policy: kept as it was written, byte for byte, once it has been found to be one. */
final class BucketPolicies {
    private static final int BYTES_MAX = 20 * 1024;

    private BucketPolicies() {}

    static NoOutput put(PutBucketPolicyRequest in, Call call) {
        Place.touches(call, in.bucket());
        PolicyDocument policy = parse(in.policy());
        return call.write(tx -> {
            BucketRow bucket = Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call);
            policy.statements().forEach(statement -> check(statement, bucket));
            if (PublicAccess.isPublic(policy) && PublicAccess.blocksPolicies(tx, bucket.name())) {
                throw blocked(call, bucket);
            }
            BucketTable.put(tx, bucket.name(), Setting.POLICY, in.policy());
            return NoOutput.INSTANCE;
        });
    }

    private static PolicyDocument parse(@Nullable String text) {
        if (text == null || text.isBlank()) {
            throw malformed("Policies must be valid JSON and the first byte must be '{'");
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX) {
            throw malformed("Normalized policy document exceeds the maximum allowed size of " + BYTES_MAX + " bytes.");
        }
        try {
            return PolicyDocument.parse(text);
        } catch (MalformedPolicyException e) {
            throw malformed(
                    switch (e.part()) {
                        case JSON ->
                            text.stripLeading().startsWith("{")
                                    ? "This policy contains invalid Json"
                                    : "Policies must be valid JSON and the first byte must be '{'";
                        case PRINCIPAL -> "Invalid principal in policy";
                        case ACTION ->
                            String.valueOf(e.getMessage()).startsWith("Missing")
                                    ? String.valueOf(e.getMessage())
                                    : "Policy has invalid action";
                        case RESOURCE -> "Policy has invalid resource";
                        case EFFECT -> "Invalid effect";
                        case VERSION, STATEMENT, CONDITION -> String.valueOf(e.getMessage());
                    });
        }
    }

    /** What a bucket's policy needs beyond being one: principals, S3's actions, this bucket and its objects. */
    private static void check(Statement statement, BucketRow bucket) {
        if (statement.principal().isEmpty()) {
            throw malformed("Missing required field Principal");
        }
        if (statement.resources().isEmpty()) {
            throw malformed("Missing required field Resource");
        }
        for (String action : statement.actions()) {
            String lower = action.toLowerCase(Locale.ROOT);
            if (!lower.equals("*") && !lower.startsWith("s3:")) {
                throw malformed("Policy has invalid action");
            }
        }
        for (String resource : statement.resources()) {
            boolean own = resource.equals(bucket.arn())
                    || resource.equals(bucket.arn() + "*")
                    || resource.startsWith(bucket.arn() + "/");
            if (!own) {
                throw malformed("Policy has invalid resource");
            }
        }
    }

    private static ServiceException malformed(String message) {
        return ServiceException.of("MalformedPolicy", 400, message);
    }

    private static ServiceException blocked(Call call, BucketRow bucket) {
        return ServiceException.of(
                "AccessDenied",
                403,
                "User: " + call.principal().arn() + " is not authorized to perform: s3:PutBucketPolicy on resource: \""
                        + bucket.arn()
                        + "\" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public"
                        + " Access.");
    }

    static GetBucketPolicyOutput get(GetBucketPolicyRequest in, Call call) {
        Place.touches(call, in.bucket());
        return call.read(tx -> {
            BucketRow bucket = Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call);
            return new GetBucketPolicyOutput().policy(text(tx, bucket));
        });
    }

    static GetBucketPolicyStatusOutput status(GetBucketPolicyStatusRequest in, Call call) {
        Place.touches(call, in.bucket());
        return call.read(tx -> {
            BucketRow bucket = Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call);
            boolean open = PublicAccess.isPublic(PolicyDocument.parse(text(tx, bucket)));
            return new GetBucketPolicyStatusOutput().policyStatus(new PolicyStatus().isPublic(open));
        });
    }

    private static String text(Tx tx, BucketRow bucket) {
        return BucketTable.setting(tx, bucket.name(), Setting.POLICY)
                .orElseThrow(() -> ServiceException.of("NoSuchBucketPolicy", 404, "The bucket policy does not exist")
                        .with("BucketName", bucket.name()));
    }

    static NoOutput delete(DeleteBucketPolicyRequest in, Call call) {
        Place.touches(call, in.bucket());
        return call.write(tx -> {
            BucketRow bucket = Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call);
            BucketTable.remove(tx, bucket.name(), Setting.POLICY);
            return NoOutput.INSTANCE;
        });
    }
}
