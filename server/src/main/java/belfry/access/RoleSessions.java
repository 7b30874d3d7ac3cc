package belfry.access;

import belfry.api.sts.AssumeRoleRequest;
import belfry.api.sts.AssumeRoleResponse;
import belfry.api.sts.AssumedRoleUser;
import belfry.api.sts.PolicyDescriptorType;
import belfry.api.sts.Tag;
import belfry.base.Arn;
import belfry.gateway.Call;
import belfry.gateway.Principal;
import belfry.store.Tx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** AssumeRole. Whether the caller may, by the role's trust policy and its own, has been asked before. */
final class RoleSessions {
    private static final int DEFAULT_SECONDS = 3_600;
    private static final int CHAINED_MAX_SECONDS = 3_600;
    private static final int POLICIES_MAX = 10;
    private static final int TAGS_MAX = 50;

    private final Sessions sessions;

    RoleSessions(Sessions sessions) {
        this.sessions = sessions;
    }

    AssumeRoleResponse assume(Tx tx, AssumeRoleRequest in, Call call) {
        requireSupported(in);
        if (Arn.parse(in.roleArn()).isEmpty()) {
            throw StsErrors.validation(in.roleArn() + " is invalid");
        }
        if (call.principal() instanceof Principal.Root) {
            throw StsErrors.denied("Roles may not be assumed by root accounts.");
        }
        Entity role = GuardedIam.byArn(tx, in.roleArn())
                .orElseThrow(() -> StsErrors.denied("User: " + call.principal().arn()
                        + " is not authorized to perform: sts:AssumeRole on resource: " + in.roleArn()));
        Duration lifetime = Duration.ofSeconds(seconds(role, in.durationSeconds(), call));
        Sessions.Holder holder = new Sessions.Holder(
                role.account(),
                "role",
                role.name(),
                role.uniqueId(),
                in.roleSessionName(),
                policies(tx, role.account(), in),
                tags(in.tags()));
        Sessions.Made made = sessions.make(tx, holder, lifetime, call.now());
        call.touches("AWS::IAM::Role", role.arn());
        return new AssumeRoleResponse()
                .credentials(UserSessions.shown(made))
                .assumedRoleUser(new AssumedRoleUser()
                        .assumedRoleId(role.uniqueId() + ":" + in.roleSessionName())
                        .arn("arn:aws:sts::" + role.account() + ":assumed-role/" + role.name() + "/"
                                + in.roleSessionName()));
    }

    private static int seconds(Entity role, @Nullable Integer asked, Call call) {
        int seconds = asked == null ? DEFAULT_SECONDS : asked;
        if (call.principal() instanceof Principal.AssumedRole && seconds > CHAINED_MAX_SECONDS) {
            throw StsErrors.validation("The requested DurationSeconds exceeds the 1 hour session limit for roles"
                    + " assumed by role chaining.");
        }
        if (seconds > Objects.requireNonNull(role.maxSession())) {
            throw StsErrors.validation(
                    "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        }
        return seconds;
    }

    /** What the session is narrowed to: the given policy and managed ones, together. */
    private static List<String> policies(Tx tx, String account, AssumeRoleRequest in) {
        List<String> texts = new ArrayList<>();
        if (in.policy() != null) {
            try {
                var unused = PolicyShape.IDENTITY.read(in.policy());
            } catch (IllegalArgumentException e) {
                throw StsErrors.malformedPolicy(String.valueOf(e.getMessage()));
            }
            texts.add(in.policy());
        }
        List<PolicyDescriptorType> arns = in.policyArns() == null ? List.of() : in.policyArns();
        if (arns.size() > POLICIES_MAX) {
            throw StsErrors.validation("A session takes at most " + POLICIES_MAX + " managed policies.");
        }
        arns.forEach(policy -> texts.add(ManagedTable.document(tx, account, Objects.requireNonNull(policy.arn()))));
        return texts;
    }

    private static Map<String, String> tags(@Nullable List<Tag> given) {
        Map<String, String> tags = new LinkedHashMap<>();
        if (given != null) {
            given.forEach(tag -> tags.put(tag.key(), tag.value()));
        }
        if (tags.size() > TAGS_MAX) {
            throw StsErrors.validation("A session has at most " + TAGS_MAX + " tags.");
        }
        return tags;
    }

    private static void requireSupported(AssumeRoleRequest in) {
        if (in.serialNumber() != null || in.tokenCode() != null) {
            throw StsErrors.denied("MultiFactorAuthentication failed: Belfry has no MFA devices.");
        }
        if (in.sourceIdentity() != null
                || (in.transitiveTagKeys() != null && !in.transitiveTagKeys().isEmpty())
                || (in.providedContexts() != null && !in.providedContexts().isEmpty())) {
            throw StsErrors.validation(
                    "Belfry has no source identities, transitive tags or provided contexts: leave them out.");
        }
    }
}
