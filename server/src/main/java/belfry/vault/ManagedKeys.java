package belfry.vault;

import belfry.base.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/** The keys that services have by default, {@code alias/aws/<service>}: which there are and what their policies say. */
final class ManagedKeys {
    static final String PREFIX = "alias/aws/";
    static final String SECRETS_MANAGER = PREFIX + "secretsmanager";

    private static final Map<String, String> PURPOSES = Map.of(
            "secretsmanager", "protects my Secrets Manager data",
            "s3", "protects my S3 objects",
            "sns", "protects my SNS topics",
            "sqs", "protects my SQS messages",
            "ssm", "protects my SSM parameters",
            "ebs", "protects my EBS volumes",
            "rds", "protects my RDS database volumes",
            "lambda", "protects my Lambda functions",
            "dynamodb", "protects my DynamoDB data");

    private ManagedKeys() {}

    /** The key's description, or empty where no service has such an alias. */
    static Optional<String> description(String alias) {
        return Optional.ofNullable(alias.startsWith(PREFIX) ? PURPOSES.get(alias.substring(PREFIX.length())) : null)
                .map(purpose -> "Default key that " + purpose + " when no other key is defined");
    }

    /** Any principal of the account, but only through the service; the account itself may look at the key. */
    static String policy(Place place, String alias) {
        String service = alias.substring(PREFIX.length());
        ObjectNode policy = Json.object().put("Version", "2012-10-17").put("Id", "auto-" + service + "-1");
        var statements = policy.putArray("Statement");
        ObjectNode use = statements.addObject();
        use.put("Sid", "Allow use through " + service + " for all principals of the account");
        use.put("Effect", "Allow").putObject("Principal").put("AWS", "*");
        use.putArray("Action")
                .add("kms:Encrypt")
                .add("kms:Decrypt")
                .add("kms:ReEncrypt*")
                .add("kms:GenerateDataKey*")
                .add("kms:CreateGrant")
                .add("kms:DescribeKey");
        use.put("Resource", "*");
        use.putObject("Condition")
                .putObject("StringEquals")
                .put("kms:CallerAccount", place.account())
                .put("kms:ViaService", service + "." + place.region() + ".amazonaws.com");
        ObjectNode look = statements.addObject().put("Sid", "Allow the account to look at the key");
        look.put("Effect", "Allow").putObject("Principal").put("AWS", root(place));
        look.putArray("Action")
                .add("kms:Describe*")
                .add("kms:Get*")
                .add("kms:List*")
                .add("kms:RevokeGrant");
        look.put("Resource", "*");
        return Json.pretty(policy);
    }

    /** What CreateKey gives a key without a policy: the account decides by its IAM policies. */
    static String defaultPolicy(Place place) {
        ObjectNode policy = Json.object().put("Version", "2012-10-17").put("Id", "key-default-1");
        ObjectNode all = policy.putArray("Statement").addObject().put("Sid", "Enable IAM User Permissions");
        all.put("Effect", "Allow").putObject("Principal").put("AWS", root(place));
        all.put("Action", "kms:*").put("Resource", "*");
        return Json.pretty(policy);
    }

    private static String root(Place place) {
        return "arn:aws:iam::" + place.account() + ":root";
    }
}
