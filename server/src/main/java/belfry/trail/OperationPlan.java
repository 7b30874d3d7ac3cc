package belfry.trail;

import belfry.api.Services;
import belfry.wire.Operation;
import belfry.wire.ServiceDescriptor;
import belfry.wire.Shape;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How calls of one operation are recorded; worked out once.
 *
 * @param eventName the operation's name, but for a few of S3 that CloudTrail calls otherwise
 * @param dataType the resource type of a data event; null for management events, and where no selector can name it
 * @param apiVersion shown by CloudWatch Logs only
 * @param answer which members of the answer are shown; null for all
 */
record OperationPlan(
        String service,
        String operation,
        String eventName,
        boolean readOnly,
        Category category,
        @Nullable String dataType,
        @Nullable String apiVersion,
        @Nullable Shape input,
        @Nullable Shape output,
        String uri,
        @Nullable Set<String> answer) {
    private static final Map<String, String> S3_NAMES = Map.ofEntries(
            Map.entry("GetBucketLifecycleConfiguration", "GetBucketLifecycle"),
            Map.entry("PutBucketLifecycleConfiguration", "PutBucketLifecycle"),
            Map.entry("GetBucketNotificationConfiguration", "GetBucketNotification"),
            Map.entry("PutBucketNotificationConfiguration", "PutBucketNotification"),
            Map.entry("GetPublicAccessBlock", "GetBucketPublicAccessBlock"),
            Map.entry("PutPublicAccessBlock", "PutBucketPublicAccessBlock"),
            Map.entry("DeletePublicAccessBlock", "DeleteBucketPublicAccessBlock"),
            Map.entry("GetObjectLockConfiguration", "GetBucketObjectLockConfiguration"),
            Map.entry("PutObjectLockConfiguration", "PutBucketObjectLockConfiguration"),
            Map.entry("ListObjectsV2", "ListObjects"));

    /** Secrets Manager shows little of what it answers. */
    private static final Set<String> ARN_ONLY = Set.of("ARN");

    private static final Map<String, Set<String>> ANSWERS = Map.of(
            "secretsmanager:CreateSecret", ARN_ONLY,
            "secretsmanager:PutSecretValue", ARN_ONLY,
            "secretsmanager:UpdateSecret", ARN_ONLY,
            "kms:CreateGrant", Set.of("GrantId", "KeyId"));

    /** Reads whose answers are shown all the same: they hand out credentials. */
    private static final Set<String> ANSWERED_READS =
            Set.of("AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity", "AssumeRoot", "GetSessionToken");

    /** @return empty where Belfry carries no such operation */
    static Optional<OperationPlan> of(String service, String name) {
        return Services.ALL.stream()
                .filter(known -> known.name().equals(service))
                .filter(known -> known.operations().contains(name))
                .findFirst()
                .map(known -> of(known, known.model().operation(name)));
    }

    private static OperationPlan of(ServiceDescriptor service, Operation operation) {
        String name = operation.name();
        Shape input = operation.input();
        Category category = Operations.category(service.name(), name, input != null && input.member("Key") != null);
        boolean s3 = service.name().equals("s3");
        return new OperationPlan(
                service.name(),
                name,
                s3 ? S3_NAMES.getOrDefault(name, name) : name,
                Operations.readOnly(service.name(), name),
                category,
                category == Category.DATA ? Operations.dataType(service.name()).orElse(null) : null,
                service.name().equals("logs") ? service.apiVersion().replace("-", "") : null,
                input,
                operation.output(),
                operation.uri(),
                ANSWERS.get(service.name() + ":" + name));
    }

    String source() {
        return Operations.source(service);
    }

    /** False for data events that no trail can ask for: they leave no record. */
    boolean recorded() {
        return category == Category.MANAGEMENT || dataType != null;
    }

    /** Whether the record shows what was answered. */
    boolean showsAnswer() {
        return !readOnly || (service.equals("sts") && ANSWERED_READS.contains(operation));
    }

    /** IAM is one service for all regions; its records bear the home region. */
    boolean global() {
        return service.equals("iam");
    }
}
