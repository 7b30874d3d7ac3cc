package belfry.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.TestServer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.sts.StsClient;

class IamTest {
    private static final String TRUST =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
                    + "{\"Service\":\"cloudtrail.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}";
    private static final String LOGS = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":"
            + "[\"logs:CreateLogStream\",\"logs:PutLogEvents\"],\"Resource\":\"arn:aws:logs:*:*:log-group:a b+c:*\"}]}";

    private TestServer server;
    private IamClient iam;

    @BeforeEach
    void start() {
        server = TestServer.start();
        iam = server.client(IamClient.builder());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Role createRole(String name) {
        return iam.createRole(r -> r.roleName(name).assumeRolePolicyDocument(TRUST))
                .role();
    }

    private static void refused(ThrowingCallable call, int status, String code, String message) {
        assertThatThrownBy(call).isInstanceOfSatisfying(AwsServiceException.class, e -> {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(e.awsErrorDetails().errorMessage()).isEqualTo(message);
            assertThat(e.statusCode()).isEqualTo(status);
        });
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    @Test
    void aRoleComesBackAsItWasMade() {
        Role made = iam.createRole(r -> r.roleName("Trail")
                        .path("/service/")
                        .description("for the trail")
                        .assumeRolePolicyDocument(TRUST)
                        .tags(tag("team", "blue")))
                .role();
        assertThat(made.arn()).isEqualTo("arn:aws:iam::" + TestServer.ACCOUNT + ":role/service/Trail");
        assertThat(made.roleId()).matches("AROA[A-Z2-7]{17}");
        Role read = iam.getRole(r -> r.roleName("Trail")).role();
        assertThat(read.roleId()).isEqualTo(made.roleId());
        assertThat(read.maxSessionDuration()).isEqualTo(3600);
        assertThat(read.assumeRolePolicyDocument()).startsWith("%7B%22Version%22");
        assertThat(decoded(read.assumeRolePolicyDocument())).isEqualTo(TRUST);
        assertThat(read.tags()).containsExactly(tag("team", "blue"));
        iam.updateRole(r -> r.roleName("Trail").maxSessionDuration(7200));
        assertThat(iam.getRole(r -> r.roleName("Trail")).role().description()).isEqualTo("for the trail");
        assertThat(iam.listInstanceProfilesForRole(r -> r.roleName("Trail")).instanceProfiles())
                .isEmpty();
        refused(() -> createRole("TRAIL"), 409, "EntityAlreadyExists", "Role with name TRAIL already exists.");
        refused(
                () -> iam.getRole(r -> r.roleName("nobody")),
                404,
                "NoSuchEntity",
                "The role with name nobody cannot be found.");
    }

    @Test
    void inlinePoliciesAreUrlEncodedAndHoldUpTheirRole() {
        createRole("Trail");
        iam.putRolePolicy(r -> r.roleName("Trail").policyName("logs").policyDocument(LOGS));
        var read = iam.getRolePolicy(r -> r.roleName("Trail").policyName("logs"));
        assertThat(read.policyDocument()).contains("a%20b%2Bc").doesNotContain("+");
        assertThat(decoded(read.policyDocument())).isEqualTo(LOGS);
        assertThat(iam.listRolePolicies(r -> r.roleName("Trail")).policyNames()).containsExactly("logs");
        refused(
                () -> iam.deleteRole(r -> r.roleName("Trail")),
                409,
                "DeleteConflict",
                "Cannot delete entity, must delete policies first.");
        iam.deleteRolePolicy(r -> r.roleName("Trail").policyName("logs"));
        refused(
                () -> iam.getRolePolicy(r -> r.roleName("Trail").policyName("logs")),
                404,
                "NoSuchEntity",
                "The role policy with name logs cannot be found.");
        iam.deleteRole(r -> r.roleName("Trail"));
        assertThat(iam.listRoles().roles()).isEmpty();
    }

    @Test
    void malformedPoliciesAreRefused() {
        createRole("Trail");
        refused(
                () -> iam.putRolePolicy(r -> r.roleName("Trail").policyName("p").policyDocument("{")),
                400,
                "MalformedPolicyDocument",
                "Syntax errors in policy.");
        refused(
                () -> iam.putRolePolicy(r -> r.roleName("Trail").policyName("p").policyDocument(TRUST)),
                400,
                "MalformedPolicyDocument",
                "Policy statement must contain resources.");
        refused(
                () -> iam.updateAssumeRolePolicy(r -> r.roleName("Trail").policyDocument(LOGS)),
                400,
                "MalformedPolicyDocument",
                "Missing required field Principal");
        String user = "arn:aws:iam::" + TestServer.ACCOUNT + ":user/nobody";
        String named = TRUST.replace("{\"Service\":\"cloudtrail.amazonaws.com\"}", "{\"AWS\":\"" + user + "\"}");
        refused(
                () -> iam.updateAssumeRolePolicy(r -> r.roleName("Trail").policyDocument(named)),
                400,
                "MalformedPolicyDocument",
                "Invalid principal in policy: \"AWS\":\"" + user + "\"");
        iam.createUser(r -> r.userName("nobody"));
        iam.updateAssumeRolePolicy(r -> r.roleName("Trail").policyDocument(named));
    }

    @Test
    void managedPoliciesHaveVersionsAndAttachments() {
        iam.createUser(r -> r.userName("ann"));
        String arn = iam.createPolicy(r -> r.policyName("reader").policyDocument(LOGS))
                .policy()
                .arn();
        iam.attachUserPolicy(r -> r.userName("ann").policyArn(arn));
        assertThat(iam.listAttachedUserPolicies(r -> r.userName("ann")).attachedPolicies())
                .containsExactly(AttachedPolicy.builder()
                        .policyName("reader")
                        .policyArn(arn)
                        .build());
        assertThat(iam.getPolicy(r -> r.policyArn(arn)).policy().attachmentCount())
                .isEqualTo(1);
        refused(
                () -> iam.deletePolicy(r -> r.policyArn(arn)),
                409,
                "DeleteConflict",
                "Cannot delete a policy attached to entities.");
        refused(
                () -> iam.deleteUser(r -> r.userName("ann")),
                409,
                "DeleteConflict",
                "Cannot delete entity, must detach all policies first.");
        iam.createPolicyVersion(r -> r.policyArn(arn).policyDocument(LOGS).setAsDefault(true));
        assertThat(iam.getPolicy(r -> r.policyArn(arn)).policy().defaultVersionId())
                .isEqualTo("v2");
        assertThat(decoded(iam.getPolicyVersion(r -> r.policyArn(arn).versionId("v1"))
                        .policyVersion()
                        .document()))
                .isEqualTo(LOGS);
        iam.deletePolicyVersion(r -> r.policyArn(arn).versionId("v1"));
        iam.detachUserPolicy(r -> r.userName("ann").policyArn(arn));
        iam.deletePolicy(r -> r.policyArn(arn));
        iam.deleteUser(r -> r.userName("ann"));
        assertThat(iam.listPolicies(r -> r.scope("Local")).policies()).isEmpty();
        refused(() -> iam.getPolicy(r -> r.policyArn(arn)), 404, "NoSuchEntity", "Policy " + arn + " was not found.");
    }

    @Test
    void accessKeysShowTheirSecretOnce() {
        iam.createUser(r -> r.userName("ann"));
        AccessKey made = iam.createAccessKey(r -> r.userName("ann")).accessKey();
        assertThat(made.accessKeyId()).matches("AKIA[A-Z2-7]{16}");
        assertThat(made.secretAccessKey()).hasSize(40);
        iam.updateAccessKey(
                r -> r.userName("ann").accessKeyId(made.accessKeyId()).status("Inactive"));
        assertThat(iam.listAccessKeys(r -> r.userName("ann")).accessKeyMetadata())
                .singleElement()
                .satisfies(key -> assertThat(key.statusAsString()).isEqualTo("Inactive"));
        iam.createAccessKey(r -> r.userName("ann"));
        refused(
                () -> iam.createAccessKey(r -> r.userName("ann")),
                409,
                "LimitExceeded",
                "Cannot exceed quota for AccessKeysPerUser: 2");
        iam.deleteAccessKey(r -> r.userName("ann").accessKeyId(made.accessKeyId()));
        refused(
                () -> iam.deleteAccessKey(r -> r.userName("ann").accessKeyId(made.accessKeyId())),
                404,
                "NoSuchEntity",
                "The Access Key with id " + made.accessKeyId() + " cannot be found.");
    }

    @Test
    void listsArePagedAndTagsCome() {
        for (String name : List.of("a", "b", "c")) {
            iam.createUser(r -> r.userName(name));
        }
        assertThat(iam.listUsersPaginator(r -> r.maxItems(2)).users())
                .extracting(user -> user.userName())
                .containsExactly("a", "b", "c");
        iam.tagUser(r -> r.userName("a").tags(tag("x", "1"), tag("y", "2")));
        iam.untagUser(r -> r.userName("a").tagKeys("x"));
        assertThat(iam.listUserTags(r -> r.userName("a")).tags()).containsExactly(tag("y", "2"));
        assertThat(iam.listMFADevices(r -> r.userName("a")).mfaDevices()).isEmpty();
        refused(
                () -> iam.deleteLoginProfile(r -> r.userName("a")),
                404,
                "NoSuchEntity",
                "Login Profile for User a cannot be found.");
    }

    @Test
    void theCallerLearnsWhoItIs() {
        var me = server.client(StsClient.builder(), "mallory").getCallerIdentity();
        assertThat(me.arn()).isEqualTo("arn:aws:iam::" + TestServer.ACCOUNT + ":user/mallory");
        assertThat(me.account()).isEqualTo(TestServer.ACCOUNT);
        assertThat(me.userId()).startsWith("AIDA");
    }
}
