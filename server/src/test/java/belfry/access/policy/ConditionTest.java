package belfry.access.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The condition operators, by eventbridge-iam.md §6.3. */
class ConditionTest {
    private static boolean holds(String operator, String wanted, Map<String, List<String>> context) {
        PolicyDocument policy = PolicyDocument.parse("""
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*",
                 "Condition":{"%s":{"aws:Key":%s}}}}""".formatted(operator, wanted));
        var anyone = new PolicyPrincipal.Anonymous();
        return policy.evaluate(new PolicyRequest(anyone, "s3:GetObject", "arn:aws:s3:::b/k", context))
                == Decision.ALLOW;
    }

    private static boolean holds(String operator, String wanted, String value) {
        return holds(operator, "\"" + wanted + "\"", Map.of("AWS:kEY", List.of(value), "aws:username", List.of("a*c")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "StringEquals | a | a | true",
                "StringEquals | a | A | false",
                "StringEquals | a* | ab | false",
                "StringEquals | ${aws:username} | a*c | true",
                "StringLike | ${aws:username} | abc | false",
                "StringLike | ${aws:username}* | a*cd | true",
                "StringLike | ${aws:nobody} | '' | false",
                "StringLike | ${aws:nobody, 'x'} | x | true",
                "StringLike | a${*}c | abc | false",
                "StringLike | a${*}c | a*c | true",
                "StringNotEquals | a | b | true",
                "StringNotEquals | a | a | false",
                "StringEqualsIgnoreCase | aB | Ab | true",
                "StringLike | arn:*:x?z | arn:aws:xyz | true",
                "StringNotLike | a* | ab | false",
                "NumericEquals | 10 | 10.0 | true",
                "NumericLessThan | 10 | 9 | true",
                "NumericLessThan | 10 | ten | false",
                "NumericGreaterThanEquals | 10 | 10 | true",
                "NumericNotEquals | 10 | 11 | true",
                "DateLessThan | 2026-01-01T00:00:00Z | 2025-12-31T23:59:59Z | true",
                "DateGreaterThan | 2026-01-01T00:00:00Z | 1767225601 | true",
                "DateEquals | 2026-01-01 | 2026-01-01T01:00:00+01:00 | true",
                "Bool | true | TRUE | true",
                "Bool | false | true | false",
                "IpAddress | 10.0.0.0/8 | 10.255.1.2 | true",
                "IpAddress | 10.0.0.0/9 | 10.128.0.0 | false",
                "IpAddress | 10.1.2.3 | 10.1.2.3 | true",
                "IpAddress | 2001:db8::/32 | 2001:db8:1::1 | true",
                "IpAddress | 10.0.0.0/8 | ::1 | false",
                "IpAddress | 10.0.0.0/8 | localhost | false",
                "NotIpAddress | 10.0.0.0/8 | 192.168.0.1 | true",
                "ArnLike | arn:aws:cloudtrail:*:123456789012:trail/* | arn:aws:cloudtrail:us-east-1:123456789012:trail/t | true",
                "ArnEquals | arn:aws:cloudtrail:*:123456789012:trail/* | arn:aws:cloudtrail:us-east-1:123456789012:trail/t | true",
                "ArnLike | arn:aws:*:trail/t | arn:aws:cloudtrail:us-east-1:123456789012:trail/t | false",
                "ArnNotEquals | arn:aws:sns:*:*:t | arn:aws:sns:us-east-1:1:u | true",
                "ArnLike | * | arn:aws:sns:us-east-1:1:u | true",
                "BinaryEquals | QUJD | QUJD | true",
                "Null | false | a | true",
                "Null | true | a | false",
            })
    void comparesOneValueWithOneValue(String operator, String wanted, String value, boolean expected) {
        assertThat(holds(operator, wanted, value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "StringEquals, false",
        "StringLike, false",
        "NumericLessThan, false",
        "DateEquals, false",
        "Bool, false",
        "IpAddress, false",
        "ArnLike, false",
        "StringNotEquals, true",
        "StringNotLike, true",
        "NumericNotEquals, true",
        "NotIpAddress, true",
        "ArnNotLike, true",
        "StringEqualsIfExists, true",
        "BoolIfExists, true",
        "ForAllValues:StringEquals, true",
        "ForAnyValue:StringEquals, false",
        "ForAnyValue:StringNotEquals, false",
        "ForAnyValue:StringEqualsIfExists, true",
        "Null, true",
    })
    void aMissingKey(String operator, boolean expected) {
        assertThat(holds(operator, "\"true\"", Map.of())).isEqualTo(expected);
        assertThat(holds(operator, "\"true\"", Map.of("aws:Key", List.of()))).isEqualTo(expected);
    }

    @Property
    void negatedIsTheOpposite(
            @ForAll @AlphaChars String wanted, @ForAll @AlphaChars String value, @ForAll @AlphaChars String other) {
        String list = "[\"" + wanted + "\",\"" + other + "\"]";
        var context = Map.of("aws:Key", List.of(value));
        assertThat(holds("StringNotEquals", list, context)).isNotEqualTo(holds("StringEquals", list, context));
        assertThat(holds("StringNotLike", list, context)).isNotEqualTo(holds("StringLike", list, context));
    }

    @Property
    void setOperatorsAreSubsetAndIntersection(
            @ForAll @Size(min = 1, max = 4) Set<Boolean> wanted, @ForAll @Size(max = 4) Set<Boolean> values) {
        String list = wanted.stream().map(b -> "\"" + b + "\"").toList().toString();
        var context = Map.of("aws:Key", values.stream().map(String::valueOf).toList());
        assertThat(holds("ForAllValues:StringEquals", list, context)).isEqualTo(wanted.containsAll(values));
        assertThat(holds("ForAnyValue:StringEquals", list, context))
                .isEqualTo(values.stream().anyMatch(wanted::contains));
    }

    @Test
    void variablesAreTextInTheOldVersion() {
        PolicyDocument policy = PolicyDocument.parse("""
                {"Version":"2008-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::b/${aws:username}"}]}""");
        var anyone = new PolicyPrincipal.Anonymous();
        var context = Map.of("aws:username", "bob");
        assertThat(policy.evaluate(PolicyRequest.of(anyone, "s3:GetObject", "arn:aws:s3:::b/bob", context)))
                .isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(policy.evaluate(PolicyRequest.of(anyone, "s3:GetObject", "arn:aws:s3:::b/${aws:username}", context)))
                .isEqualTo(Decision.ALLOW);
    }

    @Test
    void anUnknownOperatorIsRefused() {
        assertThatThrownBy(() -> holds("StringSounds", "a", "a"))
                .isInstanceOfSatisfying(
                        MalformedPolicyException.class,
                        e -> assertThat(e.part()).isEqualTo(MalformedPolicyException.Part.CONDITION));
    }
}
