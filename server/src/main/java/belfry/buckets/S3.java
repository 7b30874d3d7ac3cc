package belfry.buckets;

import belfry.api.Services;
import belfry.api.s3.AbortMultipartUploadOutput;
import belfry.api.s3.AbortMultipartUploadRequest;
import belfry.api.s3.CompleteMultipartUploadOutput;
import belfry.api.s3.CompleteMultipartUploadRequest;
import belfry.api.s3.CopyObjectOutput;
import belfry.api.s3.CopyObjectRequest;
import belfry.api.s3.CreateBucketOutput;
import belfry.api.s3.CreateBucketRequest;
import belfry.api.s3.CreateMultipartUploadOutput;
import belfry.api.s3.CreateMultipartUploadRequest;
import belfry.api.s3.DeleteBucketCorsRequest;
import belfry.api.s3.DeleteBucketEncryptionRequest;
import belfry.api.s3.DeleteBucketLifecycleRequest;
import belfry.api.s3.DeleteBucketOwnershipControlsRequest;
import belfry.api.s3.DeleteBucketPolicyRequest;
import belfry.api.s3.DeleteBucketReplicationRequest;
import belfry.api.s3.DeleteBucketRequest;
import belfry.api.s3.DeleteBucketTaggingRequest;
import belfry.api.s3.DeleteBucketWebsiteRequest;
import belfry.api.s3.DeleteObjectOutput;
import belfry.api.s3.DeleteObjectRequest;
import belfry.api.s3.DeleteObjectTaggingOutput;
import belfry.api.s3.DeleteObjectTaggingRequest;
import belfry.api.s3.DeleteObjectsOutput;
import belfry.api.s3.DeleteObjectsRequest;
import belfry.api.s3.DeletePublicAccessBlockRequest;
import belfry.api.s3.GetBucketAccelerateConfigurationOutput;
import belfry.api.s3.GetBucketAccelerateConfigurationRequest;
import belfry.api.s3.GetBucketAclOutput;
import belfry.api.s3.GetBucketAclRequest;
import belfry.api.s3.GetBucketCorsOutput;
import belfry.api.s3.GetBucketCorsRequest;
import belfry.api.s3.GetBucketEncryptionOutput;
import belfry.api.s3.GetBucketEncryptionRequest;
import belfry.api.s3.GetBucketLifecycleConfigurationOutput;
import belfry.api.s3.GetBucketLifecycleConfigurationRequest;
import belfry.api.s3.GetBucketLocationOutput;
import belfry.api.s3.GetBucketLocationRequest;
import belfry.api.s3.GetBucketLoggingOutput;
import belfry.api.s3.GetBucketLoggingRequest;
import belfry.api.s3.GetBucketNotificationConfigurationRequest;
import belfry.api.s3.GetBucketOwnershipControlsOutput;
import belfry.api.s3.GetBucketOwnershipControlsRequest;
import belfry.api.s3.GetBucketPolicyOutput;
import belfry.api.s3.GetBucketPolicyRequest;
import belfry.api.s3.GetBucketPolicyStatusOutput;
import belfry.api.s3.GetBucketPolicyStatusRequest;
import belfry.api.s3.GetBucketReplicationOutput;
import belfry.api.s3.GetBucketReplicationRequest;
import belfry.api.s3.GetBucketRequestPaymentOutput;
import belfry.api.s3.GetBucketRequestPaymentRequest;
import belfry.api.s3.GetBucketTaggingOutput;
import belfry.api.s3.GetBucketTaggingRequest;
import belfry.api.s3.GetBucketVersioningOutput;
import belfry.api.s3.GetBucketVersioningRequest;
import belfry.api.s3.GetBucketWebsiteOutput;
import belfry.api.s3.GetBucketWebsiteRequest;
import belfry.api.s3.GetObjectAclOutput;
import belfry.api.s3.GetObjectAclRequest;
import belfry.api.s3.GetObjectAttributesOutput;
import belfry.api.s3.GetObjectAttributesRequest;
import belfry.api.s3.GetObjectLockConfigurationOutput;
import belfry.api.s3.GetObjectLockConfigurationRequest;
import belfry.api.s3.GetObjectOutput;
import belfry.api.s3.GetObjectRequest;
import belfry.api.s3.GetObjectTaggingOutput;
import belfry.api.s3.GetObjectTaggingRequest;
import belfry.api.s3.GetPublicAccessBlockOutput;
import belfry.api.s3.GetPublicAccessBlockRequest;
import belfry.api.s3.HeadBucketOutput;
import belfry.api.s3.HeadBucketRequest;
import belfry.api.s3.HeadObjectOutput;
import belfry.api.s3.HeadObjectRequest;
import belfry.api.s3.ListBucketsOutput;
import belfry.api.s3.ListBucketsRequest;
import belfry.api.s3.ListMultipartUploadsOutput;
import belfry.api.s3.ListMultipartUploadsRequest;
import belfry.api.s3.ListObjectVersionsOutput;
import belfry.api.s3.ListObjectVersionsRequest;
import belfry.api.s3.ListObjectsOutput;
import belfry.api.s3.ListObjectsRequest;
import belfry.api.s3.ListObjectsV2Output;
import belfry.api.s3.ListObjectsV2Request;
import belfry.api.s3.ListPartsOutput;
import belfry.api.s3.ListPartsRequest;
import belfry.api.s3.NotificationConfiguration;
import belfry.api.s3.PutBucketAclRequest;
import belfry.api.s3.PutBucketEncryptionRequest;
import belfry.api.s3.PutBucketLifecycleConfigurationOutput;
import belfry.api.s3.PutBucketLifecycleConfigurationRequest;
import belfry.api.s3.PutBucketOwnershipControlsRequest;
import belfry.api.s3.PutBucketPolicyRequest;
import belfry.api.s3.PutBucketTaggingRequest;
import belfry.api.s3.PutBucketVersioningRequest;
import belfry.api.s3.PutObjectAclOutput;
import belfry.api.s3.PutObjectAclRequest;
import belfry.api.s3.PutObjectOutput;
import belfry.api.s3.PutObjectRequest;
import belfry.api.s3.PutObjectTaggingOutput;
import belfry.api.s3.PutObjectTaggingRequest;
import belfry.api.s3.PutPublicAccessBlockRequest;
import belfry.api.s3.S3Api;
import belfry.api.s3.UploadPartCopyOutput;
import belfry.api.s3.UploadPartCopyRequest;
import belfry.api.s3.UploadPartOutput;
import belfry.api.s3.UploadPartRequest;
import belfry.base.Ids;
import belfry.base.Structs;
import belfry.gateway.Call;
import belfry.wire.NoOutput;

/**
 * S3's operations, each where it is done. What is not here answers {@code NotImplemented}; see
 * docs/decisions/0500-what-of-s3.md for what is left out on purpose.
 */
public final class S3 implements S3Api<Call> {
    static final Structs STRUCTS = new Structs(Services.S3.model());

    private final Ids ids;
    private final BucketOperations buckets;
    private final ObjectReads reads;
    private final ObjectWrites writes;
    private final Copies copies;
    private final Uploads uploads;
    private final UploadParts parts;
    private final ObjectTags tags;
    private final ObjectAttributes attributes;

    /** What the operations are made of; put together by {@link Buckets}. */
    record Parts(
            Ids ids,
            BucketOperations buckets,
            ObjectReads reads,
            ObjectWrites writes,
            Copies copies,
            Uploads uploads,
            UploadParts parts,
            ObjectTags tags,
            ObjectAttributes attributes) {}

    S3(Parts parts) {
        this.ids = parts.ids();
        this.buckets = parts.buckets();
        this.reads = parts.reads();
        this.writes = parts.writes();
        this.copies = parts.copies();
        this.uploads = parts.uploads();
        this.parts = parts.parts();
        this.tags = parts.tags();
        this.attributes = parts.attributes();
    }

    @Override
    public CreateBucketOutput createBucket(CreateBucketRequest in, Call call) {
        return buckets.create(in, call);
    }

    @Override
    public HeadBucketOutput headBucket(HeadBucketRequest in, Call call) {
        return buckets.head(in, call);
    }

    @Override
    public ListBucketsOutput listBuckets(ListBucketsRequest in, Call call) {
        return buckets.list(in, call);
    }

    @Override
    public NoOutput deleteBucket(DeleteBucketRequest in, Call call) {
        return buckets.delete(in, call);
    }

    @Override
    public GetBucketLocationOutput getBucketLocation(GetBucketLocationRequest in, Call call) {
        return buckets.location(in, call);
    }

    @Override
    public GetBucketAclOutput getBucketAcl(GetBucketAclRequest in, Call call) {
        return buckets.acl(in, call);
    }

    @Override
    public NoOutput putBucketAcl(PutBucketAclRequest in, Call call) {
        return buckets.putAcl(in, call);
    }

    @Override
    public NoOutput putBucketPolicy(PutBucketPolicyRequest in, Call call) {
        return BucketPolicies.put(in, call);
    }

    @Override
    public GetBucketPolicyOutput getBucketPolicy(GetBucketPolicyRequest in, Call call) {
        return BucketPolicies.get(in, call);
    }

    @Override
    public GetBucketPolicyStatusOutput getBucketPolicyStatus(GetBucketPolicyStatusRequest in, Call call) {
        return BucketPolicies.status(in, call);
    }

    @Override
    public NoOutput deleteBucketPolicy(DeleteBucketPolicyRequest in, Call call) {
        return BucketPolicies.delete(in, call);
    }

    @Override
    public NoOutput putBucketVersioning(PutBucketVersioningRequest in, Call call) {
        return BucketSettings.putVersioning(in, call);
    }

    @Override
    public GetBucketVersioningOutput getBucketVersioning(GetBucketVersioningRequest in, Call call) {
        return BucketSettings.versioning(in, call);
    }

    @Override
    public NoOutput putBucketTagging(PutBucketTaggingRequest in, Call call) {
        return BucketSettings.putTagging(in, call);
    }

    @Override
    public GetBucketTaggingOutput getBucketTagging(GetBucketTaggingRequest in, Call call) {
        return BucketSettings.tagging(in, call);
    }

    @Override
    public NoOutput deleteBucketTagging(DeleteBucketTaggingRequest in, Call call) {
        return BucketSettings.deleteTagging(in, call);
    }

    @Override
    public NoOutput putPublicAccessBlock(PutPublicAccessBlockRequest in, Call call) {
        return BucketSettings.putPublicAccessBlock(in, call);
    }

    @Override
    public GetPublicAccessBlockOutput getPublicAccessBlock(GetPublicAccessBlockRequest in, Call call) {
        return BucketSettings.publicAccessBlock(in, call);
    }

    @Override
    public NoOutput deletePublicAccessBlock(DeletePublicAccessBlockRequest in, Call call) {
        return BucketSettings.deletePublicAccessBlock(in, call);
    }

    @Override
    public NoOutput putBucketOwnershipControls(PutBucketOwnershipControlsRequest in, Call call) {
        return BucketSettings.putOwnership(in, call);
    }

    @Override
    public GetBucketOwnershipControlsOutput getBucketOwnershipControls(
            GetBucketOwnershipControlsRequest in, Call call) {
        return BucketSettings.ownership(in, call);
    }

    @Override
    public NoOutput deleteBucketOwnershipControls(DeleteBucketOwnershipControlsRequest in, Call call) {
        return BucketSettings.deleteOwnership(in, call);
    }

    @Override
    public NoOutput putBucketEncryption(PutBucketEncryptionRequest in, Call call) {
        return BucketSettings.putEncryption(in, call);
    }

    @Override
    public GetBucketEncryptionOutput getBucketEncryption(GetBucketEncryptionRequest in, Call call) {
        return BucketSettings.encryption(in, call);
    }

    @Override
    public NoOutput deleteBucketEncryption(DeleteBucketEncryptionRequest in, Call call) {
        return BucketSettings.deleteEncryption(in, call);
    }

    @Override
    public PutBucketLifecycleConfigurationOutput putBucketLifecycleConfiguration(
            PutBucketLifecycleConfigurationRequest in, Call call) {
        return Lifecycles.put(in, ids, call);
    }

    @Override
    public GetBucketLifecycleConfigurationOutput getBucketLifecycleConfiguration(
            GetBucketLifecycleConfigurationRequest in, Call call) {
        return Lifecycles.get(in, call);
    }

    @Override
    public NoOutput deleteBucketLifecycle(DeleteBucketLifecycleRequest in, Call call) {
        return Lifecycles.delete(in, call);
    }

    @Override
    public GetBucketCorsOutput getBucketCors(GetBucketCorsRequest in, Call call) {
        throw AbsentSettings.cors(call, in.bucket(), in.expectedBucketOwner());
    }

    @Override
    public NoOutput deleteBucketCors(DeleteBucketCorsRequest in, Call call) {
        return AbsentSettings.delete(call, in.bucket(), in.expectedBucketOwner());
    }

    @Override
    public GetBucketWebsiteOutput getBucketWebsite(GetBucketWebsiteRequest in, Call call) {
        throw AbsentSettings.website(call, in.bucket(), in.expectedBucketOwner());
    }

    @Override
    public NoOutput deleteBucketWebsite(DeleteBucketWebsiteRequest in, Call call) {
        return AbsentSettings.delete(call, in.bucket(), in.expectedBucketOwner());
    }

    @Override
    public GetBucketReplicationOutput getBucketReplication(GetBucketReplicationRequest in, Call call) {
        throw AbsentSettings.replication(call, in.bucket(), in.expectedBucketOwner());
    }

    @Override
    public NoOutput deleteBucketReplication(DeleteBucketReplicationRequest in, Call call) {
        return AbsentSettings.delete(call, in.bucket(), in.expectedBucketOwner());
    }

    @Override
    public GetObjectLockConfigurationOutput getObjectLockConfiguration(
            GetObjectLockConfigurationRequest in, Call call) {
        throw AbsentSettings.objectLock(call, in.bucket(), in.expectedBucketOwner());
    }

    @Override
    public GetBucketAccelerateConfigurationOutput getBucketAccelerateConfiguration(
            GetBucketAccelerateConfigurationRequest in, Call call) {
        return AbsentSettings.accelerate(call, in.bucket(), in.expectedBucketOwner());
    }

    @Override
    public GetBucketLoggingOutput getBucketLogging(GetBucketLoggingRequest in, Call call) {
        return AbsentSettings.logging(call, in.bucket(), in.expectedBucketOwner());
    }

    @Override
    public NotificationConfiguration getBucketNotificationConfiguration(
            GetBucketNotificationConfigurationRequest in, Call call) {
        return AbsentSettings.notifications(call, in.bucket(), in.expectedBucketOwner());
    }

    @Override
    public GetBucketRequestPaymentOutput getBucketRequestPayment(GetBucketRequestPaymentRequest in, Call call) {
        return AbsentSettings.requestPayment(call, in.bucket(), in.expectedBucketOwner());
    }

    @Override
    public ListObjectsOutput listObjects(ListObjectsRequest in, Call call) {
        return Listings.objects(in, call);
    }

    @Override
    public ListObjectsV2Output listObjectsV2(ListObjectsV2Request in, Call call) {
        return Listings.objectsV2(in, call);
    }

    @Override
    public ListObjectVersionsOutput listObjectVersions(ListObjectVersionsRequest in, Call call) {
        return Listings.versions(in, call);
    }

    @Override
    public PutObjectOutput putObject(PutObjectRequest in, Call call) {
        return writes.put(in, call);
    }

    @Override
    public GetObjectOutput getObject(GetObjectRequest in, Call call) {
        return reads.get(in, call);
    }

    @Override
    public HeadObjectOutput headObject(HeadObjectRequest in, Call call) {
        return reads.head(in, call);
    }

    @Override
    public GetObjectAttributesOutput getObjectAttributes(GetObjectAttributesRequest in, Call call) {
        return attributes.get(in, call);
    }

    @Override
    public GetObjectAclOutput getObjectAcl(GetObjectAclRequest in, Call call) {
        return reads.acl(in, call);
    }

    @Override
    public PutObjectAclOutput putObjectAcl(PutObjectAclRequest in, Call call) {
        return writes.putAcl(in, call);
    }

    @Override
    public CopyObjectOutput copyObject(CopyObjectRequest in, Call call) {
        return copies.copy(in, call);
    }

    @Override
    public DeleteObjectOutput deleteObject(DeleteObjectRequest in, Call call) {
        return writes.delete(in, call);
    }

    @Override
    public DeleteObjectsOutput deleteObjects(DeleteObjectsRequest in, Call call) {
        return writes.deleteAll(in, call);
    }

    @Override
    public GetObjectTaggingOutput getObjectTagging(GetObjectTaggingRequest in, Call call) {
        return tags.get(in, call);
    }

    @Override
    public PutObjectTaggingOutput putObjectTagging(PutObjectTaggingRequest in, Call call) {
        return tags.put(in, call);
    }

    @Override
    public DeleteObjectTaggingOutput deleteObjectTagging(DeleteObjectTaggingRequest in, Call call) {
        return tags.delete(in, call);
    }

    @Override
    public CreateMultipartUploadOutput createMultipartUpload(CreateMultipartUploadRequest in, Call call) {
        return uploads.create(in, call);
    }

    @Override
    public UploadPartOutput uploadPart(UploadPartRequest in, Call call) {
        return parts.upload(in, call);
    }

    @Override
    public UploadPartCopyOutput uploadPartCopy(UploadPartCopyRequest in, Call call) {
        return parts.copy(in, call);
    }

    @Override
    public CompleteMultipartUploadOutput completeMultipartUpload(CompleteMultipartUploadRequest in, Call call) {
        return parts.complete(in, call);
    }

    @Override
    public AbortMultipartUploadOutput abortMultipartUpload(AbortMultipartUploadRequest in, Call call) {
        return uploads.abort(in, call);
    }

    @Override
    public ListPartsOutput listParts(ListPartsRequest in, Call call) {
        return uploads.parts(in, call);
    }

    @Override
    public ListMultipartUploadsOutput listMultipartUploads(ListMultipartUploadsRequest in, Call call) {
        return uploads.list(in, call);
    }
}
