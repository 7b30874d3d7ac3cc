package belfry.gateway;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Who calls, as CloudTrail's {@code userIdentity} will name them (semantics: cloudtrail.md §1.3). */
public sealed interface Principal {
    /** The account that the principal belongs to. */
    String account();

    /** The principal's ARN, as policies and mails name it. */
    String arn();

    /** The access key that signed the call. */
    String accessKeyId();

    /** The account itself. */
    record Root(String account, String accessKeyId) implements Principal {
        @Override
        public String arn() {
            return "arn:aws:iam::" + account + ":root";
        }
    }

    /**
     * An IAM user.
     *
     * @param userId the unique id, {@code AIDA…}
     * @param path begins and ends with a slash
     * @param sessionStart when temporary credentials were made; null for a lasting key
     */
    record IamUser(
            String account,
            String accessKeyId,
            String userName,
            String userId,
            String path,
            @Nullable Instant sessionStart)
            implements Principal {
        /** A user with a lasting key. */
        public IamUser(String account, String accessKeyId, String userName, String userId, String path) {
            this(account, accessKeyId, userName, userId, path, null);
        }

        @Override
        public String arn() {
            return "arn:aws:iam::" + account + ":user" + path + userName;
        }
    }

    /**
     * A session of a role.
     *
     * @param roleId the role's unique id, {@code AROA…}
     * @param roleArn the role's own ARN, path included
     */
    record AssumedRole(
            String account,
            String accessKeyId,
            String roleName,
            String roleId,
            String roleArn,
            String sessionName,
            Instant sessionStart)
            implements Principal {
        @Override
        public String arn() {
            return "arn:aws:sts::" + account + ":assumed-role/" + roleName + "/" + sessionName;
        }
    }

    /** Nobody who signed: a link in a mail was followed. */
    record Anonymous(String account) implements Principal {
        @Override
        public String arn() {
            return "anonymous";
        }

        @Override
        public String accessKeyId() {
            return "";
        }
    }
}
