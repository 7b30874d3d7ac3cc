package belfry.buckets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.TestServer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateBucketConfiguration;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Buckets and objects, by the AWS SDK against the real server. */
class S3Test {
    private static final String BUCKET = "trail-bucket";

    private final TestServer server = TestServer.start();
    private final S3Client s3 = server.s3();

    @BeforeEach
    void bucket() {
        s3.createBucket(b -> b.bucket(BUCKET));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static void refused(ThrowingCallable call, int status, String code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(S3Exception.class, e -> {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(e.statusCode()).isEqualTo(status);
        });
    }

    private void put(String key, String text) {
        s3.putObject(b -> b.bucket(BUCKET).key(key), RequestBody.fromString(text));
    }

    private String text(String key) {
        return s3.getObjectAsBytes(b -> b.bucket(BUCKET).key(key)).asUtf8String();
    }

    /** Bytes that tell their place. */
    static byte[] noise(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    @Test
    void aBucketIsMadeFoundAndDeleted() {
        assertThat(s3.headBucket(b -> b.bucket(BUCKET)).bucketRegion()).isEqualTo("us-east-1");
        assertThat(s3.getBucketLocation(b -> b.bucket(BUCKET)).locationConstraintAsString())
                .isNullOrEmpty();
        assertThat(s3.listBuckets().buckets())
                .singleElement()
                .satisfies(bucket -> assertThat(bucket.name()).isEqualTo(BUCKET));
        // In us-east-1 the owner may create it again.
        s3.createBucket(b -> b.bucket(BUCKET));
        put("k", "v");
        refused(() -> s3.deleteBucket(b -> b.bucket(BUCKET)), 409, "BucketNotEmpty");
        s3.deleteObject(b -> b.bucket(BUCKET).key("k"));
        s3.deleteBucket(b -> b.bucket(BUCKET));
        assertThatThrownBy(() -> s3.headBucket(b -> b.bucket(BUCKET)))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(404));
        refused(() -> s3.getBucketLocation(b -> b.bucket(BUCKET)), 404, "NoSuchBucket");
    }

    @Test
    void namesAndPlacesOfBucketsAreChecked() {
        for (String name : List.of("xn--bucket", "sthree-x", "b-s3alias", "b--ol-s3")) {
            refused(() -> s3.createBucket(b -> b.bucket(name)), 400, "InvalidBucketName");
        }
        s3.createBucket(b -> b.bucket("elsewhere").createBucketConfiguration(at("eu-west-1")));
        assertThat(s3.headBucket(b -> b.bucket("elsewhere")).bucketRegion()).isEqualTo("eu-west-1");
        refused(
                () -> s3.createBucket(b -> b.bucket("elsewhere").createBucketConfiguration(at("eu-west-1"))),
                409,
                "BucketAlreadyOwnedByYou");
    }

    private static CreateBucketConfiguration at(String region) {
        return CreateBucketConfiguration.builder().locationConstraint(region).build();
    }

    @Test
    void anObjectComesBackWithAllItCarries() {
        var put = s3.putObject(
                b -> b.bucket(BUCKET)
                        .key("a/ä +b?.txt")
                        .acl(ObjectCannedACL.BUCKET_OWNER_FULL_CONTROL)
                        .contentType("text/plain")
                        .cacheControl("no-store")
                        .contentLanguage("de")
                        .metadata(Map.of("signature", "abc")),
                RequestBody.fromString("hello"));
        assertThat(put.eTag()).isEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");
        ResponseBytes<GetObjectResponse> got =
                s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("a/ä +b?.txt"));
        assertThat(got.asUtf8String()).isEqualTo("hello");
        GetObjectResponse head = got.response();
        assertThat(head.contentType()).isEqualTo("text/plain");
        assertThat(head.cacheControl()).isEqualTo("no-store");
        assertThat(head.contentLanguage()).isEqualTo("de");
        assertThat(head.metadata()).containsExactly(Map.entry("signature", "abc"));
        assertThat(head.lastModified()).isEqualTo(TestServer.START);
        assertThat(head.serverSideEncryptionAsString()).isEqualTo("AES256");
        assertThat(head.versionId()).isNull();
        assertThat(s3.headObject(b -> b.bucket(BUCKET).key("a/ä +b?.txt")).contentLength())
                .isEqualTo(5);
        assertThat(s3.getObjectAsBytes(b -> b.bucket(BUCKET)
                                .key("a/ä +b?.txt")
                                .responseContentType("application/json")
                                .responseContentDisposition("attachment"))
                        .response()
                        .contentType())
                .isEqualTo("application/json");
    }

    @Test
    void anEmptyObjectIsOne() {
        put("empty", "");
        assertThat(text("empty")).isEmpty();
        refused(() -> s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("empty").range("bytes=0-0")), 416, "InvalidRange");
    }

    @Test
    void aLargeObjectComesBackWholeAndInRanges() {
        byte[] bytes = noise(3 * Blobs.CHUNK + 1_234);
        s3.putObject(b -> b.bucket(BUCKET).key("large"), RequestBody.fromBytes(bytes));
        assertThat(s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("large")).asByteArray())
                .isEqualTo(bytes);
        for (int from : List.of(0, Blobs.CHUNK - 1, Blobs.CHUNK, 2 * Blobs.CHUNK + 5)) {
            int to = from + Blobs.CHUNK;
            var part = s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("large").range("bytes=" + from + "-" + to));
            assertThat(part.asByteArray()).isEqualTo(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, to + 1)));
            assertThat(part.response().contentRange())
                    .startsWith("bytes " + from + "-")
                    .endsWith("/" + bytes.length);
        }
        assertThat(s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("large").range("bytes=-10"))
                        .asByteArray())
                .isEqualTo(Arrays.copyOfRange(bytes, bytes.length - 10, bytes.length));
    }

    @Test
    void conditionsHold() {
        put("k", "v");
        String etag = s3.headObject(b -> b.bucket(BUCKET).key("k")).eTag();
        s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("k").ifMatch(etag));
        refused(() -> s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("k").ifMatch("\"x\"")), 412, "PreconditionFailed");
        assertThatThrownBy(
                        () -> s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("k").ifNoneMatch(etag)))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(304));
        assertThatThrownBy(() ->
                        s3.headObject(b -> b.bucket(BUCKET).key("k").ifModifiedSince(TestServer.START.plusSeconds(1))))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(304));
        refused(
                () -> s3.putObject(b -> b.bucket(BUCKET).key("k").ifNoneMatch("*"), RequestBody.fromString("w")),
                412,
                "PreconditionFailed");
        s3.putObject(b -> b.bucket(BUCKET).key("k").ifMatch(etag), RequestBody.fromString("w"));
        assertThat(text("k")).isEqualTo("w");
    }

    @Test
    void whatIsMissingIsNamed() {
        refused(() -> text("nothing"), 404, "NoSuchKey");
        refused(
                () -> s3.putObject(b -> b.bucket("no-such-bucket").key("k"), RequestBody.fromString("v")),
                404,
                "NoSuchBucket");
        // Deleting what is not there is no error.
        s3.deleteObject(b -> b.bucket(BUCKET).key("nothing"));
    }

    @Test
    void whatIsDamagedOnTheWayIsRefused() {
        refused(
                () -> s3.putObject(
                        b -> b.bucket(BUCKET).key("k").contentMD5("AAAAAAAAAAAAAAAAAAAAAA=="),
                        RequestBody.fromString("v")),
                400,
                "BadDigest");
        refused(
                () -> s3.putObject(
                        b -> b.bucket(BUCKET).key("k").checksumCRC32("AAAAAA=="), RequestBody.fromString("v")),
                400,
                "BadDigest");
        refused(() -> text("k"), 404, "NoSuchKey");
    }

    @Test
    void everyChecksumIsKeptAndShownOnRequest() {
        for (ChecksumAlgorithm algorithm : List.of(
                ChecksumAlgorithm.CRC32, ChecksumAlgorithm.CRC32_C, ChecksumAlgorithm.SHA1, ChecksumAlgorithm.SHA256)) {
            s3.putObject(b -> b.bucket(BUCKET).key("k").checksumAlgorithm(algorithm), RequestBody.fromString("hello"));
            var head = s3.headObject(b -> b.bucket(BUCKET).key("k").checksumMode(ChecksumMode.ENABLED));
            assertThat(String.join(
                            "",
                            String.valueOf(head.checksumCRC32()),
                            String.valueOf(head.checksumCRC32C()),
                            String.valueOf(head.checksumSHA1()),
                            String.valueOf(head.checksumSHA256())))
                    .contains(
                            switch (algorithm) {
                                case CRC32 -> "NhCmhg==";
                                case CRC32_C -> "mnG7TA==";
                                case SHA1 -> "qvTGHdzF6KLavt4PO0gs2a6pQ00=";
                                default -> "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=";
                            });
            assertThat(head.checksumTypeAsString()).isEqualTo("FULL_OBJECT");
            assertThat(s3.headObject(b -> b.bucket(BUCKET).key("k")).checksumCRC32())
                    .isNull();
        }
    }

    @Test
    void listingsFoldPageAndEncode() {
        for (String key : List.of("a", "b/1", "b/2", "b/c/3", "d e+f", "z")) {
            put(key, key);
        }
        var folded = s3.listObjectsV2(b -> b.bucket(BUCKET).delimiter("/"));
        assertThat(folded.contents()).extracting(S3Object::key).containsExactly("a", "d e+f", "z");
        assertThat(folded.commonPrefixes()).extracting(p -> p.prefix()).containsExactly("b/");
        assertThat(folded.keyCount()).isEqualTo(4);
        assertThat(s3.listObjectsV2Paginator(b -> b.bucket(BUCKET).maxKeys(2)).contents())
                .extracting(S3Object::key)
                .containsExactly("a", "b/1", "b/2", "b/c/3", "d e+f", "z");
        assertThat(s3.listObjectsV2(b -> b.bucket(BUCKET).startAfter("b/2").prefix("b/"))
                        .contents())
                .extracting(S3Object::key)
                .containsExactly("b/c/3");
        var owned = s3.listObjectsV2(b -> b.bucket(BUCKET).fetchOwner(true).maxKeys(1));
        assertThat(owned.contents().getFirst().owner().id()).hasSize(64);
        assertThat(owned.isTruncated()).isTrue();
        var old = s3.listObjects(b -> b.bucket(BUCKET).delimiter("/").maxKeys(2).encodingType(EncodingType.URL));
        assertThat(old.nextMarker()).isEqualTo("b/");
        assertThat(s3.listObjects(b -> b.bucket(BUCKET).delimiter("/").marker("b/"))
                        .contents())
                .extracting(S3Object::key)
                .containsExactly("d e+f", "z");
    }

    @Test
    void manyAreDeletedAtOnce() {
        put("a", "1");
        put("b", "2");
        var answer = s3.deleteObjects(b -> b.bucket(BUCKET)
                .delete(d -> d.objects(
                        ObjectIdentifier.builder().key("a").build(),
                        ObjectIdentifier.builder().key("b").build(),
                        ObjectIdentifier.builder().key("nothing").build())));
        assertThat(answer.deleted()).hasSize(3);
        assertThat(answer.errors()).isEmpty();
        assertThat(s3.listObjectsV2(b -> b.bucket(BUCKET)).contents()).isEmpty();
    }

    @Test
    void aCopyStandsOnItsOwn() {
        s3.putObject(b -> b.bucket(BUCKET).key("from +ä").metadata(Map.of("m", "1")), RequestBody.fromString("hello"));
        s3.copyObject(b -> b.sourceBucket(BUCKET)
                .sourceKey("from +ä")
                .destinationBucket(BUCKET)
                .destinationKey("to"));
        s3.copyObject(b -> b.sourceBucket(BUCKET)
                .sourceKey("from +ä")
                .destinationBucket(BUCKET)
                .destinationKey("other")
                .metadataDirective(MetadataDirective.REPLACE)
                .metadata(Map.of("m", "2")));
        s3.deleteObject(b -> b.bucket(BUCKET).key("from +ä"));
        server.advance(Duration.ofHours(2));
        assertThat(text("to")).isEqualTo("hello");
        assertThat(s3.headObject(b -> b.bucket(BUCKET).key("to")).metadata()).containsEntry("m", "1");
        assertThat(s3.headObject(b -> b.bucket(BUCKET).key("other")).metadata()).containsEntry("m", "2");
        refused(
                () -> s3.copyObject(b -> b.sourceBucket(BUCKET)
                        .sourceKey("to")
                        .destinationBucket(BUCKET)
                        .destinationKey("to")),
                400,
                "InvalidRequest");
    }

    @Test
    void aMultipartUploadBecomesOneObject() {
        byte[] first = noise(5 * 1024 * 1024);
        byte[] last = noise(777);
        String upload = s3.createMultipartUpload(b -> b.bucket(BUCKET).key("k").contentType("text/x"))
                .uploadId();
        var one = part(upload, 1, first);
        var two = part(upload, 2, noise(9));
        var three = part(upload, 3, last);
        assertThat(s3.listParts(b -> b.bucket(BUCKET).key("k").uploadId(upload)).parts())
                .hasSize(3);
        assertThat(s3.listMultipartUploads(b -> b.bucket(BUCKET)).uploads())
                .singleElement()
                .satisfies(u -> assertThat(u.uploadId()).isEqualTo(upload));
        refused(() -> complete(upload, two, one), 400, "InvalidPartOrder");
        refused(() -> complete(upload, two, three), 400, "EntityTooSmall");
        refused(() -> complete(upload, one.toBuilder().eTag("x").build()), 400, "InvalidPart");
        complete(upload, one, three);
        var got = s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("k"));
        byte[] whole = Arrays.copyOf(first, first.length + last.length);
        System.arraycopy(last, 0, whole, first.length, last.length);
        assertThat(got.asByteArray()).isEqualTo(whole);
        assertThat(got.response().eTag()).endsWith("-2\"");
        assertThat(got.response().contentType()).isEqualTo("text/x");
        assertThat(s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("k").partNumber(3))
                        .asByteArray())
                .isEqualTo(last);
        assertThat(s3.listMultipartUploads(b -> b.bucket(BUCKET)).uploads()).isEmpty();
        refused(() -> complete(upload, one, three), 404, "NoSuchUpload");
        s3.copyObject(b ->
                b.sourceBucket(BUCKET).sourceKey("k").destinationBucket(BUCKET).destinationKey("copy"));
        assertThat(s3.headObject(b -> b.bucket(BUCKET).key("copy")).eTag())
                .isEqualTo('"' + HexFormat.of().formatHex(md5(whole)) + '"');
    }

    private static byte[] md5(byte[] bytes) {
        Digest digest = Algorithm.MD5.start();
        digest.update(bytes, 0, bytes.length);
        return digest.finish();
    }

    private CompletedPart part(String upload, int number, byte[] bytes) {
        var answer = s3.uploadPart(
                b -> b.bucket(BUCKET).key("k").uploadId(upload).partNumber(number), RequestBody.fromBytes(bytes));
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(answer.eTag())
                .checksumCRC32(answer.checksumCRC32())
                .build();
    }

    private void complete(String upload, CompletedPart... parts) {
        s3.completeMultipartUpload(
                b -> b.bucket(BUCKET).key("k").uploadId(upload).multipartUpload(m -> m.parts(parts)));
    }

    @Test
    void anAbortedUploadLeavesNothing() {
        String upload = s3.createMultipartUpload(b -> b.bucket(BUCKET).key("k")).uploadId();
        part(upload, 1, noise(10));
        s3.abortMultipartUpload(b -> b.bucket(BUCKET).key("k").uploadId(upload));
        refused(() -> part(upload, 2, noise(10)), 404, "NoSuchUpload");
        s3.deleteBucket(b -> b.bucket(BUCKET));
    }

    @Test
    void aListOfGrantsSaysTheOwnerHasIt() {
        put("k", "v");
        var acl = s3.getBucketAcl(b -> b.bucket(BUCKET));
        assertThat(acl.grants()).singleElement().satisfies(grant -> {
            assertThat(grant.permissionAsString()).isEqualTo("FULL_CONTROL");
            assertThat(grant.grantee().id()).isEqualTo(acl.owner().id());
            assertThat(grant.grantee().typeAsString()).isEqualTo("CanonicalUser");
        });
        assertThat(s3.getObjectAcl(b -> b.bucket(BUCKET).key("k")).owner()).isEqualTo(acl.owner());
        refused(
                () -> s3.putObject(
                        b -> b.bucket(BUCKET).key("k").acl(ObjectCannedACL.PUBLIC_READ), RequestBody.fromString("v")),
                400,
                "AccessControlListNotSupported");
    }

    @Test
    void aKeyHasAtMost1024Bytes() {
        String key = "k".repeat(1_024);
        put(key, "v");
        assertThat(text(key)).isEqualTo("v");
        refused(() -> put(key + "k", "v"), 400, "KeyTooLongError");
    }
}
