package belfry.wire;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.api.Services;
import belfry.api.iam.CreateRoleResponse;
import belfry.api.iam.Role;
import belfry.api.kms.EncryptResponse;
import belfry.api.s3.Bucket;
import belfry.api.s3.GetBucketAclOutput;
import belfry.api.s3.GetBucketLocationOutput;
import belfry.api.s3.GetObjectOutput;
import belfry.api.s3.Grant;
import belfry.api.s3.Grantee;
import belfry.api.s3.HeadObjectOutput;
import belfry.api.s3.ListBucketsOutput;
import belfry.api.s3.ListObjectsV2Output;
import belfry.api.s3.Owner;
import belfry.api.s3.S3Object;
import belfry.api.secretsmanager.CreateSecretResponse;
import belfry.api.sns.PublishResponse;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Answers look as AWS's do, byte for byte where clients or people read them. */
class AnswersTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

    private static Invocation call(String recorded) {
        return Recorded.named(recorded).invocation();
    }

    /** An S3 call by its address alone. */
    private static Invocation s3(String method, String target) {
        return (Invocation) Recorded.ROUTER.resolve(
                RawRequests.request(method, target, Headers.of("Host", "localhost:4566"), null));
    }

    private static String text(WireResponse response) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            response.body().writeTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static @Nullable String header(WireResponse response, String name) {
        return response.headers().first(name);
    }

    @Test
    void json() {
        WireResponse response = call("secretsmanager-CreateSecret")
                .success(new CreateSecretResponse().arn("a").name("n\"é"), "id-1");
        assertThat(response.status()).isEqualTo(200);
        assertThat(text(response)).isEqualTo("{\"ARN\":\"a\",\"Name\":\"n\\\"é\"}");
        assertThat(header(response, "Content-Type")).isEqualTo("application/x-amz-json-1.1");
        assertThat(header(response, "x-amzn-RequestId")).isEqualTo("id-1");
        assertThat(header(response, "Content-Length")).isEqualTo("26");
    }

    @Test
    void jsonBlobsAreBase64() {
        WireResponse response =
                call("kms-Encrypt").success(new EncryptResponse().ciphertextBlob(new byte[] {0, -1}), "i");
        assertThat(text(response)).isEqualTo("{\"CiphertextBlob\":\"AP8=\"}");
    }

    @Test
    void noOutput() {
        assertThat(text(call("logs-PutLogEvents").success(new belfry.api.logs.PutLogEventsResponse(), "i")))
                .isEqualTo("{}");
        assertThat(text(call("cloudwatch-PutMetricData").success(NoOutput.INSTANCE, "i")))
                .isEqualTo("{}");
    }

    @Test
    void jsonErrorsNameTheirShape() {
        ServiceException error = ServiceException.of("ResourceNotFoundException", "Secrets Manager can't find it.");
        WireResponse response = call("secretsmanager-CreateSecret").error(error, "i");
        assertThat(response.status()).isEqualTo(400);
        assertThat(text(response))
                .isEqualTo("{\"__type\":\"ResourceNotFoundException\",\"Message\":\"Secrets Manager can't find it.\"}");
        assertThat(header(response, "x-amzn-query-error")).isNull();
    }

    @Test
    void queryCompatibleErrorsCarryTheOldCode() {
        WireResponse sqs = call("sqs-SendMessage").error(ServiceException.of("QueueDoesNotExist", "gone"), "i");
        assertThat(text(sqs)).isEqualTo("{\"__type\":\"com.amazonaws.sqs#QueueDoesNotExist\",\"message\":\"gone\"}");
        assertThat(header(sqs, "x-amzn-query-error")).isEqualTo("AWS.SimpleQueueService.NonExistentQueue;Sender");
        WireResponse alarm = call("cloudwatch-PutMetricData").error(ServiceException.of("ResourceNotFound", null), "i");
        assertThat(alarm.status()).isEqualTo(404);
        assertThat(text(alarm)).isEqualTo("{\"__type\":\"com.amazonaws.cloudwatch.v2010_08_01#ResourceNotFound\"}");
        WireResponse invalid =
                call("cloudwatch-PutMetricData").error(ServiceException.of("ValidationException", "m"), "i");
        assertThat(text(invalid))
                .isEqualTo("{\"__type\":\"com.amazon.coral.validate#ValidationException\",\"message\":\"m\"}");
        assertThat(header(invalid, "x-amzn-query-error")).isEqualTo("ValidationError;Sender");
    }

    private static Object tree(WireResponse response) throws IOException {
        return new CBORMapper().readValue(((Body.Bytes) response.body()).bytes(), Object.class);
    }

    @Test
    void cbor() throws IOException {
        WireRequest request = RawRequests.request(
                "POST",
                "/service/GraniteServiceVersion20100801/operation/DescribeAlarms",
                Headers.of("smithy-protocol", "rpc-v2-cbor", "Content-Type", "application/cbor"),
                null);
        Invocation call = (Invocation) Recorded.ROUTER.resolve(request);
        assertThat(call.protocol()).isEqualTo(Protocol.CBOR);
        WireResponse response = call.success(new belfry.api.cloudwatch.DescribeAlarmsOutput().nextToken("t"), "i");
        assertThat(header(response, "smithy-protocol")).isEqualTo("rpc-v2-cbor");
        assertThat(tree(response)).isEqualTo(Map.of("NextToken", "t"));
        WireResponse error = call.error(ServiceException.of("InvalidNextToken", "no"), "i");
        assertThat(tree(error))
                .isEqualTo(Map.of("__type", "com.amazonaws.cloudwatch.v2010_08_01#InvalidNextToken", "message", "no"));
        assertThat(header(error, "x-amzn-query-error")).isEqualTo("InvalidNextToken;Sender");
    }

    @Test
    void query() {
        assertThat(text(call("sns-Publish").success(new PublishResponse().messageId("m"), "id-1")))
                .isEqualTo("<PublishResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\">"
                        + "<PublishResult><MessageId>m</MessageId></PublishResult>"
                        + "<ResponseMetadata><RequestId>id-1</RequestId></ResponseMetadata></PublishResponse>");
        CreateRoleResponse role = new CreateRoleResponse()
                .role(new Role().roleName("a<b>").createDate(Instant.parse("2026-01-02T03:04:05Z")));
        assertThat(text(call("iam-CreateRole").success(role, "i")))
                .contains("<CreateRoleResult><Role><RoleName>a&lt;b&gt;</RoleName>")
                .contains("<CreateDate>2026-01-02T03:04:05Z</CreateDate>");
    }

    @Test
    void queryErrors() {
        WireResponse response =
                call("sns-Publish").error(ServiceException.of("NotFoundException", "Topic does not exist"), "i");
        assertThat(response.status()).isEqualTo(404);
        assertThat(header(response, "Content-Type")).isEqualTo("text/xml");
        assertThat(text(response))
                .isEqualTo(
                        "<ErrorResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><Error><Type>Sender</Type>"
                                + "<Code>NotFound</Code><Message>Topic does not exist</Message></Error>"
                                + "<RequestId>i</RequestId></ErrorResponse>");
        assertThat(text(call("iam-CreateRole").error(ServiceException.internalFailure(), "i")))
                .contains("<Type>Receiver</Type><Code>InternalFailure</Code>");
    }

    @Test
    void bucketsAndObjects() {
        ListBucketsOutput buckets = new ListBucketsOutput()
                .owner(new Owner().id("o"))
                .buckets(List.of(new Bucket().name("b").creationDate(TIME)));
        assertThat(text(s3("GET", "/").success(buckets, "i")))
                .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        + "<ListAllMyBucketsResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Buckets><Bucket>"
                        + "<Name>b</Name><CreationDate>2026-01-02T03:04:05.678Z</CreationDate></Bucket></Buckets>"
                        + "<Owner><ID>o</ID></Owner></ListAllMyBucketsResult>");
        ListObjectsV2Output list = new ListObjectsV2Output()
                .isTruncated(false)
                .keyCount(1)
                .contents(List.of(new S3Object().key("k").eTag("\"e\"").size(3L)));
        assertThat(text(s3("GET", "/b?list-type=2").success(list, "i")))
                .contains("<ListBucketResult ")
                .contains("<Contents><Key>k</Key><ETag>&quot;e&quot;</ETag><Size>3</Size></Contents>");
    }

    @Test
    void oddRoots() {
        assertThat(text(s3("GET", "/b?location").success(new GetBucketLocationOutput(), "i")))
                .endsWith(
                        "<LocationConstraint xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"></LocationConstraint>");
        assertThat(text(s3("GET", "/b?location")
                        .success(new GetBucketLocationOutput().locationConstraint("eu-west-1"), "i")))
                .endsWith(">eu-west-1</LocationConstraint>");
        Grantee grantee = new Grantee().type("CanonicalUser").id("x");
        GetBucketAclOutput acl = new GetBucketAclOutput()
                .grants(List.of(new Grant().grantee(grantee).permission("READ")));
        assertThat(text(s3("GET", "/b?acl").success(acl, "i")))
                .contains("<AccessControlPolicy ")
                .contains("<AccessControlList><Grant><Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
                        + "xsi:type=\"CanonicalUser\"><ID>x</ID></Grantee><Permission>READ</Permission></Grant>");
    }

    @Test
    void everyS3DocumentHasARootThatIsNoShapeName() {
        for (String name : Services.S3.operations()) {
            Operation operation = Services.S3.model().operation(name);
            Shape output = operation.output();
            if (output != null
                    && !operation.deprecated()
                    && output.payload() == null
                    && output.members().stream().anyMatch(m -> m.location() == Member.Location.BODY)
                    && !name.equals("GetBucketLocation")
                    && !name.equals("ListBucketIntelligentTieringConfigurations")) {
                assertThat(RestXmlRoots.of(operation, output)).as(name).doesNotEndWith("Output");
            }
        }
    }

    @Test
    void objectsStreamWithTheirHeaders() {
        GetObjectOutput out = new GetObjectOutput()
                .body(Body.of("abc".getBytes(StandardCharsets.UTF_8)))
                .eTag("\"e\"")
                .contentType("text/plain")
                .lastModified(TIME)
                .contentLength(3L)
                .metadata(Map.of("owner", "me\r\nEvil: 1"));
        WireResponse response = s3("GET", "/b/k").success(out, "i");
        assertThat(text(response)).isEqualTo("abc");
        assertThat(header(response, "Content-Length")).isEqualTo("3");
        assertThat(response.headers().all("Content-Length")).hasSize(1);
        assertThat(header(response, "Content-Type")).isEqualTo("text/plain");
        assertThat(header(response, "Last-Modified")).isEqualTo("Fri, 02 Jan 2026 03:04:05 GMT");
        assertThat(header(response, "x-amz-meta-owner")).isEqualTo("me  Evil: 1");
        WireResponse head = s3("HEAD", "/b/k").success(new HeadObjectOutput().contentLength(7L), "i");
        assertThat(header(head, "Content-Length")).isEqualTo("7");
        assertThat(text(head)).isEmpty();
    }

    @Test
    void emptyAnswers() {
        WireResponse deleted = s3("DELETE", "/b").success(NoOutput.INSTANCE, "i");
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(text(deleted)).isEmpty();
        assertThat(header(deleted, "x-amz-id-2")).isNotEmpty();
    }

    @Test
    void s3Errors() {
        ServiceException error = ServiceException.of("NoSuchBucket", 404, "The specified bucket does not exist")
                .with("BucketName", "b");
        WireResponse response = s3("GET", "/b?list-type=2").error(error, "id-1");
        assertThat(response.status()).isEqualTo(404);
        assertThat(text(response))
                .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>NoSuchBucket</Code>"
                        + "<Message>The specified bucket does not exist</Message><BucketName>b</BucketName>"
                        + "<Resource>/b</Resource><RequestId>id-1</RequestId><HostId>");
        assertThat(text(s3("HEAD", "/b/k").error(ServiceException.of("NotFound", 404, "x"), "i")))
                .isEmpty();
        assertThat(text(s3("GET", "/b").error(ServiceException.internalFailure(), "i")))
                .contains("<Code>InternalError</Code>");
    }

    @Test
    void jsonTimesAreSeconds() throws IOException {
        Shape shape = Services.SECRETSMANAGER.model().shape("DescribeSecretResponse");
        Struct out = new belfry.api.secretsmanager.DescribeSecretResponse()
                .createdDate(TIME)
                .deletedDate(Instant.parse("2026-01-02T00:00:00Z"));
        byte[] json = JsonWriter.write(Codecs.JSON, shape, out);
        assertThat(new ObjectMapper().readTree(json).get("CreatedDate").decimalValue())
                .isEqualByComparingTo("1767323045.678");
        assertThat(new String(json, StandardCharsets.UTF_8)).contains("\"DeletedDate\":1767312000");
    }
}
