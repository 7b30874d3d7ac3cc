package belfry.buckets;

import belfry.api.s3.Checksum;
import belfry.api.s3.GetObjectAttributesOutput;
import belfry.api.s3.GetObjectAttributesParts;
import belfry.api.s3.GetObjectAttributesRequest;
import belfry.api.s3.ObjectPart;
import belfry.gateway.Call;
import belfry.store.Tx;
import java.util.List;

/** GetObjectAttributes: only what is asked for. */
final class ObjectAttributes {
    private final Blobs blobs;
    private final ObjectTable objects;

    ObjectAttributes(Blobs blobs, ObjectTable objects) {
        this.blobs = blobs;
        this.objects = objects;
    }

    GetObjectAttributesOutput get(GetObjectAttributesRequest in, Call call) {
        Place.touches(call, in.bucket(), in.key());
        Encryption.check(null, null, in.sseCustomerAlgorithm());
        List<String> wanted = in.objectAttributes();
        return call.read(tx -> {
            BucketRow bucket = Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call);
            ObjectRow row = ObjectLookup.find(tx, call, objects, bucket, in.key(), in.versionId());
            GetObjectAttributesOutput out = new GetObjectAttributesOutput()
                    .lastModified(row.modified())
                    .versionId(ObjectLookup.shownVersion(bucket, row.version()));
            if (wanted.contains("ETag")) {
                out.eTag(row.etag());
            }
            if (wanted.contains("Checksum")) {
                out.checksum(Checksums.set(new Checksum(), row.checksum()));
            }
            if (wanted.contains("ObjectParts") && row.parts() > 0) {
                out.objectParts(parts(tx, row, in));
            }
            if (wanted.contains("StorageClass")) {
                out.storageClass(row.storageClass());
            }
            if (wanted.contains("ObjectSize")) {
                out.objectSize(row.size());
            }
            return out;
        });
    }

    private GetObjectAttributesParts parts(Tx tx, ObjectRow row, GetObjectAttributesRequest in) {
        int max = Listings.max(in.maxParts());
        int marker = in.partNumberMarker() == null ? 0 : in.partNumberMarker();
        List<Blobs.PartSize> rest = blobs.parts(tx, row.content()).stream()
                .filter(part -> part.number() > marker)
                .toList();
        List<ObjectPart> shown = rest.stream()
                .limit(max)
                .map(part -> new ObjectPart().partNumber(part.number()).size(part.size()))
                .toList();
        return new GetObjectAttributesParts()
                .totalPartsCount(row.parts())
                .partNumberMarker(marker)
                .nextPartNumberMarker(shown.isEmpty() ? 0 : shown.getLast().partNumber())
                .maxParts(max)
                .isTruncated(rest.size() > max)
                .parts(shown);
    }
}
