package belfry.tools.doctor;

import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/** The secret is there, and can be read. */
final class SecretCheck implements Check {
    @Override
    public String link() {
        return "secret";
    }

    @Override
    public void look(Chain chain) {
        if (chain.secret().isEmpty()) {
            if (!chain.sdk().secrets.listSecrets(r -> r.maxResults(1)).hasSecretList()) {
                chain.note(
                        this, "There is no secret in this region.", "aws secretsmanager create-secret --name NAME …");
            }
            return;
        }
        String name = chain.secret().get();
        try {
            found(chain, name, chain.sdk().secrets.describeSecret(r -> r.secretId(name)));
        } catch (ResourceNotFoundException e) {
            chain.notReadable();
            chain.broken(
                    this,
                    "There is no secret " + name + " in " + chain.region() + ".",
                    "aws secretsmanager list-secrets --query 'SecretList[].Name'");
        }
    }

    private void found(Chain chain, String name, DescribeSecretResponse secret) {
        if (secret.deletedDate() != null) {
            chain.notReadable();
            chain.broken(
                    this,
                    name + " is marked for deletion, so no read succeeds.",
                    "aws secretsmanager restore-secret --secret-id " + Words.quoted(name));
            return;
        }
        KeyState.of(chain, secret.kmsKeyId())
                .ifPresentOrElse(
                        key -> {
                            chain.notReadable();
                            chain.broken(
                                    this,
                                    "The KMS key of " + name + " is " + key.state() + ", so no read succeeds.",
                                    key.mend());
                        },
                        () -> chain.ok(this, name + " is there."));
    }
}
