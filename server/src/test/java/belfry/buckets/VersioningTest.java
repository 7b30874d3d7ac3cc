package belfry.buckets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.TestServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.Transition;

/** Versions, delete markers, lifecycles, and what becomes of the bytes. */
class VersioningTest {
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

    private void versioning(BucketVersioningStatus status) {
        s3.putBucketVersioning(b -> b.bucket(BUCKET).versioningConfiguration(v -> v.status(status)));
        assertThat(s3.getBucketVersioning(b -> b.bucket(BUCKET)).status()).isEqualTo(status);
    }

    private String put(String key, String text) {
        return s3.putObject(b -> b.bucket(BUCKET).key(key), RequestBody.fromString(text))
                .versionId();
    }

    private String text(String key, String version) {
        return s3.getObjectAsBytes(b -> b.bucket(BUCKET).key(key).versionId(version))
                .asUtf8String();
    }

    private List<String> versions() {
        return s3.listObjectVersions(b -> b.bucket(BUCKET)).versions().stream()
                .map(ObjectVersion::versionId)
                .toList();
    }

    private long chunks() {
        return server.belfry().store().read(tx -> tx.count("SELECT COUNT(*) FROM blob_chunk"));
    }

    @Test
    void versionsStandOneAboveTheOther() {
        assertThat(put("k", "old")).isNull();
        versioning(BucketVersioningStatus.ENABLED);
        String two = put("k", "two");
        String three = put("k", "three");
        assertThat(versions()).containsExactly(three, two, "null");
        assertThat(text("k", "null")).isEqualTo("old");
        assertThat(text("k", two)).isEqualTo("two");

        var deleted = s3.deleteObject(b -> b.bucket(BUCKET).key("k"));
        assertThat(deleted.deleteMarker()).isTrue();
        assertThatThrownBy(() -> text("k", deleted.versionId()))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(405));
        assertThatThrownBy(() -> s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("k")))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(404));
        assertThat(s3.listObjectsV2(b -> b.bucket(BUCKET)).contents()).isEmpty();
        var listed = s3.listObjectVersions(b -> b.bucket(BUCKET));
        assertThat(listed.deleteMarkers())
                .singleElement()
                .satisfies(marker -> assertThat(marker.isLatest()).isTrue());

        // Deleting the marker brings the object back; deleting a version, the one below it.
        s3.deleteObject(b -> b.bucket(BUCKET).key("k").versionId(deleted.versionId()));
        assertThat(text("k", three)).isEqualTo("three");
        s3.deleteObject(b -> b.bucket(BUCKET).key("k").versionId(three));
        assertThat(s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("k")).asUtf8String())
                .isEqualTo("two");
    }

    @Test
    void suspendedOnlyTheNullVersionIsReplaced() {
        versioning(BucketVersioningStatus.ENABLED);
        String one = put("k", "one");
        versioning(BucketVersioningStatus.SUSPENDED);
        put("k", "two");
        put("k", "three");
        assertThat(versions()).containsExactly("null", one);
        assertThat(text("k", "null")).isEqualTo("three");
        s3.deleteObject(b -> b.bucket(BUCKET).key("k"));
        assertThat(versions()).containsExactly(one);
    }

    @Test
    void versionsArePaged() {
        versioning(BucketVersioningStatus.ENABLED);
        for (int i = 0; i < 3; i++) {
            put("a", "a" + i);
            put("b", "b" + i);
        }
        List<String> all = versions();
        assertThat(all).hasSize(6);
        assertThat(s3.listObjectVersionsPaginator(b -> b.bucket(BUCKET).maxKeys(2)).versions().stream()
                        .map(ObjectVersion::versionId))
                .containsExactlyElementsOf(all);
    }

    @Test
    void theBytesOfDeletedObjectsAreSwept() {
        s3.putObject(b -> b.bucket(BUCKET).key("k"), RequestBody.fromBytes(S3Test.noise(20 * Blobs.CHUNK)));
        assertThat(chunks()).isEqualTo(20);
        s3.deleteObject(b -> b.bucket(BUCKET).key("k"));
        server.advance(Blobs.GRACE.minusSeconds(1));
        assertThat(chunks()).isEqualTo(20);
        server.advance(Duration.ofSeconds(2));
        assertThat(chunks()).isZero();
    }

    private void lifecycle(LifecycleRule rule) {
        s3.putBucketLifecycleConfiguration(b -> b.bucket(BUCKET).lifecycleConfiguration(l -> l.rules(rule)));
    }

    @Test
    void aLifecycleComesBackAndExpiresObjects() {
        put("logs/a", "v");
        put("kept", "v");
        lifecycle(LifecycleRule.builder()
                .id("logs")
                .status(ExpirationStatus.ENABLED)
                .filter(f -> f.prefix("logs/"))
                .expiration(e -> e.days(1))
                .transitions(Transition.builder()
                        .days(30)
                        .storageClass("STANDARD_IA")
                        .build())
                .build());
        var kept = s3.getBucketLifecycleConfiguration(b -> b.bucket(BUCKET));
        assertThat(kept.transitionDefaultMinimumObjectSizeAsString()).isEqualTo("all_storage_classes_128K");
        assertThat(kept.rules()).singleElement().satisfies(rule -> {
            assertThat(rule.id()).isEqualTo("logs");
            assertThat(rule.filter().prefix()).isEqualTo("logs/");
            assertThat(rule.transitions().getFirst().days()).isEqualTo(30);
        });
        assertThat(s3.headObject(b -> b.bucket(BUCKET).key("logs/a")).expiration())
                .isEqualTo("expiry-date=\"Wed, 04 Mar 2026 00:00:00 GMT\", rule-id=\"logs\"");
        // Put on 2 March at 10:00: a day later, rounded up to midnight.
        server.advance(Duration.ofHours(37));
        assertThat(s3.listObjectsV2(b -> b.bucket(BUCKET)).contents()).hasSize(2);
        server.advance(Duration.ofHours(1));
        assertThat(s3.listObjectsV2(b -> b.bucket(BUCKET)).contents())
                .extracting(S3Object::key)
                .containsExactly("kept");
    }

    @Test
    void aLifecycleClearsOldVersionsMarkersAndUploads() {
        versioning(BucketVersioningStatus.ENABLED);
        put("k", "one");
        put("k", "two");
        put("k", "three");
        put("gone", "v");
        s3.deleteObject(b -> b.bucket(BUCKET).key("gone"));
        s3.createMultipartUpload(b -> b.bucket(BUCKET).key("never"));
        lifecycle(LifecycleRule.builder()
                .status(ExpirationStatus.ENABLED)
                .filter(f -> f.prefix(""))
                .expiration(e -> e.expiredObjectDeleteMarker(true))
                .noncurrentVersionExpiration(n -> n.noncurrentDays(2).newerNoncurrentVersions(1))
                .abortIncompleteMultipartUpload(a -> a.daysAfterInitiation(1))
                .build());
        server.advance(Duration.ofDays(4));
        assertThat(versions()).hasSize(3);
        assertThat(s3.listMultipartUploads(b -> b.bucket(BUCKET)).uploads()).isEmpty();
        lifecycle(LifecycleRule.builder()
                .status(ExpirationStatus.ENABLED)
                .filter(f -> f.prefix("gone"))
                .expiration(e -> e.expiredObjectDeleteMarker(true))
                .noncurrentVersionExpiration(n -> n.noncurrentDays(1))
                .build());
        server.advance(Duration.ofDays(1));
        assertThat(s3.listObjectVersions(b -> b.bucket(BUCKET)).deleteMarkers()).isEmpty();
        assertThat(versions()).hasSize(2);
    }

    @Test
    void aLifecycleThatSaysNothingIsRefused() {
        assertThatThrownBy(() -> lifecycle(LifecycleRule.builder()
                        .status(ExpirationStatus.ENABLED)
                        .filter(f -> f.prefix(""))
                        .build()))
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidRequest"));
    }
}
