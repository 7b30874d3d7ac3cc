package belfry.trail;

import belfry.TestServer;
import software.amazon.awssdk.services.s3.S3Client;

/** Buckets as a trail needs them. */
public final class TrailBuckets {
    private TrailBuckets() {}

    /** Makes a bucket that lets CloudTrail write, below any prefix. */
    public static void create(S3Client s3, String bucket) {
        s3.createBucket(in -> in.bucket(bucket));
        allow(s3, bucket);
    }

    /** Lets CloudTrail write. */
    public static void allow(S3Client s3, String bucket) {
        String policy = """
            {"Version":"2012-10-17","Statement":[
             {"Sid":"AWSCloudTrailAclCheck20150319","Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},
              "Action":"s3:GetBucketAcl","Resource":"arn:aws:s3:::%1$s"},
             {"Sid":"AWSCloudTrailWrite20150319","Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},
              "Action":"s3:PutObject","Resource":"arn:aws:s3:::%1$s/*AWSLogs/%2$s/*",
              "Condition":{"StringEquals":{"s3:x-amz-acl":"bucket-owner-full-control"}}}]}""".formatted(bucket, TestServer.ACCOUNT);
        s3.putBucketPolicy(in -> in.bucket(bucket).policy(policy));
    }
}
