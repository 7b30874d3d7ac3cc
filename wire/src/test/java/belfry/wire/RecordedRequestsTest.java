package belfry.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.api.cloudtrail.LookupEventsRequest;
import belfry.api.cloudwatch.PutMetricDataInput;
import belfry.api.logs.PutLogEventsRequest;
import belfry.api.s3.CompleteMultipartUploadRequest;
import belfry.api.s3.DeleteObjectsRequest;
import belfry.api.s3.GetObjectRequest;
import belfry.api.s3.ListObjectsV2Request;
import belfry.api.s3.PutBucketAclRequest;
import belfry.api.s3.PutBucketPolicyRequest;
import belfry.api.s3.PutObjectRequest;
import belfry.api.s3.UploadPartRequest;
import belfry.api.secretsmanager.CreateSecretRequest;
import belfry.api.sns.CreateTopicInput;
import belfry.api.sns.PublishInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real clients send is recognised, verified and understood. */
class RecordedRequestsTest {
    static List<Recorded> all() {
        return Recorded.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void leadsToItsOperation(Recorded recorded) {
        Invocation invocation = recorded.invocation();
        String[] expected = recorded.name().replace("presigned-", "").split("-");
        assertThat(invocation.service().name()).isEqualTo(expected[0]);
        assertThat(invocation.operation()).isEqualTo(expected[1]);
        assertThat(invocation.description().input() == null || recorded.input() != null)
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("all")
    void isRefusedWithAnotherKey(Recorded recorded) {
        SigV4 other = new SigV4(id -> KeyLookup.Key.lasting("another"));
        assertThatThrownBy(() -> other.verify(recorded.invocation(), Recorded.TIME))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("signature");
    }

    @Test
    void json() {
        CreateSecretRequest in = (CreateSecretRequest)
                Recorded.named("secretsmanager-CreateSecret").input();
        assertThat(in.name()).isEqualTo("prod/db");
        assertThat(in.secretString()).isEqualTo("s3crét \"q\"");
        assertThat(in.secretBinary()).containsExactly(0, 0xff);
        assertThat(in.tags())
                .singleElement()
                .satisfies(tag -> assertThat(tag.value()).isEqualTo("b"));
        assertThat(in.description()).isNull();
    }

    @Test
    void jsonTimesAndNumbers() {
        LookupEventsRequest events =
                (LookupEventsRequest) Recorded.named("cloudtrail-LookupEvents").input();
        assertThat(events.startTime()).isEqualTo(Recorded.TIME);
        assertThat(events.maxResults()).isEqualTo(5);
        PutLogEventsRequest logs =
                (PutLogEventsRequest) Recorded.named("logs-PutLogEvents").input();
        assertThat(logs.logEvents()).extracting(e -> e.timestamp()).containsExactly(1767323045000L, 1767323045001L);
    }

    @Test
    void gzippedBodies() {
        PutMetricDataInput in = (PutMetricDataInput)
                Recorded.named("cloudwatch-PutMetricData-gzip").input();
        assertThat(in.metricData()).hasSize(400);
        assertThat(in.metricData().get(399).counts()).containsExactly(1.0, 3.0);
    }

    @Test
    void query() {
        PublishInput publish = (PublishInput) Recorded.named("sns-Publish").input();
        assertThat(publish.message()).isEqualTo("hi & bye + 100%");
        assertThat(publish.messageAttributes()).containsOnlyKeys("k", "z");
        assertThat(publish.messageAttributes())
                .hasEntrySatisfying("k", k -> assertThat(k.binaryValue()).containsExactly(1, 2))
                .hasEntrySatisfying("z", z -> assertThat(z.stringValue()).isEqualTo("x"));
        CreateTopicInput topic =
                (CreateTopicInput) Recorded.named("sns-CreateTopic").input();
        assertThat(topic.attributes()).isEqualTo(Map.of("DisplayName", "D n", "KmsMasterKeyId", "alias/k"));
        assertThat(topic.tags())
                .singleElement()
                .satisfies(tag -> assertThat(tag.key()).isEqualTo("k"));
    }

    @Test
    void objects() throws IOException {
        PutObjectRequest in =
                (PutObjectRequest) Recorded.named("s3-PutObject-bytes").input();
        assertThat(in.bucket()).isEqualTo("logs");
        assertThat(in.key()).isEqualTo("a b/ä+&=?.txt");
        assertThat(in.metadata()).isEqualTo(Map.of("owner", "me"));
        assertThat(in.contentType()).isEqualTo("text/plain");
        assertThat(in.contentLength()).isEqualTo(11);
        assertThat(content(in.body())).isEqualTo("hello world");
    }

    @Test
    void chunkedObjectsWithTrailingChecksums() throws IOException {
        PutObjectRequest in =
                (PutObjectRequest) Recorded.named("s3-PutObject-stream-https").input();
        assertThat(in.contentLength()).isEqualTo(20_000);
        assertThat(in.contentEncoding()).isNull();
        assertThat(content(in.body())).isEqualTo("x".repeat(20_000));
        assertThat(in.body().trailers().first("x-amz-checksum-crc32")).isNotEmpty();
    }

    @Test
    void virtualHosts() throws IOException {
        PutObjectRequest in =
                (PutObjectRequest) Recorded.named("s3-PutObject-virtual").input();
        assertThat(in.bucket()).isEqualTo("logs");
        assertThat(in.key()).isEqualTo("a/b");
        assertThat(content(in.body())).isEqualTo("v");
    }

    @Test
    void parametersAndHeaders() {
        GetObjectRequest get = (GetObjectRequest) Recorded.named("s3-GetObject").input();
        assertThat(get.key()).isEqualTo("a//b/../c");
        assertThat(get.range()).isEqualTo("bytes=0-1");
        assertThat(get.ifModifiedSince()).isEqualTo(Recorded.TIME);
        ListObjectsV2Request list =
                (ListObjectsV2Request) Recorded.named("s3-ListObjectsV2").input();
        assertThat(list.prefix()).isEqualTo("a b");
        assertThat(list.maxKeys()).isEqualTo(3);
        UploadPartRequest part =
                (UploadPartRequest) Recorded.named("s3-UploadPart").input();
        assertThat(part.partNumber()).isEqualTo(2);
    }

    @Test
    void documents() {
        DeleteObjectsRequest delete =
                (DeleteObjectsRequest) Recorded.named("s3-DeleteObjects").input();
        assertThat(delete.delete().objects()).extracting(o -> o.key()).containsExactly("a<&>", "b");
        assertThat(delete.delete().quiet()).isTrue();
        PutBucketAclRequest acl =
                (PutBucketAclRequest) Recorded.named("s3-PutBucketAcl").input();
        assertThat(acl.accessControlPolicy().grants().get(0).grantee().type()).isEqualTo("CanonicalUser");
        PutBucketPolicyRequest policy =
                (PutBucketPolicyRequest) Recorded.named("s3-PutBucketPolicy").input();
        assertThat(policy.policy()).startsWith("{\"Version\"");
        CompleteMultipartUploadRequest upload = (CompleteMultipartUploadRequest)
                Recorded.named("s3-CompleteMultipartUpload").input();
        assertThat(upload.multipartUpload().parts().get(0).eTag()).isEqualTo("\"e\"");
        assertThat(upload.checksumCRC32()).isEqualTo("AAAAAA==");
    }

    private static String content(Body body) throws IOException {
        try (InputStream in = body.open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aChangedObjectIsNoticedBeforeItsLastByte() throws IOException {
        for (String name : List.of("s3-PutObject-bytes", "s3-PutObject-stream", "s3-PutObject-stream-https")) {
            Recorded recorded = Recorded.named(name);
            byte[] bytes = ((Body.Bytes) recorded.request().body()).bytes().clone();
            bytes[bytes.length / 2] ^= 1;
            Recorded changed = new Recorded(name, recorded.request().withBody(Body.of(bytes)));
            PutObjectRequest in = (PutObjectRequest) changed.input();
            try (InputStream content = in.body().open()) {
                int length = Math.toIntExact(in.contentLength());
                // Even a reader that asks for the stated length and no more is told.
                assertThatThrownBy(() -> content.readNBytes(length))
                        .isInstanceOfSatisfying(
                                ServiceException.class,
                                e -> assertThat(e.code()).isIn("BadDigest", "XAmzContentSHA256Mismatch"));
            }
        }
    }
}
