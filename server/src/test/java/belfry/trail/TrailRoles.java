package belfry.trail;

import software.amazon.awssdk.services.iam.IamClient;

/** The role by which CloudTrail writes into a log group, as the tutorials make it. */
public final class TrailRoles {
    private TrailRoles() {}

    /** Makes the role and returns its ARN. */
    public static String create(IamClient iam, String name) {
        String arn = iam.createRole(r -> r.roleName(name).assumeRolePolicyDocument("""
                                {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                                 "Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"sts:AssumeRole"}]}"""))
                .role()
                .arn();
        iam.putRolePolicy(r -> r.roleName(name).policyName("write-logs").policyDocument("""
                        {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                         "Action":["logs:CreateLogStream","logs:PutLogEvents"],"Resource":"*"}]}"""));
        return arn;
    }
}
