package belfry.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secured mode as a newcomer meets it: the printed key works with the AWS CLI, others do what policies say. */
class SecuredTest {
    @TempDir
    private Path dataDir;

    private Map<String, String> environment(ServerProcess server) {
        return new HashMap<>(Map.of(
                "AWS_ENDPOINT_URL", server.url().toString(),
                "AWS_SHARED_CREDENTIALS_FILE", dataDir.resolve("credentials").toString(),
                "AWS_PROFILE", "belfry",
                "AWS_DEFAULT_REGION", "us-east-1",
                "AWS_EC2_METADATA_DISABLED", "true"));
    }

    private Tools.Result aws(Map<String, String> environment, String... arguments) throws Exception {
        String[] command = new String[arguments.length + 1];
        command[0] = "aws";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return Tools.run(dataDir, environment, command);
    }

    @Test
    void theRootKeyWorksAndOthersDoWhatPoliciesSay() throws Exception {
        Tools.require("aws");
        try (ServerProcess server = ServerProcess.start(dataDir)) {
            Map<String, String> root = environment(server);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dataDir.resolve("credentials"))))
                    .isEqualTo("rw-------");
            assertThat(aws(root, "sts", "get-caller-identity").output()).contains(":root");
            assertThat(server.said()).anyMatch(line -> line.contains("SECRET_ACCESS_KEY"));
            assertThat(aws(root, "secretsmanager", "create-secret", "--name", "s", "--secret-string", "ROOT-MARKER")
                            .exit())
                    .isZero();
            assertThat(aws(root, "s3", "mb", "s3://secured-bucket").exit()).isZero();
            assertThat(aws(root, "s3", "cp", dataDir.resolve("belfry.lock").toString(), "s3://secured-bucket/x")
                            .exit())
                    .isZero();

            Map<String, String> wrongSecret = new HashMap<>(root);
            String key = Files.readAllLines(dataDir.resolve("credentials")).stream()
                    .filter(line -> line.contains("aws_access_key_id"))
                    .map(line -> line.substring(line.indexOf('=') + 1).strip())
                    .findFirst()
                    .orElseThrow();
            wrongSecret.remove("AWS_PROFILE");
            wrongSecret.put("AWS_ACCESS_KEY_ID", key);
            wrongSecret.put("AWS_SECRET_ACCESS_KEY", "wrong");
            assertThat(aws(wrongSecret, "secretsmanager", "get-secret-value", "--secret-id", "s"))
                    .satisfies(refused -> assertThat(refused.exit()).isNotZero())
                    .satisfies(refused -> assertThat(refused.output())
                            .contains("InvalidSignatureException")
                            .doesNotContain("ROOT-MARKER"));

            Map<String, String> stranger = new HashMap<>(wrongSecret);
            stranger.put("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE");
            assertThat(aws(stranger, "secretsmanager", "get-secret-value", "--secret-id", "s")
                            .output())
                    .contains("UnrecognizedClientException");
            assertThat(aws(stranger, "s3", "ls").output()).contains("InvalidAccessKeyId");

            aUserDoesWhatItsPolicySays(root, wrongSecret);
        }
        try (ServerProcess again = ServerProcess.start(dataDir)) {
            assertThat(aws(environment(again), "secretsmanager", "get-secret-value", "--secret-id", "s")
                            .output())
                    .contains("ROOT-MARKER");
            assertThat(again.said()).noneMatch(line -> line.contains("SECRET_ACCESS_KEY"));
        }
    }

    /** A user, limited to one secret, reads it and nothing else; what is refused is in the trail. */
    private void aUserDoesWhatItsPolicySays(Map<String, String> root, Map<String, String> template) throws Exception {
        String arn = aws(
                        root,
                        "secretsmanager",
                        "create-secret",
                        "--name",
                        "hers",
                        "--secret-string",
                        "HER-MARKER",
                        "--query",
                        "ARN",
                        "--output",
                        "text")
                .output()
                .strip();
        assertThat(aws(root, "iam", "create-user", "--user-name", "eve").exit()).isZero();
        assertThat(aws(
                                root,
                                "iam",
                                "put-user-policy",
                                "--user-name",
                                "eve",
                                "--policy-name",
                                "one",
                                "--policy-document",
                                policy("\"Action\":\"secretsmanager:GetSecretValue\",\"Resource\":\"" + arn + "\""))
                        .exit())
                .isZero();
        Map<String, String> eve = new HashMap<>(template);
        String[] key = aws(
                        root,
                        "iam",
                        "create-access-key",
                        "--user-name",
                        "eve",
                        "--query",
                        "AccessKey.[AccessKeyId,SecretAccessKey]",
                        "--output",
                        "text")
                .output()
                .strip()
                .split("\\s+");
        eve.put("AWS_ACCESS_KEY_ID", key[0]);
        eve.put("AWS_SECRET_ACCESS_KEY", key[1]);
        assertThat(aws(eve, "secretsmanager", "get-secret-value", "--secret-id", "hers")
                        .output())
                .contains("HER-MARKER");
        for (String other : List.of("s", "no-such-secret")) {
            assertThat(aws(eve, "secretsmanager", "get-secret-value", "--secret-id", other)
                            .output())
                    .contains("(AccessDeniedException)")
                    .contains("User: arn:aws:iam::123456789012:user/eve is not authorized to perform:"
                            + " secretsmanager:GetSecretValue on resource: " + other
                            + " because no identity-based policy allows the secretsmanager:GetSecretValue action")
                    .doesNotContain("ROOT-MARKER");
        }
        assertThat(aws(eve, "s3", "ls").output()).contains("AccessDenied").contains("s3:ListAllMyBuckets");
        assertThat(aws(
                                root,
                                "cloudtrail",
                                "lookup-events",
                                "--lookup-attributes",
                                "AttributeKey=Username,AttributeValue=eve")
                        .output())
                .contains("AccessDenied");
        itAssumesARole(root, eve);
    }

    private void itAssumesARole(Map<String, String> root, Map<String, String> eve) throws Exception {
        assertThat(aws(
                                root,
                                "iam",
                                "create-role",
                                "--role-name",
                                "lister",
                                "--assume-role-policy-document",
                                policy("\"Action\":\"sts:AssumeRole\",\"Principal\":{\"AWS\":"
                                        + "\"arn:aws:iam::123456789012:user/eve\"}"))
                        .exit())
                .isZero();
        assertThat(aws(
                                root,
                                "iam",
                                "attach-role-policy",
                                "--role-name",
                                "lister",
                                "--policy-arn",
                                "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")
                        .exit())
                .isZero();
        String[] made = aws(
                        eve,
                        "sts",
                        "assume-role",
                        "--role-arn",
                        "arn:aws:iam::123456789012:role/lister",
                        "--role-session-name",
                        "night",
                        "--query",
                        "Credentials.[AccessKeyId,SecretAccessKey,SessionToken]",
                        "--output",
                        "text")
                .output()
                .strip()
                .split("\\s+");
        Map<String, String> session = new HashMap<>(eve);
        session.put("AWS_ACCESS_KEY_ID", made[0]);
        session.put("AWS_SECRET_ACCESS_KEY", made[1]);
        session.put("AWS_SESSION_TOKEN", made[2]);
        assertThat(aws(session, "s3", "ls").output()).contains("secured-bucket");
        assertThat(aws(session, "secretsmanager", "get-secret-value", "--secret-id", "hers")
                        .output())
                .contains("assumed-role/lister/night is not authorized")
                .doesNotContain("HER-MARKER");
    }

    private static String policy(String statement) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\"," + statement + "}]}";
    }
}
