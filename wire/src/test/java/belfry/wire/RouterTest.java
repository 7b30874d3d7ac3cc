package belfry.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterTest {
    private static Resolution resolve(String method, String target, Headers headers, @Nullable String body) {
        return Recorded.ROUTER.resolve(RawRequests.request(method, target, headers, body));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, ListBuckets",
        "GET, /b, ListObjects",
        "GET, /b/, ListObjects",
        "GET, /b?list-type=2, ListObjectsV2",
        "GET, /b?versions, ListObjectVersions",
        "GET, /b?location, GetBucketLocation",
        "GET, /b?lifecycle, GetBucketLifecycleConfiguration",
        "GET, /b?notification, GetBucketNotificationConfiguration",
        "GET, /b?analytics, ListBucketAnalyticsConfigurations",
        "GET, /b?analytics&id=x, GetBucketAnalyticsConfiguration",
        "PUT, /b, CreateBucket",
        "PUT, /b?policy, PutBucketPolicy",
        "PUT, /b?lifecycle, PutBucketLifecycleConfiguration",
        "DELETE, /b, DeleteBucket",
        "DELETE, /b?policy, DeleteBucketPolicy",
        "HEAD, /b, HeadBucket",
        "POST, /b?delete, DeleteObjects",
        "GET, /b/k, GetObject",
        "GET, /b/k?x-id=GetObject, GetObject",
        "GET, /b/k/, GetObject",
        "GET, /b/k?uploadId=u, ListParts",
        "GET, /b/k?tagging&versionId=v, GetObjectTagging",
        "HEAD, /b/k, HeadObject",
        "PUT, /b/k, PutObject",
        "PUT, /b/k?partNumber=1&uploadId=u, UploadPart",
        "POST, /b/k?uploads, CreateMultipartUpload",
        "POST, /b/k?uploadId=u, CompleteMultipartUpload",
        "DELETE, /b/k, DeleteObject",
        "DELETE, /b/k?uploadId=u, AbortMultipartUpload",
        "DELETE, /b?acl, MethodNotAllowed",
        "DELETE, /b?versioning, MethodNotAllowed",
        "POST, /b, MethodNotAllowed",
        "HEAD, /, MethodNotAllowed",
    })
    void s3(String method, String target, String expected) {
        Resolution resolution = resolve(method, target, Headers.of("Host", "127.0.0.1:4566"), null);
        String found = switch (resolution) {
            case Invocation invocation -> invocation.operation();
            case Unresolved unresolved -> unresolved.error().code();
        };
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void copiesAreKnownByTheirHeader() {
        Headers copy = Headers.of("x-amz-copy-source", "/b/other");
        assertThat(operation(resolve("PUT", "/b/k", copy, null))).isEqualTo("CopyObject");
        assertThat(operation(resolve("PUT", "/b/k?partNumber=1&uploadId=u", copy, null)))
                .isEqualTo("UploadPartCopy");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "logs.s3.eu-central-1.amazonaws.com, logs",
                "a.b.s3.amazonaws.com, a.b",
                "logs.localhost:4566, logs",
                "logs.s3.localhost:4566, logs",
                "s3.localhost:4566, -",
                "s3.us-east-1.localhost, -",
                "localhost:4566, -",
                "127.0.0.1:4566, -",
                "[::1]:4566, -",
                "s3.amazonaws.com, -"
            })
    void virtualHosts(String host, @Nullable String bucket) {
        Invocation invocation = (Invocation) resolve("GET", "/x/y", Headers.of("Host", host), null);
        assertThat(invocation.bucket()).isEqualTo(bucket == null ? "x" : bucket);
        assertThat(invocation.key()).isEqualTo(bucket == null ? "y" : "x/y");
    }

    private static String operation(Resolution resolution) {
        return ((Invocation) resolution).operation();
    }

    private static void assertUnresolved(
            Resolution resolution, Protocol protocol, String code, @Nullable String message) {
        assertThat(resolution)
                .asInstanceOf(InstanceOfAssertFactories.type(Unresolved.class))
                .satisfies(unresolved -> {
                    assertThat(unresolved.protocol()).isEqualTo(protocol);
                    assertThat(unresolved.error().code()).isEqualTo(code);
                    assertThat(unresolved.error().getMessage()).isEqualTo(message);
                    assertThat(unresolved.error(unresolved.error(), "i").status())
                            .isEqualTo(400);
                });
    }

    @Test
    void cloudTrailGoesByTwoNames() {
        String name = "CloudTrail_20131101";
        for (String prefix : List.of("com.amazonaws.cloudtrail.v20131101." + name, name)) {
            Headers headers = Headers.of("X-Amz-Target", prefix + ".CreateTrail");
            assertThat(operation(resolve("POST", "/", headers, "{}"))).isEqualTo("CreateTrail");
        }
    }

    @Test
    void unknownTargets() {
        for (String target : new String[] {"Nope.GetIt", "secretsmanager.Nope", "nodot", "", "secretsmanager."}) {
            Headers headers = Headers.of("X-Amz-Target", target);
            assertUnresolved(resolve("POST", "/", headers, "{}"), Protocol.JSON_1_1, "UnknownOperationException", null);
        }
        Headers cbor = Headers.of("smithy-protocol", "rpc-v2-cbor");
        assertUnresolved(
                resolve("POST", "/service/AmazonSQS/operation/SendMessage", cbor, null),
                Protocol.CBOR,
                "UnknownOperationException",
                null);
    }

    @Test
    void unknownActions() {
        Headers form = Headers.of("Content-Type", "application/x-www-form-urlencoded", "Host", "sns.localhost");
        assertUnresolved(
                resolve("POST", "/", form, "Action=Nope&Version=2010-03-31"),
                Protocol.QUERY,
                "InvalidAction",
                "Could not find operation Nope for version 2010-03-31");
        assertUnresolved(
                resolve("POST", "/", form, "Action=Publish&Version=1999-01-01"),
                Protocol.QUERY,
                "InvalidAction",
                "Could not find operation Publish for version 1999-01-01");
        assertUnresolved(resolve("POST", "/", form, "a=b"), Protocol.QUERY, "MissingAction", "Missing Action");
    }

    @Test
    void servicesThatWeDoNotHave() {
        Headers lambda = Headers.of(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=0");
        assertUnresolved(
                resolve("GET", "/2015-03-31/functions", lambda, null),
                Protocol.JSON_1_1,
                "NotImplemented",
                "Belfry does not implement the operation GET request of lambda.");
    }

    @Test
    void linksInMails() {
        Resolution link = resolve(
                "GET",
                "/?Action=ConfirmSubscription&TopicArn=arn%3Aaws%3Asns%3Ax&Token=t%2B1",
                Headers.of("Host", "localhost:4566"),
                null);
        Invocation invocation = (Invocation) link;
        assertThat(invocation.service().name()).isEqualTo("sns");
        assertThat(invocation.protocol()).isEqualTo(Protocol.QUERY);
        belfry.api.sns.ConfirmSubscriptionInput in = (belfry.api.sns.ConfirmSubscriptionInput)
                Objects.requireNonNull(invocation.decode(invocation.request()));
        assertThat(in.topicArn()).isEqualTo("arn:aws:sns:x");
        assertThat(in.token()).isEqualTo("t+1");
    }

    @Test
    void theServiceOfAFormIsThatOfTheSignature() {
        for (String service : new String[] {"sns", "iam", "sts", "monitoring"}) {
            Headers headers = Headers.of(
                    "Content-Type",
                    "application/x-www-form-urlencoded",
                    "Authorization",
                    "AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/" + service
                            + "/aws4_request, SignedHeaders=host, Signature=0");
            Resolution resolution = resolve("POST", "/", headers, "Action=ListTagsForResource");
            assertThat(Objects.requireNonNull(resolution.service()).signingName())
                    .isEqualTo(service);
        }
    }

    @Test
    void signatureErrorsAreThoseOfTheProtocol() {
        Headers json = Headers.of("X-Amz-Target", "secretsmanager.GetSecretValue");
        Headers form = Headers.of("Content-Type", "application/x-www-form-urlencoded");
        assertCode(resolve("POST", "/", json, "{}"), "MissingAuthenticationTokenException", 400);
        assertCode(resolve("POST", "/", form, "Action=ListTopics"), "MissingAuthenticationToken", 403);
        assertCode(resolve("GET", "/b", Headers.empty(), null), "AccessDenied", 403);
        Headers broken = json.with("Authorization", "AWS4-HMAC-SHA256 Credential=x");
        assertCode(resolve("POST", "/", broken, "{}"), "IncompleteSignatureException", 400);
        assertCode(
                resolve("POST", "/", form.with("Authorization", "Basic abc"), "Action=ListTopics"),
                "IncompleteSignature",
                400);
        assertCode(
                resolve("GET", "/b?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=10", Headers.empty(), null),
                "AuthorizationQueryParametersError",
                400);
    }

    @Test
    void signaturesOfVersion2SayWhatToUse() {
        Resolution url = resolve("GET", "/b/k?AWSAccessKeyId=A&Signature=s&Expires=1", Headers.empty(), null);
        assertThat(SigV4.isSigned(url.request())).isTrue();
        assertCode(url, "InvalidRequest", 400);
        Headers header = Headers.of("Authorization", "AWS A:s");
        assertCode(resolve("GET", "/b", header, null), "InvalidRequest", 400);
    }

    private static void assertCode(Resolution resolution, String code, int status) {
        ServiceException error = signatureError(resolution, Recorded.TIME);
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.status()).isEqualTo(status);
    }

    private static ServiceException signatureError(Resolution resolution, Instant now) {
        try {
            Recorded.SIG_V4.verify(resolution, now);
        } catch (ServiceException e) {
            return e;
        }
        throw new AssertionError("verified");
    }

    @Test
    void oldAndForeignSignatures() {
        Resolution json = Recorded.named("kms-Encrypt").invocation();
        assertThat(signatureError(json, Recorded.TIME.plusSeconds(301)))
                .hasMessage(
                        "Signature expired: 20260102T030405Z is now earlier than 20260102T030406Z (20260102T030906Z - 5 min.)")
                .extracting(ServiceException::code)
                .isEqualTo("InvalidSignatureException");
        Resolution s3 = Recorded.named("s3-ListBuckets").invocation();
        assertThat(signatureError(s3, Recorded.TIME.plusSeconds(901)).code()).isEqualTo("RequestTimeTooSkewed");
        assertThat(signatureError(s3, Recorded.TIME.minusSeconds(901)).code()).isEqualTo("RequestTimeTooSkewed");
        Resolution url = Recorded.named("s3-presigned-GetObject").invocation();
        assertThat(signatureError(url, Recorded.TIME.plusSeconds(601)).code()).isEqualTo("AccessDenied");
        WireRequest kms = Recorded.named("kms-Encrypt").request();
        Resolution elsewhere = Recorded.ROUTER.resolve(
                kms.withHeaders(kms.headers().with("X-Amz-Target", "secretsmanager.GetSecretValue")));
        assertThat(signatureError(elsewhere, Recorded.TIME))
                .hasMessage("Credential should be scoped to correct service: 'secretsmanager'.");
    }

    @Test
    void temporaryKeys() {
        Recorded recorded = Recorded.named("kms-Encrypt");
        KeyLookup.Key key = new KeyLookup.Key("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "token", Recorded.TIME);
        SigV4 sigV4 = new SigV4(id -> key);
        assertThat(refusal(sigV4, recorded.request())).isEqualTo("UnrecognizedClientException");
        WireRequest with =
                recorded.request().withHeaders(recorded.request().headers().with("X-Amz-Security-Token", "token"));
        assertThat(refusal(sigV4, with)).isEqualTo("ExpiredTokenException");
        SigV4 lasting =
                new SigV4(id -> new KeyLookup.Key(key.secretAccessKey(), "token", Recorded.TIME.plusSeconds(1)));
        assertThat(lasting.verify(Recorded.ROUTER.resolve(with), Recorded.TIME)).isNotNull();
    }

    private static String refusal(SigV4 sigV4, WireRequest request) {
        try {
            sigV4.verify(Recorded.ROUTER.resolve(request), Recorded.TIME);
        } catch (ServiceException e) {
            return e.code();
        }
        throw new AssertionError("verified");
    }

    @Test
    void unsignedHeadersOfS3AreRefused() {
        WireRequest put = Recorded.named("s3-PutObject-bytes").request();
        Headers.Builder headers = Headers.builder().add("x-amz-acl", "public-read");
        put.headers().forEach(headers::add);
        Resolution resolution = Recorded.ROUTER.resolve(put.withHeaders(headers.build()));
        assertThat(signatureError(resolution, Recorded.TIME))
                .hasMessage("There were headers present in the request which were not signed");
    }

    @Test
    void aWrongBodyIsAWrongSignatureWhereTheBodyIsSigned() {
        WireRequest kms = Recorded.named("kms-Encrypt").request();
        Resolution changed = Recorded.ROUTER.resolve(kms.withBody(Body.of("{}".getBytes(StandardCharsets.UTF_8))));
        assertThat(signatureError(changed, Recorded.TIME).code()).isEqualTo("InvalidSignatureException");
    }
}
