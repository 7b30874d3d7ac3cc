package belfry.access;

import static belfry.SecuredServer.allow;
import static belfry.SecuredServer.deny;
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
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.Group;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Groups, boundaries, AWS's own policies, simulations; S3, SNS and SQS at the door. */
class GroupAccessTest {
    @TempDir
    private Path folder;

    private SecuredServer server;
    private IamClient iam;

    @BeforeEach
    void start() {
        server = new SecuredServer(folder);
        iam = server.iam();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private SecretsManagerClient secrets(AwsCredentials credentials) {
        return server.client(SecretsManagerClient.builder(), credentials);
    }

    @Test
    void aGroupsPoliciesAreItsUsers() {
        AwsCredentials alice = server.user("alice");
        iam.createGroup(b -> b.groupName("keepers").path("/team/"));
        iam.attachGroupPolicy(b -> b.groupName("keepers").policyArn("arn:aws:iam::aws:policy/SecretsManagerReadWrite"));
        assertThatThrownBy(() -> secrets(alice).createSecret(b -> b.name("x").secretString("v")))
                .hasMessageContaining("secretsmanager:CreateSecret on resource: x because");
        iam.addUserToGroup(b -> b.groupName("keepers").userName("alice"));
        assertThat(secrets(alice)
                        .createSecret(b -> b.name("x").secretString("v"))
                        .name())
                .isEqualTo("x");
        assertThat(iam.listGroupsForUser(b -> b.userName("alice")).groups())
                .extracting(Group::arn)
                .containsExactly("arn:aws:iam::123456789012:group/team/keepers");
        assertThatThrownBy(() -> iam.deleteGroup(b -> b.groupName("keepers")))
                .isInstanceOf(DeleteConflictException.class);
        iam.updateUser(b -> b.userName("alice").newUserName("alicia"));
        assertThat(secrets(alice).listSecrets(b -> {}).secretList()).hasSize(1);
        iam.removeUserFromGroup(b -> b.groupName("keepers").userName("alicia"));
        assertThatThrownBy(() -> secrets(alice).listSecrets(b -> {}))
                .hasMessageContaining("User: arn:aws:iam::123456789012:user/alicia is not authorized");
        assertThatThrownBy(() -> iam.createPolicyVersion(b ->
                        b.policyArn("arn:aws:iam::aws:policy/ReadOnlyAccess").policyDocument(policy(allow("*", "*")))))
                .hasMessageContaining("cannot be changed");
    }

    @Test
    void aBoundaryBounds() {
        AwsCredentials bob = server.user("bob", allow("secretsmanager:*", "*"));
        String boundary = iam.createPolicy(
                        b -> b.policyName("edge").policyDocument(policy(allow("secretsmanager:ListSecrets", "*"))))
                .policy()
                .arn();
        iam.putUserPermissionsBoundary(b -> b.userName("bob").permissionsBoundary(boundary));
        assertThat(secrets(bob).listSecrets(b -> {}).secretList()).isEmpty();
        assertThatThrownBy(() -> secrets(bob).getRandomPassword(b -> {}))
                .hasMessageContaining(
                        "because no permissions boundary allows the secretsmanager:GetRandomPassword action");
        iam.deleteUserPermissionsBoundary(b -> b.userName("bob"));
        assertThat(secrets(bob).getRandomPassword(b -> {}).randomPassword()).hasSize(32);
    }

    @Test
    void simulationsAskTheSameEvaluation() {
        var unused = server.user("carol", allow("s3:*", "*"), deny("s3:DeleteBucket", "*"));
        List<EvaluationResult> results = iam.simulatePrincipalPolicy(
                        b -> b.policySourceArn("arn:aws:iam::123456789012:user/carol")
                                .actionNames("s3:GetObject", "s3:DeleteBucket", "kms:Decrypt"))
                .evaluationResults();
        assertThat(results)
                .extracting(EvaluationResult::evalDecision)
                .containsExactly(
                        PolicyEvaluationDecisionType.ALLOWED,
                        PolicyEvaluationDecisionType.EXPLICIT_DENY,
                        PolicyEvaluationDecisionType.IMPLICIT_DENY);
        assertThat(results.getFirst().matchedStatements().getFirst().sourcePolicyId())
                .isEqualTo("user_carol_own");
        assertThat(iam.getContextKeysForCustomPolicy(
                                b -> b.policyInputList(policy(allow("s3:*", "arn:aws:s3:::${aws:username}/*"))))
                        .contextKeyNames())
                .containsExactly("aws:username");
    }

    @Test
    void bucketsObjectsAndWhatIsMissing() {
        S3Client root = server.s3(server.root());
        root.createBucket(b -> b.bucket("door"));
        root.putObject(b -> b.bucket("door").key("dave/a"), RequestBody.fromString("A"));
        root.putObject(b -> b.bucket("door").key("other"), RequestBody.fromString("O"));
        S3Client dave = server.s3(server.user(
                "dave",
                allow("s3:GetObject", "arn:aws:s3:::door/${aws:username}/*"),
                allow("s3:DeleteObject", "arn:aws:s3:::door/dave/*")));
        assertThat(dave.getObjectAsBytes(b -> b.bucket("door").key("dave/a")).asUtf8String())
                .isEqualTo("A");
        assertThatThrownBy(() -> dave.getObjectAsBytes(b -> b.bucket("door").key("other")))
                .isInstanceOfSatisfying(S3Exception.class, e -> {
                    assertThat(e.statusCode()).isEqualTo(403);
                    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
                    assertThat(e.awsErrorDetails().errorMessage())
                            .isEqualTo("User: arn:aws:iam::123456789012:user/dave is not authorized to perform:"
                                    + " s3:GetObject on resource: \"arn:aws:s3:::door/other\" because no identity-based"
                                    + " policy allows the s3:GetObject action");
                });
        assertThatThrownBy(() -> dave.getObjectAsBytes(b -> b.bucket("door").key("dave/missing")))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
        var deleted = dave.deleteObjects(b -> b.bucket("door")
                .delete(d -> d.objects(
                        ObjectIdentifier.builder().key("dave/a").build(),
                        ObjectIdentifier.builder().key("other").build())));
        assertThat(deleted.deleted())
                .singleElement()
                .satisfies(d -> assertThat(d.key()).isEqualTo("dave/a"));
        assertThat(deleted.errors())
                .singleElement()
                .satisfies(e -> assertThat(e.code()).isEqualTo("AccessDenied"));
        root.putBucketPolicy(b -> b.bucket("door")
                .policy(policy("{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:*\","
                        + "\"Resource\":[\"arn:aws:s3:::door\",\"arn:aws:s3:::door/*\"]}")));
        assertThatThrownBy(() -> root.getObjectAsBytes(b -> b.bucket("door").key("other")))
                .hasMessageContaining("with an explicit deny in a resource-based policy");
        root.deleteBucketPolicy(b -> b.bucket("door"));
        assertThat(root.getObjectAsBytes(b -> b.bucket("door").key("other")).asUtf8String())
                .isEqualTo("O");
    }

    @Test
    void topicsAndQueuesAnswerInTheirOwnWords() {
        String topic = server.client(SnsClient.builder(), server.root())
                .createTopic(b -> b.name("t"))
                .topicArn();
        String queue = server.client(SqsClient.builder(), server.root())
                .createQueue(b -> b.queueName("q"))
                .queueUrl();
        AwsCredentials erin = server.user("erin");
        assertThatThrownBy(() -> server.client(SnsClient.builder(), erin)
                        .publish(b -> b.topicArn(topic).message("m")))
                .hasMessageContaining("is not authorized to perform: SNS:Publish on resource: " + topic
                        + " because no identity-based policy allows the SNS:Publish action");
        assertThatThrownBy(() -> server.client(SqsClient.builder(), erin)
                        .sendMessage(b -> b.queueUrl(queue).messageBody("m")))
                .hasMessageContaining("is not authorized to perform: sqs:sendmessage on resource:"
                        + " arn:aws:sqs:us-east-1:123456789012:q because no identity-based policy allows the"
                        + " sqs:sendmessage action");
    }
}
