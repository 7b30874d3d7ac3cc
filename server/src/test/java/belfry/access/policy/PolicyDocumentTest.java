package belfry.access.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.access.policy.MalformedPolicyException.Part;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyDocumentTest {
    private static final String TRAIL = "arn:aws:cloudtrail:us-east-1:123456789012:trail/t";
    private static final String TRAIL_BUCKET = """
            {"Version":"2012-10-17","Statement":[
             {"Sid":"AWSCloudTrailAclCheck20150319","Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},
              "Action":"s3:GetBucketAcl","Resource":"arn:aws:s3:::logs",
              "Condition":{"StringEquals":{"aws:SourceArn":"%1$s"}}},
             {"Sid":"AWSCloudTrailWrite20150319","Effect":"Allow","Principal":{"Service":["cloudtrail.amazonaws.com"]},
              "Action":["s3:PutObject"],"Resource":["arn:aws:s3:::logs/AWSLogs/123456789012/*"],
              "Condition":{"StringEquals":{"s3:x-amz-acl":"bucket-owner-full-control","AWS:SourceARN":"%1$s"}}}]}""".formatted(TRAIL);
    private static final PolicyPrincipal CLOUDTRAIL = new PolicyPrincipal.Service("cloudtrail.amazonaws.com");

    private static Decision write(String resource, Map<String, String> context) {
        return PolicyDocument.parse(TRAIL_BUCKET)
                .evaluate(PolicyRequest.of(CLOUDTRAIL, "s3:PutObject", resource, context));
    }

    @Test
    void theGuidesBucketPolicyLetsTheTrailWrite() {
        var context = Map.of("s3:x-amz-acl", "bucket-owner-full-control", "aws:SourceArn", TRAIL);
        assertThat(write("arn:aws:s3:::logs/AWSLogs/123456789012/CloudTrail/x.json.gz", context))
                .isEqualTo(Decision.ALLOW);
        assertThat(write("arn:aws:s3:::logs/other", context)).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(write("arn:aws:s3:::logs/AWSLogs/123456789012/x", Map.of("aws:SourceArn", TRAIL)))
                .isEqualTo(Decision.IMPLICIT_DENY);
    }

    private static Decision ask(String principal, PolicyPrincipal who) {
        return PolicyDocument.parse("{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":" + principal
                        + ",\"Action\":\"sns:publish\",\"Resource\":\"*\"}]}")
                .evaluate(new PolicyRequest(who, "SNS:Publish", "arn:aws:sns:us-east-1:123456789012:t", Map.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\"*\" | true | true | true | true",
                "{\"AWS\":\"*\"} | true | true | true | true",
                "{\"AWS\":\"123456789012\"} | true | true | false | false",
                "{\"AWS\":[\"arn:aws:iam::123456789012:root\"]} | true | true | false | false",
                "{\"AWS\":\"arn:aws:iam::123456789012:user/bob\"} | true | false | false | false",
                "{\"AWS\":\"arn:aws:iam::123456789012:role/path/r\"} | false | true | false | false",
                "{\"AWS\":\"arn:aws:sts::123456789012:assumed-role/r/s\"} | false | true | false | false",
                "{\"Service\":\"cloudtrail.amazonaws.com\"} | false | false | true | false",
                "{\"Service\":\"events.amazonaws.com\"} | false | false | false | false",
                "{\"CanonicalUser\":\"abc\"} | false | false | false | false",
            })
    void whoIsMeant(String principal, boolean user, boolean session, boolean service, boolean anonymous) {
        var bob = new PolicyPrincipal.Identity("123456789012", "arn:aws:iam::123456789012:user/bob");
        var role = new PolicyPrincipal.Identity(
                "123456789012", "arn:aws:sts::123456789012:assumed-role/r/s", "arn:aws:iam::123456789012:role/path/r");
        assertThat(ask(principal, bob) == Decision.ALLOW).isEqualTo(user);
        assertThat(ask(principal, role) == Decision.ALLOW).isEqualTo(session);
        assertThat(ask(principal, CLOUDTRAIL) == Decision.ALLOW).isEqualTo(service);
        assertThat(ask(principal, new PolicyPrincipal.Anonymous()) == Decision.ALLOW)
                .isEqualTo(anonymous);
    }

    @Test
    void notActionNotResourceAndNotPrincipalTurnAround() {
        var policy = PolicyDocument.parse("""
                {"Statement":{"Effect":"Deny","NotPrincipal":{"Service":"cloudtrail.amazonaws.com"},
                 "NotAction":"s3:Get*","NotResource":"arn:aws:s3:::b/open/*"}}""");
        var other = new PolicyPrincipal.Service("sns.amazonaws.com");
        assertThat(policy.evaluate(new PolicyRequest(other, "s3:PutObject", "arn:aws:s3:::b/k", Map.of())))
                .isEqualTo(Decision.EXPLICIT_DENY);
        assertThat(policy.evaluate(new PolicyRequest(CLOUDTRAIL, "s3:PutObject", "arn:aws:s3:::b/k", Map.of())))
                .isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(policy.evaluate(new PolicyRequest(other, "S3:getObject", "arn:aws:s3:::b/k", Map.of())))
                .isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(policy.evaluate(new PolicyRequest(other, "s3:PutObject", "arn:aws:s3:::b/open/k", Map.of())))
                .isEqualTo(Decision.IMPLICIT_DENY);
    }

    /** Each statement is one of: allows all, denies all, speaks of something else. */
    @Property
    void aDenyOutweighsAndOrderDoesNotMatter(
            @ForAll @Size(min = 1, max = 6) List<Effect> effects, @ForAll List<Boolean> applies) {
        StringBuilder text = new StringBuilder();
        boolean allow = false;
        boolean deny = false;
        for (int i = 0; i < effects.size(); i++) {
            boolean speaks = i >= applies.size() || applies.get(i);
            allow |= speaks && effects.get(i) == Effect.ALLOW;
            deny |= speaks && effects.get(i) == Effect.DENY;
            text.append(i == 0 ? "" : ",")
                    .append("{\"Effect\":\"")
                    .append(effects.get(i) == Effect.ALLOW ? "Allow" : "Deny")
                    .append("\",\"Action\":\"")
                    .append(speaks ? "s3:*" : "sns:*")
                    .append("\",\"Resource\":\"*\"}");
        }
        Decision expected = deny ? Decision.EXPLICIT_DENY : allow ? Decision.ALLOW : Decision.IMPLICIT_DENY;
        var request = new PolicyRequest(CLOUDTRAIL, "s3:PutObject", "arn:aws:s3:::b/k", Map.of());
        assertThat(PolicyDocument.parse("{\"Statement\":[" + text + "]}").evaluate(request))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "JSON | {",
                "JSON | []",
                "STATEMENT | {\"Version\":\"2012-10-17\"}",
                "STATEMENT | {\"Statement\":[]}",
                "STATEMENT | {\"Statement\":[1]}",
                "STATEMENT | {\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Ressource\":\"*\"}}",
                "VERSION | {\"Version\":\"2012-10-18\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\"}}",
                "EFFECT | {\"Statement\":{\"Effect\":\"allow\",\"Action\":\"*\"}}",
                "ACTION | {\"Statement\":{\"Effect\":\"Allow\"}}",
                "ACTION | {\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"PutObject\"}}",
                "ACTION | {\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"NotAction\":\"*\"}}",
                "PRINCIPAL | {\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Principal\":\"me\"}}",
                "PRINCIPAL | {\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Principal\":{\"AWS\":\"arn:aws:iam::123456789012:user/*\"}}}",
                "CONDITION | {\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Condition\":{\"StringEquals\":\"a\"}}}",
            })
    void whatIsNoPolicyIsRefused(Part part, String text) {
        assertThatThrownBy(() -> PolicyDocument.parse(text))
                .isInstanceOfSatisfying(
                        MalformedPolicyException.class,
                        e -> assertThat(e.part()).isEqualTo(part));
    }
}
