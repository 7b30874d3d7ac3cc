package belfry.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
    @ParameterizedTest
    @CsvSource({
        "ARN, arn",
        "Name, name",
        "KmsKeyId, kmsKeyId",
        "KMSKeyId, kmsKeyId",
        "SecretARN, secretARN",
        "ETag, eTag",
        "ID, id",
        "MD5OfBody, md5OfBody",
        "SSEKMSKeyId, ssekmsKeyId",
        "VersionIdsToStages, versionIdsToStages",
        "logGroupName, logGroupName",
        "Default, default_",
        "x-y, x_y"
    })
    void membersGetJavaNames(String name, String java) {
        assertThat(Names.member(name)).isEqualTo(java);
    }

    @ParameterizedTest
    @CsvSource({
        "Secrets Manager, SecretsManager",
        "KMS, Kms",
        "CloudTrail, CloudTrail",
        "CloudWatch Logs, Logs",
        "EventBridge, Events",
        "S3, S3"
    })
    void servicesGetTypePrefixes(String id, String prefix) {
        assertThat(Names.serviceType(id)).isEqualTo(prefix);
    }

    @ParameterizedTest
    @CsvSource({"S3, Object, S3Object", "S3, Bucket, Bucket", "Sns, topicAttribute, TopicAttribute"})
    void structuresNeverHideJavaLang(String prefix, String shape, String type) {
        assertThat(Names.structure(prefix, shape)).isEqualTo(type);
    }
}
