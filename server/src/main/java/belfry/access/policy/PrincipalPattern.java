package belfry.access.policy;

import java.util.Set;

/**
 * A statement's {@code Principal}: whom it speaks of. {@code "*"} is everyone, services and anonymous requests included.
 *
 * @param aws accounts, root ARNs, user, role and session ARNs
 * @param services service principals
 * @param others federated providers and canonical users: kept, and never matched, for Belfry has none
 */
public record PrincipalPattern(boolean everyone, Set<String> aws, Set<String> services, Set<String> others) {
    public PrincipalPattern {
        aws = Set.copyOf(aws);
        services = Set.copyOf(services);
        others = Set.copyOf(others);
    }

    /** Whether it names this principal, be it by its account. */
    boolean matches(PolicyPrincipal principal) {
        return everyone
                || switch (principal) {
                    case PolicyPrincipal.Service service -> services.contains(service.name());
                    case PolicyPrincipal.Identity identity -> matches(identity);
                    case PolicyPrincipal.Anonymous anonymous -> false;
                };
    }

    private boolean matches(PolicyPrincipal.Identity identity) {
        return aws.contains(identity.arn())
                || (identity.roleArn() != null && aws.contains(identity.roleArn()))
                || aws.stream()
                        .anyMatch(name -> ArnPattern.wholeAccount(name)
                                .filter(identity.account()::equals)
                                .isPresent());
    }
}
