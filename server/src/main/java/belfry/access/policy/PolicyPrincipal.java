package belfry.access.policy;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who makes the request that a policy is asked about. */
public sealed interface PolicyPrincipal {
    /**
     * An AWS service acting on its own, for example {@code cloudtrail.amazonaws.com}.
     *
     * @param name the service principal's full name
     */
    record Service(String name) implements PolicyPrincipal {
        public Service {
            Objects.requireNonNull(name);
        }
    }

    /**
     * A user, a role's session or an account's root.
     *
     * @param account twelve digits
     * @param arn the user's, session's or root's ARN
     * @param roleArn the ARN of the session's role; null for users and root
     */
    record Identity(String account, String arn, @Nullable String roleArn) implements PolicyPrincipal {
        public Identity {
            Objects.requireNonNull(account);
            Objects.requireNonNull(arn);
        }

        /** A user or a root. */
        public Identity(String account, String arn) {
            this(account, arn, null);
        }
    }

    /** A request without credentials. */
    record Anonymous() implements PolicyPrincipal {}
}
