package belfry.trail;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What CloudTrail says of each operation: whether it is a read, and whether it is a data event and of which resource
 * type (semantics: cloudtrail.md §1.4, §1.5; docs/decisions/0402).
 */
final class Operations {
    /** Verbs of operations that change nothing, unless {@link #WRITES} says otherwise. */
    private static final Set<String> READING_VERBS =
            Set.of("Get", "BatchGet", "Describe", "List", "Head", "Lookup", "Filter", "Test", "Validate", "Simulate");

    /** Reads that their names do not tell. */
    private static final Map<String, Set<String>> READS = Map.of(
            "kms",
            Set.of(
                    "Encrypt",
                    "Decrypt",
                    "ReEncrypt",
                    "GenerateDataKey",
                    "GenerateDataKeyWithoutPlaintext",
                    "GenerateDataKeyPair",
                    "GenerateDataKeyPairWithoutPlaintext",
                    "GenerateMac",
                    "GenerateRandom",
                    "DeriveSharedSecret",
                    "Sign",
                    "Verify",
                    "VerifyMac"),
            "sts",
            Set.of(
                    "AssumeRole",
                    "AssumeRoleWithSAML",
                    "AssumeRoleWithWebIdentity",
                    "AssumeRoot",
                    "DecodeAuthorizationMessage"),
            "logs",
            Set.of("StartQuery", "StartLiveTail"),
            "cloudtrail",
            Set.of("SearchSampleQueries", "StartQuery"),
            "sns",
            Set.of("CheckIfPhoneNumberIsOptedOut"),
            "sqs",
            Set.of("ReceiveMessage"),
            "s3",
            Set.of("SelectObjectContent"));

    /** Operations that change something, or are counted so, although their names sound like reads. */
    private static final Map<String, Set<String>> WRITES = Map.of("sts", Set.of("GetFederationToken"));

    private static final Map<String, Set<String>> DATA = Map.of(
            "sns",
            Set.of("Publish", "PublishBatch"),
            "sqs",
            Set.of(
                    "SendMessage",
                    "SendMessageBatch",
                    "ReceiveMessage",
                    "DeleteMessage",
                    "DeleteMessageBatch",
                    "ChangeMessageVisibility",
                    "ChangeMessageVisibilityBatch",
                    "GetQueueAttributes",
                    "GetQueueUrl",
                    "ListQueues",
                    "ListQueueTags",
                    "ListDeadLetterSourceQueues"),
            "cloudwatch",
            Set.of("PutMetricData", "GetMetricData", "GetMetricStatistics", "GetMetricWidgetImage", "ListMetrics"),
            "s3",
            Set.of("HeadBucket", "ListObjects", "ListObjectsV2", "ListObjectVersions", "ListMultipartUploads"),
            "events",
            Set.of("PutEvents", "PutPartnerEvents"),
            "logs",
            Set.of("PutLogEvents"));

    private static final Map<String, String> DATA_TYPES = Map.of(
            "sns", "AWS::SNS::Topic",
            "sqs", "AWS::SQS::Queue",
            "cloudwatch", "AWS::CloudWatch::Metric",
            "s3", "AWS::S3::Object");

    private Operations() {}

    static boolean readOnly(String service, String operation) {
        if (READS.getOrDefault(service, Set.of()).contains(operation)) {
            return true;
        }
        if (WRITES.getOrDefault(service, Set.of()).contains(operation)) {
            return false;
        }
        return READING_VERBS.stream().anyMatch(verb -> startsWithWord(operation, verb));
    }

    private static boolean startsWithWord(String operation, String verb) {
        return operation.startsWith(verb)
                && (operation.length() == verb.length() || Character.isUpperCase(operation.charAt(verb.length())));
    }

    /**
     * @param onObject whether the operation's input names an object of S3 ({@code Key}): all of those are data events
     */
    static Category category(String service, String operation, boolean onObject) {
        boolean data = DATA.getOrDefault(service, Set.of()).contains(operation)
                || (service.equals("s3") && (onObject || operation.equals("DeleteObjects")));
        return data ? Category.DATA : Category.MANAGEMENT;
    }

    /** The type that data event selectors name; empty where AWS has none, so that no trail can select the event. */
    static Optional<String> dataType(String service) {
        return Optional.ofNullable(DATA_TYPES.get(service));
    }

    /** {@code secretsmanager.amazonaws.com}; the service's short name is its endpoint's but for CloudWatch. */
    static String source(String service) {
        return (service.equals("cloudwatch") ? "monitoring" : service) + ".amazonaws.com";
    }
}
