package belfry.access;

import static belfry.SecuredServer.allow;
import static belfry.SecuredServer.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.SecuredServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.Event;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttribute;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttributeKey;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Temporary credentials: assumed roles and users' own sessions. */
class SessionAccessTest {
    private static final String MARKER = "SESSION-MARKER-90aa";
    private static final String ROLE = "arn:aws:iam::123456789012:role/ops/reader";

    @TempDir
    private Path folder;

    private SecuredServer server;
    private String secret;

    @BeforeEach
    void start() {
        server = new SecuredServer(folder);
        SecretsManagerClient root = server.client(SecretsManagerClient.builder(), server.root());
        secret = root.createSecret(b -> b.name("s").secretString(MARKER)).arn();
        root.createSecret(b -> b.name("t").secretString(MARKER));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void role(String principal) {
        server.iam()
                .createRole(b -> b.roleName("reader")
                        .path("/ops/")
                        .assumeRolePolicyDocument(policy("{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"" + principal
                                + "\"},\"Action\":\"sts:AssumeRole\"}")));
        server.iam()
                .putRolePolicy(b -> b.roleName("reader")
                        .policyName("read")
                        .policyDocument(policy(allow("secretsmanager:GetSecretValue", "*"))));
    }

    private StsClient sts(AwsCredentials credentials) {
        return server.client(StsClient.builder(), credentials);
    }

    private String read(AwsCredentials credentials, String id) {
        return server.client(SecretsManagerClient.builder(), credentials)
                .getSecretValue(b -> b.secretId(id))
                .secretString();
    }

    private static AwsCredentials of(Credentials made) {
        return AwsSessionCredentials.create(made.accessKeyId(), made.secretAccessKey(), made.sessionToken());
    }

    private static String code(AwsServiceException e) {
        return e.awsErrorDetails().errorCode();
    }

    @Test
    void whomTheRoleTrustsBecomesItsSession() {
        AwsCredentials alice = server.user("alice");
        role("arn:aws:iam::123456789012:user/alice");
        Credentials made = sts(alice)
                .assumeRole(b -> b.roleArn(ROLE).roleSessionName("shift-7"))
                .credentials();
        assertThat(made.accessKeyId()).startsWith("ASIA");
        AwsCredentials session = of(made);
        assertThat(sts(session).getCallerIdentity().arn())
                .isEqualTo("arn:aws:sts::123456789012:assumed-role/reader/shift-7");
        assertThat(read(session, "s")).isEqualTo(MARKER);
        assertThatThrownBy(() -> read(alice, "s")).hasMessageContaining("no identity-based policy");
        assertThatThrownBy(() ->
                        server.client(SecretsManagerClient.builder(), session).deleteSecret(b -> b.secretId("s")))
                .hasMessageContaining("User: arn:aws:sts::123456789012:assumed-role/reader/shift-7 is not authorized");
        List<Event> events = server.client(CloudTrailClient.builder(), server.root())
                .lookupEvents(b -> b.lookupAttributes(LookupAttribute.builder()
                        .attributeKey(LookupAttributeKey.USERNAME)
                        .attributeValue("shift-7")
                        .build()))
                .events();
        assertThat(events)
                .anySatisfy(event -> assertThat(event.cloudTrailEvent())
                        .contains("\"eventName\":\"GetSecretValue\"")
                        .contains("\"type\":\"AssumedRole\"")
                        .contains("\"sessionIssuer\":{\"type\":\"Role\"")
                        .contains("\"arn\":\"" + ROLE + "\""));
    }

    @Test
    void aTrustInTheAccountAsksTheCallersOwnPolicies() {
        role("123456789012");
        AwsCredentials bob = server.user("bob");
        assertThatThrownBy(() -> sts(bob).assumeRole(b -> b.roleArn(ROLE).roleSessionName("x1")))
                .isInstanceOfSatisfying(AwsServiceException.class, e -> {
                    assertThat(e.statusCode()).isEqualTo(403);
                    assertThat(code(e)).isEqualTo("AccessDenied");
                    assertThat(e.awsErrorDetails().errorMessage())
                            .isEqualTo("User: arn:aws:iam::123456789012:user/bob is not authorized to perform:"
                                    + " sts:AssumeRole on resource: " + ROLE);
                });
        server.iam()
                .putUserPolicy(b ->
                        b.userName("bob").policyName("assume").policyDocument(policy(allow("sts:AssumeRole", ROLE))));
        assertThat(sts(bob).assumeRole(b -> b.roleArn(ROLE).roleSessionName("x1"))
                        .assumedRoleUser()
                        .arn())
                .endsWith("assumed-role/reader/x1");
        assertThatThrownBy(() -> sts(bob).assumeRole(
                                b -> b.roleArn(ROLE).roleSessionName("x1").durationSeconds(7200)))
                .hasMessageContaining("exceeds the MaxSessionDuration set for this role");
        assertThatThrownBy(
                        () -> sts(server.root()).assumeRole(b -> b.roleArn(ROLE).roleSessionName("x1")))
                .hasMessageContaining("Roles may not be assumed by root accounts.");
    }

    @Test
    void aSessionPolicyNarrows() {
        AwsCredentials alice = server.user("alice");
        role("arn:aws:iam::123456789012:user/alice");
        AwsCredentials narrowed = of(sts(alice)
                .assumeRole(b -> b.roleArn(ROLE)
                        .roleSessionName("narrow")
                        .policy(policy(allow("secretsmanager:GetSecretValue", secret))))
                .credentials());
        assertThat(read(narrowed, "s")).isEqualTo(MARKER);
        assertThatThrownBy(() -> read(narrowed, "t"))
                .hasMessageContaining("because no session policy allows the secretsmanager:GetSecretValue action");
    }

    @Test
    void anEndedSessionIsRefusedAndAWrongTokenToo() {
        AwsCredentials alice = server.user("alice", allow("secretsmanager:GetSecretValue", "*"));
        Credentials made =
                sts(alice).getSessionToken(b -> b.durationSeconds(900)).credentials();
        assertThat(read(of(made), "s")).isEqualTo(MARKER);
        AwsCredentials tokenless = AwsSessionCredentials.create(made.accessKeyId(), made.secretAccessKey(), "wrong");
        assertThatThrownBy(() -> read(tokenless, "s"))
                .isInstanceOfSatisfying(
                        AwsServiceException.class, e -> assertThat(code(e)).isEqualTo("UnrecognizedClientException"));
        server.belfry().store().change(tx -> tx.update("UPDATE iam_session SET expires_at = 1000"));
        assertThatThrownBy(() -> read(of(made), "s")).isInstanceOfSatisfying(AwsServiceException.class, e -> {
            assertThat(code(e)).isEqualTo("ExpiredTokenException");
            assertThat(e.awsErrorDetails().errorMessage())
                    .isEqualTo("The security token included in the request is expired");
        });
        assertThatThrownBy(() -> server.s3(of(made)).listBuckets())
                .isInstanceOfSatisfying(
                        AwsServiceException.class, e -> assertThat(code(e)).isEqualTo("ExpiredToken"));
    }

    @Test
    void aRoleMadeAnewDoesNotInheritSessions() {
        AwsCredentials alice = server.user("alice");
        role("arn:aws:iam::123456789012:user/alice");
        AwsCredentials session = of(sts(alice)
                .assumeRole(b -> b.roleArn(ROLE).roleSessionName("old"))
                .credentials());
        assertThat(read(session, "s")).isEqualTo(MARKER);
        server.iam().deleteRolePolicy(b -> b.roleName("reader").policyName("read"));
        assertThatThrownBy(() -> read(session, "s")).hasMessageContaining("is not authorized to perform");
        server.iam().deleteRole(b -> b.roleName("reader"));
        role("arn:aws:iam::123456789012:user/alice");
        assertThatThrownBy(() -> read(session, "s")).isInstanceOf(AwsServiceException.class);
    }

    @Test
    void inactiveKeysAreRefusedAndUseIsNoted() {
        AwsCredentials carol = server.user("carol", allow("secretsmanager:GetSecretValue", "*"));
        String id = carol.accessKeyId();
        assertThat(server.iam()
                        .getAccessKeyLastUsed(b -> b.accessKeyId(id))
                        .accessKeyLastUsed()
                        .serviceName())
                .isEqualTo("N/A");
        assertThat(read(carol, "s")).isEqualTo(MARKER);
        var used = server.iam().getAccessKeyLastUsed(b -> b.accessKeyId(id));
        assertThat(used.userName()).isEqualTo("carol");
        assertThat(used.accessKeyLastUsed().serviceName()).isEqualTo("secretsmanager");
        assertThat(used.accessKeyLastUsed().region()).isEqualTo("us-east-1");
        server.iam().updateAccessKey(b -> b.userName("carol").accessKeyId(id).status("Inactive"));
        assertThatThrownBy(() -> read(carol, "s"))
                .isInstanceOfSatisfying(
                        AwsServiceException.class, e -> assertThat(code(e)).isEqualTo("UnrecognizedClientException"));
    }
}
