package belfry.wire;

import java.util.Map;
import java.util.Objects;

/**
 * The root elements of S3's answers. The descriptions leave them out, since clients read any root; other clients and
 * people do not.
 */
final class RestXmlRoots {
    private static final Map<String, String> BY_OPERATION = Map.ofEntries(
            Map.entry("CompleteMultipartUpload", "CompleteMultipartUploadResult"),
            Map.entry("CreateMultipartUpload", "InitiateMultipartUploadResult"),
            Map.entry("CreateSession", "CreateSessionResult"),
            Map.entry("DeleteObjects", "DeleteResult"),
            Map.entry("GetBucketAccelerateConfiguration", "AccelerateConfiguration"),
            Map.entry("GetBucketAcl", "AccessControlPolicy"),
            Map.entry("GetBucketCors", "CORSConfiguration"),
            Map.entry("GetBucketLifecycleConfiguration", "LifecycleConfiguration"),
            Map.entry("GetBucketLogging", "BucketLoggingStatus"),
            Map.entry("GetBucketNotificationConfiguration", "NotificationConfiguration"),
            Map.entry("GetBucketRequestPayment", "RequestPaymentConfiguration"),
            Map.entry("GetBucketTagging", "Tagging"),
            Map.entry("GetBucketVersioning", "VersioningConfiguration"),
            Map.entry("GetBucketWebsite", "WebsiteConfiguration"),
            Map.entry("GetObjectAcl", "AccessControlPolicy"),
            Map.entry("GetObjectAttributes", "GetObjectAttributesResponse"),
            Map.entry("GetObjectTagging", "Tagging"),
            Map.entry("ListBucketAnalyticsConfigurations", "ListBucketAnalyticsConfigurationResult"),
            Map.entry("ListBucketInventoryConfigurations", "ListInventoryConfigurationsResult"),
            Map.entry("ListBucketMetricsConfigurations", "ListMetricsConfigurationsResult"),
            Map.entry("ListBuckets", "ListAllMyBucketsResult"),
            Map.entry("ListDirectoryBuckets", "ListAllMyDirectoryBucketsResult"),
            Map.entry("ListMultipartUploads", "ListMultipartUploadsResult"),
            Map.entry("ListObjectVersions", "ListVersionsResult"),
            Map.entry("ListObjects", "ListBucketResult"),
            Map.entry("ListObjectsV2", "ListBucketResult"),
            Map.entry("ListParts", "ListPartsResult"));

    private RestXmlRoots() {}

    static String of(Operation operation, Shape output) {
        return Objects.requireNonNullElse(BY_OPERATION.get(operation.name()), output.name());
    }
}
