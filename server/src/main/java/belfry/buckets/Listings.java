package belfry.buckets;

import belfry.api.s3.CommonPrefix;
import belfry.api.s3.DeleteMarkerEntry;
import belfry.api.s3.ListObjectVersionsOutput;
import belfry.api.s3.ListObjectVersionsRequest;
import belfry.api.s3.ListObjectsOutput;
import belfry.api.s3.ListObjectsRequest;
import belfry.api.s3.ListObjectsV2Output;
import belfry.api.s3.ListObjectsV2Request;
import belfry.api.s3.ObjectVersion;
import belfry.api.s3.Owner;
import belfry.api.s3.S3Object;
import belfry.gateway.Call;
import belfry.store.Tx;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ListObjects, ListObjectsV2 and ListObjectVersions. */
final class Listings {
    private static final String TOKEN = "1:";

    private Listings() {}

    static ListObjectsOutput objects(ListObjectsRequest in, Call call) {
        Place.touches(call, in.bucket());
        Encoding encoding = Encoding.of(in.encodingType());
        int max = max(in.maxKeys());
        return call.read(tx -> {
            BucketRow bucket = Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call);
            String marker = in.marker() == null ? "" : in.marker();
            var page = page(tx, bucket, in.prefix(), in.delimiter(), marker, max);
            boolean next = page.truncated()
                    && in.delimiter() != null
                    && !in.delimiter().isEmpty();
            return new ListObjectsOutput()
                    .name(bucket.name())
                    .prefix(encoding.apply(in.prefix() == null ? "" : in.prefix()))
                    .delimiter(encoding.apply(in.delimiter()))
                    .marker(encoding.apply(marker))
                    .maxKeys(max)
                    .encodingType(in.encodingType())
                    .isTruncated(page.truncated())
                    // Without a delimiter the last key is the next marker, and S3 leaves the element out.
                    .nextMarker(next ? encoding.apply(page.last()) : null)
                    .contents(contents(page, encoding, owner(bucket)))
                    .commonPrefixes(prefixes(page, encoding));
        });
    }

    static ListObjectsV2Output objectsV2(ListObjectsV2Request in, Call call) {
        Place.touches(call, in.bucket());
        Encoding encoding = Encoding.of(in.encodingType());
        int max = max(in.maxKeys());
        String from = in.continuationToken() != null
                ? position(in.continuationToken())
                : in.startAfter() == null ? "" : in.startAfter();
        return call.read(tx -> {
            BucketRow bucket = Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call);
            var page = page(tx, bucket, in.prefix(), in.delimiter(), from, max);
            Owner owner = Boolean.TRUE.equals(in.fetchOwner()) ? owner(bucket) : null;
            return new ListObjectsV2Output()
                    .name(bucket.name())
                    .prefix(encoding.apply(in.prefix() == null ? "" : in.prefix()))
                    .delimiter(encoding.apply(in.delimiter()))
                    .startAfter(encoding.apply(in.startAfter()))
                    .continuationToken(in.continuationToken())
                    .maxKeys(max)
                    .keyCount(page.count())
                    .encodingType(in.encodingType())
                    .isTruncated(page.truncated())
                    .nextContinuationToken(page.truncated() ? token(page.last()) : null)
                    .contents(contents(page, encoding, owner))
                    .commonPrefixes(prefixes(page, encoding));
        });
    }

    static ListObjectVersionsOutput versions(ListObjectVersionsRequest in, Call call) {
        Place.touches(call, in.bucket());
        Encoding encoding = Encoding.of(in.encodingType());
        int max = max(in.maxKeys());
        if (in.versionIdMarker() != null && in.keyMarker() == null) {
            throw S3Errors.invalidArgument(
                    "A version-id marker cannot be specified without a key marker.",
                    "version-id-marker",
                    in.versionIdMarker());
        }
        return call.read(tx -> {
            BucketRow bucket = Place.bucket(tx, in.bucket(), in.expectedBucketOwner(), call);
            var source = new VersionSource(tx, bucket.name(), true);
            var page = Listing.page(source, in.prefix(), in.delimiter(), versionPosition(tx, in), max);
            return versionsOutput(in, bucket, page, encoding, max);
        });
    }

    private static ListObjectVersionsOutput versionsOutput(
            ListObjectVersionsRequest in, BucketRow bucket, Listing<ListedVersion> page, Encoding encoding, int max) {
        Owner owner = owner(bucket);
        return new ListObjectVersionsOutput()
                .name(bucket.name())
                .prefix(encoding.apply(in.prefix() == null ? "" : in.prefix()))
                .delimiter(encoding.apply(in.delimiter()))
                .keyMarker(encoding.apply(in.keyMarker() == null ? "" : in.keyMarker()))
                .versionIdMarker(in.versionIdMarker() == null ? "" : in.versionIdMarker())
                .maxKeys(max)
                .encodingType(in.encodingType())
                .isTruncated(page.truncated())
                .nextKeyMarker(page.truncated() ? encoding.apply(page.last()) : null)
                .nextVersionIdMarker(
                        page.truncated()
                                ? page.lastRow().map(ListedVersion::version).orElse(null)
                                : null)
                .versions(page.rows().stream()
                        .filter(row -> !row.marker())
                        .map(row -> version(row, encoding, owner))
                        .toList())
                .deleteMarkers(page.rows().stream()
                        .filter(ListedVersion::marker)
                        .map(row -> marker(row, encoding, owner))
                        .toList())
                .commonPrefixes(prefixes(page, encoding));
    }

    /** A marker that names a key means "behind the key"; one that also names a version, "behind that version". */
    private static Listing.From versionPosition(Tx tx, ListObjectVersionsRequest in) {
        String key = in.keyMarker() == null ? "" : in.keyMarker();
        String version = in.versionIdMarker();
        if (version == null || version.isEmpty()) {
            return Listing.From.behind(key);
        }
        long seq = tx.count(
                "SELECT seq FROM object_version WHERE bucket = ? AND object_key = ? AND version = ?",
                in.bucket(),
                key,
                version);
        if (seq == 0) {
            throw S3Errors.invalidArgument("Invalid version id specified", "version-id-marker", version);
        }
        return new Listing.From(key, true, seq);
    }

    private static Listing<ListedVersion> page(
            Tx tx, BucketRow bucket, @Nullable String prefix, @Nullable String delimiter, String after, int max) {
        var source = new VersionSource(tx, bucket.name(), false);
        return Listing.page(source, prefix, delimiter, Listing.From.behind(after), max);
    }

    static int max(@Nullable Integer maxKeys) {
        if (maxKeys != null && maxKeys < 0) {
            throw S3Errors.invalidArgument(
                    "Argument maxKeys must be an integer between 0 and 2147483647", "maxKeys", maxKeys.toString());
        }
        return maxKeys == null ? Listing.MAX : Math.min(maxKeys, Listing.MAX);
    }

    private static @Nullable String token(@Nullable String last) {
        return last == null
                ? null
                : Base64.getEncoder().encodeToString((TOKEN + last).getBytes(StandardCharsets.UTF_8));
    }

    private static String position(String token) {
        try {
            String text = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
            if (text.startsWith(TOKEN)) {
                return text.substring(TOKEN.length());
            }
        } catch (IllegalArgumentException e) {
            // Not one of ours: answered below.
        }
        throw S3Errors.invalidArgument("The continuation token provided is incorrect", "continuation-token", token);
    }

    static Owner owner(BucketRow bucket) {
        return new Owner().id(Place.canonicalId(bucket.account()));
    }

    static List<CommonPrefix> prefixes(Listing<?> page, Encoding encoding) {
        return page.prefixes().stream()
                .map(prefix -> new CommonPrefix().prefix(encoding.apply(prefix)))
                .toList();
    }

    private static List<S3Object> contents(Listing<ListedVersion> page, Encoding encoding, @Nullable Owner owner) {
        return page.rows().stream()
                .map(row -> new S3Object()
                        .key(encoding.apply(row.key()))
                        .lastModified(row.modified())
                        .eTag('"' + row.etag() + '"')
                        .checksumAlgorithm(algorithms(row))
                        .checksumType(
                                row.checksum() == null ? null : row.checksum().type())
                        .size(row.size())
                        .storageClass(row.storageClass())
                        .owner(owner))
                .toList();
    }

    private static @Nullable List<String> algorithms(ListedVersion row) {
        return row.checksum() == null
                ? null
                : List.of(row.checksum().algorithm().name());
    }

    private static ObjectVersion version(ListedVersion row, Encoding encoding, Owner owner) {
        return new ObjectVersion()
                .key(encoding.apply(row.key()))
                .versionId(row.version())
                .isLatest(row.latest())
                .lastModified(row.modified())
                .eTag('"' + row.etag() + '"')
                .checksumAlgorithm(algorithms(row))
                .checksumType(row.checksum() == null ? null : row.checksum().type())
                .size(row.size())
                .storageClass(row.storageClass())
                .owner(owner);
    }

    private static DeleteMarkerEntry marker(ListedVersion row, Encoding encoding, Owner owner) {
        return new DeleteMarkerEntry()
                .key(encoding.apply(row.key()))
                .versionId(row.version())
                .isLatest(row.latest())
                .lastModified(row.modified())
                .owner(owner);
    }
}
