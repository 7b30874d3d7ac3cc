package belfry.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Broken constraints and wrong types, in AWS's words; secrets never among them. */
class ValidationTest {
    private static Invocation json(String target, String body) {
        Headers headers = Headers.of("X-Amz-Target", target, "Content-Type", "application/x-amz-json-1.1");
        return (Invocation) Recorded.ROUTER.resolve(RawRequests.request("POST", "/", headers, body));
    }

    private static Invocation form(String body) {
        Headers headers = Headers.of("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
        return (Invocation) Recorded.ROUTER.resolve(RawRequests.request("POST", "/", headers, body));
    }

    private static void assertRefused(Invocation invocation, String code, String message) {
        assertThatThrownBy(() -> invocation.validate(invocation.decode(invocation.request())))
                .isInstanceOfSatisfying(ServiceException.class, e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e).hasMessage(message);
                });
    }

    @Test
    void required() {
        assertRefused(
                json("secretsmanager.GetSecretValue", "{}"),
                "ValidationException",
                "1 validation error detected: Value null at 'secretId' failed to satisfy constraint: Member must not be null");
    }

    @Test
    void lengthsAndSeveralErrors() {
        assertRefused(
                json("secretsmanager.CreateSecret", "{\"Name\":\"\",\"ClientRequestToken\":\"short\"}"),
                "ValidationException",
                "2 validation errors detected: Value '' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 1; "
                        + "Value 'short' at 'clientRequestToken' failed to satisfy constraint: Member must have length greater than or equal to 32");
    }

    @Test
    void patternsOfLogGroups() {
        assertRefused(
                json("Logs_20140328.CreateLogGroup", "{\"logGroupName\":\"a b\"}"),
                "InvalidParameterException",
                "1 validation error detected: Value 'a b' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+");
    }

    @Test
    void enumerationsAndTheCodeOfEachProtocol() {
        String message =
                "1 validation error detected: Value 'INVALID' at 'stateValue' failed to satisfy constraint: Member must satisfy enum value set: [OK, ALARM, INSUFFICIENT_DATA]";
        assertRefused(
                json(
                        "GraniteServiceVersion20100801.SetAlarmState",
                        "{\"AlarmName\":\"a\",\"StateValue\":\"INVALID\",\"StateReason\":\"r\"}"),
                "ValidationException",
                message);
        assertRefused(
                form("Action=SetAlarmState&Version=2010-08-01&AlarmName=a&StateValue=INVALID&StateReason=r"),
                "ValidationError",
                message);
    }

    @Test
    void numbersAndMembersOfLists() {
        assertRefused(
                json("com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents", "{\"MaxResults\":51}"),
                "ValidationException",
                "1 validation error detected: Value '51' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 50");
        assertRefused(
                json("secretsmanager.TagResource", "{\"SecretId\":\"s\",\"Tags\":[{\"Key\":\"\"}]}"),
                "ValidationException",
                "1 validation error detected: Value '' at 'tags.1.member.key' failed to satisfy constraint: Member must have length greater than or equal to 1");
        assertRefused(
                json("secretsmanager.UntagResource", "{\"SecretId\":\"s\",\"TagKeys\":[\"\"]}"),
                "ValidationException",
                "1 validation error detected: Value '[]' at 'tagKeys' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1]");
        assertRefused(
                json("secretsmanager.UntagResource", "{\"SecretId\":\"s\",\"TagKeys\":[null]}"),
                "ValidationException",
                "1 validation error detected: Value '[null]' at 'tagKeys' failed to satisfy constraint: Member must not be null");
    }

    @Test
    void aSecretIsNeverRepeated() {
        String marker = "marker-7f3a";
        Invocation tooLong = json(
                "secretsmanager.PutSecretValue",
                "{\"SecretId\":\"s\",\"SecretString\":\"" + marker.repeat(10_000) + "\"}");
        assertThatThrownBy(() -> tooLong.validate(tooLong.decode(tooLong.request())))
                .hasMessageNotContaining(marker)
                .hasMessageContaining("Value at 'secretString' failed to satisfy constraint: Member must have length");
        for (String broken : new String[] {
            "{\"SecretId\":\"s\",\"SecretString\":" + marker,
            "{\"SecretId\":\"s\",\"SecretString\":\"" + marker,
            "{\"SecretId\":\"s\",\"SecretBinary\":\"" + marker + "!\"}",
            "{\"SecretId\":\"s\",\"SecretString\":{\"" + marker + "\":1}}"
        }) {
            Invocation invocation = json("secretsmanager.PutSecretValue", broken);
            assertThatThrownBy(() -> invocation.decode(invocation.request()))
                    .isInstanceOf(ServiceException.class)
                    .hasMessageNotContaining("marker");
        }
    }

    @Test
    void wrongTypes() {
        String target = "secretsmanager.CreateSecret";
        assertRefused(
                json(target, "{\"Name\":1}"),
                "SerializationException",
                "NUMBER_VALUE can not be converted to a String");
        assertRefused(
                json(target, "{\"Name\":true}"),
                "SerializationException",
                "TRUE_VALUE can not be converted to a String");
        assertRefused(
                json(target, "{\"Name\":{}}"),
                "SerializationException",
                "Start of structure or map found where not expected.");
        assertRefused(
                json(target, "{\"Name\":[]}"), "SerializationException", "Start of list found where not expected");
        assertRefused(json(target, "{\"Tags\":\"x\"}"), "SerializationException", "Expected list or null");
        assertRefused(json(target, "{\"Name\":\"x"), "SerializationException", "Unexpected end of input");
        assertRefused(
                json("secretsmanager.ListSecrets", "{\"MaxResults\":\"5\"}"),
                "SerializationException",
                "STRING_VALUE can not be converted to an Integer");
        assertRefused(
                json("secretsmanager.ListSecrets", "{\"MaxResults\":99999999999}"),
                "SerializationException",
                "NUMBER_VALUE can not be converted to an Integer");
        assertRefused(
                json("secretsmanager.ListSecrets", "{\"MaxResults\":1.5}"),
                "SerializationException",
                "DECIMAL_VALUE can not be converted to an Integer");
    }

    @Test
    void unknownMembersAndEmptyBodiesAreFine() {
        Invocation unknown = json("secretsmanager.ListSecrets", "{\"Nope\":{\"a\":[1,{}]},\"MaxResults\":5.0}");
        Struct in = Objects.requireNonNull(unknown.decode(unknown.request()));
        unknown.validate(in);
        assertThat(((belfry.api.secretsmanager.ListSecretsRequest) in).maxResults())
                .isEqualTo(5);
        Invocation empty = json("secretsmanager.ListSecrets", "");
        assertThat(empty.decode(empty.request())).isNotNull();
    }

    @Test
    void queryValues() {
        assertRefused(
                form("Action=DescribeAlarms&Version=2010-08-01&MaxRecords=ten"),
                "MalformedInput",
                "The value of MaxRecords is not a valid Integer.");
    }

    @Test
    void s3Documents() {
        Invocation bucket = s3(
                "PUT",
                "/b",
                "<CreateBucketConfiguration><LocationConstraint>mars</LocationConstraint></CreateBucketConfiguration>");
        String malformed = "The XML you provided was not well-formed or did not validate against our published schema";
        assertRefused(bucket, "MalformedXML", malformed);
        assertRefused(s3("PUT", "/b?versioning", "<VersioningConfiguration><Sta"), "MalformedXML", malformed);
        assertRefused(s3("PUT", "/b?versioning", "<Other/>"), "MalformedXML", malformed);
        assertRefused(
                s3("PUT", "/b?versioning", "<VersioningConfiguration><New>1</New></VersioningConfiguration>"),
                "MalformedXML",
                malformed);
        assertRefused(s3("PUT", "/b?versioning", ""), "MissingRequestBodyError", "Request Body is empty");
        assertRefused(s3("GET", "/b?max-keys=x", ""), "InvalidArgument", "Provided max-keys is not valid");
    }

    private static Invocation s3(String method, String target, String body) {
        return (Invocation) Recorded.ROUTER.resolve(RawRequests.request(method, target, Headers.empty(), body));
    }

    @Test
    void contentMd5() {
        Headers headers = Headers.of("Content-MD5", "not base64");
        WireRequest request = RawRequests.request("PUT", "/b?policy", headers, "{}");
        Invocation invocation = (Invocation) Recorded.ROUTER.resolve(request);
        assertRefused(invocation, "InvalidDigest", "The Content-MD5 you specified was invalid.");
        String wrong = java.util.Base64.getEncoder()
                .encodeToString(Hmac.digest("MD5").digest("x".getBytes(StandardCharsets.UTF_8)));
        Invocation other = (Invocation) Recorded.ROUTER.resolve(request.withHeaders(Headers.of("Content-MD5", wrong)));
        assertRefused(other, "BadDigest", "The Content-MD5 you specified did not match what we received.");
    }
}
