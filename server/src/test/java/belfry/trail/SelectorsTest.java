package belfry.trail;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.gateway.Touched;
import belfry.trail.Selectors.Advanced;
import belfry.trail.Selectors.AdvancedSelector;
import belfry.trail.Selectors.Basic;
import belfry.trail.Selectors.DataResource;
import belfry.trail.Selectors.EventSelector;
import belfry.trail.Selectors.Facts;
import belfry.trail.Selectors.FieldSelector;
import belfry.trail.Selectors.ReadWrite;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SelectorsTest {
    private static final Facts READ = facts(Category.MANAGEMENT, true, "secretsmanager", "GetSecretValue", List.of());
    private static final Facts WRITE = facts(Category.MANAGEMENT, false, "secretsmanager", "PutSecretValue", List.of());
    private static final Facts DECRYPT = facts(Category.MANAGEMENT, true, "kms", "Decrypt", List.of());
    private static final Facts OBJECT = facts(
            Category.DATA,
            true,
            "s3",
            "GetObject",
            List.of(
                    new Touched("AWS::S3::Object", "arn:aws:s3:::b/logs/x"),
                    new Touched("AWS::S3::Bucket", "arn:aws:s3:::b")));

    private static Facts facts(Category category, boolean read, String service, String name, List<Touched> touched) {
        return new Facts(category, read, service + ".amazonaws.com", name, "arn:user", touched);
    }

    private static Basic basic(ReadWrite readWrite, boolean management, List<DataResource> data, String... excluded) {
        return new Basic(List.of(new EventSelector(readWrite, management, data, Set.of(excluded))));
    }

    private static Decision not(Decision.Reason reason) {
        return Decision.not(reason);
    }

    @Test
    void byDefaultAllManagementEventsAndNoDataEvents() {
        Selectors none = SelectorsJson.parse(null);
        assertThat(none.decide(READ)).isEqualTo(Decision.yes());
        assertThat(none.decide(WRITE)).isEqualTo(Decision.yes());
        assertThat(none.decide(OBJECT)).isEqualTo(not(Decision.Reason.NO_SELECTOR));
    }

    @Test
    void aWriteOnlyTrailDoesNotSeeSecretsRead() {
        Basic writes = basic(ReadWrite.WRITE_ONLY, true, List.of());
        assertThat(writes.decide(READ)).isEqualTo(not(Decision.Reason.READ_WRITE_TYPE));
        assertThat(writes.decide(WRITE)).isEqualTo(Decision.yes());
    }

    @Test
    void sourcesCanBeExcluded() {
        Basic noKms = basic(ReadWrite.ALL, true, List.of(), "kms.amazonaws.com");
        assertThat(noKms.decide(DECRYPT)).isEqualTo(not(Decision.Reason.SOURCE_EXCLUDED));
        assertThat(noKms.decide(READ)).isEqualTo(Decision.yes());
    }

    @Test
    void dataResourcesArePrefixes() {
        for (String prefix : List.of("arn:aws:s3", "arn:aws:s3:::b/", "arn:aws:s3:::b/logs/")) {
            Basic data = basic(ReadWrite.ALL, false, List.of(new DataResource("AWS::S3::Object", List.of(prefix))));
            assertThat(data.decide(OBJECT)).isEqualTo(Decision.yes());
            assertThat(data.decide(READ)).isEqualTo(not(Decision.Reason.NO_SELECTOR));
        }
        Basic nothing = basic(ReadWrite.ALL, true, List.of(new DataResource("AWS::S3::Object", List.of())));
        assertThat(nothing.decide(OBJECT)).isEqualTo(not(Decision.Reason.NO_SELECTOR));
    }

    private static FieldSelector is(String field, String... values) {
        List<String> none = List.of();
        return new FieldSelector(field, List.of(values), none, none, none, none, none);
    }

    private static Decision advanced(Facts facts, FieldSelector... fields) {
        return new Advanced(List.of(new AdvancedSelector(null, List.of(fields)))).decide(facts);
    }

    @Test
    void allFieldsMustMatchAndPositiveConditionsAreAlternatives() {
        List<String> none = List.of();
        FieldSelector starts = new FieldSelector(
                "resources.ARN", List.of("arn:x"), List.of("arn:aws:s3:::b/"), none, none, none, none);
        FieldSelector type = is("resources.type", "AWS::S3::Object");
        assertThat(advanced(OBJECT, is("eventCategory", "Data"), type, starts)).isEqualTo(Decision.yes());
        assertThat(advanced(OBJECT, is("eventCategory", "Data"), type, is("readOnly", "false")))
                .isEqualTo(not(Decision.Reason.NO_SELECTOR));
        assertThat(advanced(OBJECT, is("eventCategory", "Data"), is("resources.type", "AWS::S3::Bucket")))
                .isEqualTo(not(Decision.Reason.NO_SELECTOR));
    }

    @Test
    void noNegatedConditionMayBeHit() {
        List<String> none = List.of();
        FieldSelector notKms = new FieldSelector(
                "eventSource", none, none, none, List.of("kms.amazonaws.com", "rdsdata.amazonaws.com"), none, none);
        assertThat(advanced(DECRYPT, is("eventCategory", "Management"), notKms).selected())
                .isFalse();
        assertThat(advanced(READ, is("eventCategory", "Management"), notKms).selected())
                .isTrue();
        FieldSelector notLogs = new FieldSelector(
                "resources.ARN", none, List.of("arn:aws:s3:::"), none, none, List.of("arn:aws:s3:::b/logs/"), none);
        assertThat(advanced(OBJECT, notLogs).selected()).isFalse();
        // An absent field cannot be equal to anything, nor fail to differ.
        assertThat(advanced(OBJECT, is("errorCode", "VpceAccessDenied")).selected())
                .isFalse();
    }

    @Test
    void whatIsStoredIsReadAsItWas() {
        Selectors basic = basic(
                ReadWrite.READ_ONLY,
                true,
                List.of(new DataResource("AWS::S3::Object", List.of("arn:aws:s3:::b/"))),
                "kms.amazonaws.com");
        assertThat(SelectorsJson.parse(SelectorsJson.write(basic))).isEqualTo(basic);
        Selectors advanced = new Advanced(List.of(new AdvancedSelector("n", List.of(is("eventCategory", "Data")))));
        assertThat(SelectorsJson.parse(SelectorsJson.write(advanced))).isEqualTo(advanced);
    }
}
