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
        return reach(principal) != Reach.NONE;
    }

    /** How closely it names this principal. */
    Reach reach(PolicyPrincipal principal) {
        return switch (principal) {
            case PolicyPrincipal.Service service ->
                everyone || services.contains(service.name()) ? Reach.PRINCIPAL : Reach.NONE;
            case PolicyPrincipal.Identity identity -> reach(identity);
            case PolicyPrincipal.Anonymous anonymous -> everyone ? Reach.PRINCIPAL : Reach.NONE;
        };
    }

    private Reach reach(PolicyPrincipal.Identity identity) {
        if (everyone || aws.contains(identity.arn())) {
            return Reach.PRINCIPAL;
        }
        if (identity.roleArn() != null && aws.contains(identity.roleArn())) {
            return Reach.ROLE;
        }
        boolean account = aws.stream()
                .map(ArnPattern::wholeAccount)
                .anyMatch(whole -> whole.filter(identity.account()::equals).isPresent());
        return account ? Reach.ACCOUNT : Reach.NONE;
    }
}
