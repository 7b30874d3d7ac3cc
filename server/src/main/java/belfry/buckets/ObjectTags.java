package belfry.buckets;

import belfry.api.s3.DeleteObjectTaggingOutput;
import belfry.api.s3.DeleteObjectTaggingRequest;
import belfry.api.s3.GetObjectTaggingOutput;
import belfry.api.s3.GetObjectTaggingRequest;
import belfry.api.s3.PutObjectTaggingOutput;
import belfry.api.s3.PutObjectTaggingRequest;
import belfry.gateway.Call;
import java.util.Map;

/** The tags of object versions. */
final class ObjectTags {
    private final ObjectTable objects;

    ObjectTags(ObjectTable objects) {
        this.objects = objects;
    }

    GetObjectTaggingOutput get(GetObjectTaggingRequest in, Call call) {
        Place.touches(call, in.bucket(), in.key());
        return call.read(tx -> {
            BucketRow bucket = Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call);
            ObjectRow row = ObjectLookup.find(tx, call, objects, bucket, in.key(), in.versionId());
            return new GetObjectTaggingOutput()
                    .versionId(ObjectLookup.shownVersion(bucket, row.version()))
                    .tagSet(TagSet.list(row.tags()));
        });
    }

    PutObjectTaggingOutput put(PutObjectTaggingRequest in, Call call) {
        Place.touches(call, in.bucket(), in.key());
        Map<String, String> tags = TagSet.read(in.tagging(), TagSet.OBJECT_MAX);
        return call.write(tx -> {
            BucketRow bucket = Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call);
            ObjectRow row = ObjectLookup.find(tx, call, objects, bucket, in.key(), in.versionId());
            objects.tags(tx, row, TagSet.write(tags));
            return new PutObjectTaggingOutput().versionId(ObjectLookup.shownVersion(bucket, row.version()));
        });
    }

    DeleteObjectTaggingOutput delete(DeleteObjectTaggingRequest in, Call call) {
        Place.touches(call, in.bucket(), in.key());
        return call.write(tx -> {
            BucketRow bucket = Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call);
            ObjectRow row = ObjectLookup.find(tx, call, objects, bucket, in.key(), in.versionId());
            objects.tags(tx, row, TagSet.write(Map.of()));
            return new DeleteObjectTaggingOutput().versionId(ObjectLookup.shownVersion(bucket, row.version()));
        });
    }
}
