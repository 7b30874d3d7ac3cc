package belfry.trail;

import belfry.gateway.Principal;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** A record's {@code userIdentity} (semantics: cloudtrail.md §1.3). */
final class Identity {
    private Identity() {}

    /** The name by which LookupEvents finds the caller. */
    static String username(Principal principal) {
        return switch (principal) {
            case Principal.Root ignored -> "root";
            case Principal.IamUser user -> user.userName();
            case Principal.AssumedRole role -> role.sessionName();
            case Principal.Anonymous nobody -> nobody.arn();
        };
    }

    /**
     * Writes the identity.
     *
     * @param invokedBy the service that made the call with the caller's permissions, or null; then the session that this
     *     takes is shown too
     */
    static void write(JsonGenerator out, Principal principal, @Nullable String invokedBy, Instant at)
            throws IOException {
        out.writeStartObject();
        switch (principal) {
            case Principal.Root root -> {
                head(out, "Root", root.account(), root);
                forwarded(out, invokedBy, at);
            }
            case Principal.IamUser user -> {
                head(out, "IAMUser", user.userId(), user);
                out.writeStringField("userName", user.userName());
                if (user.sessionStart() != null) {
                    out.writeObjectFieldStart("sessionContext");
                    attributes(out, user.sessionStart());
                    out.writeEndObject();
                } else {
                    forwarded(out, invokedBy, at);
                }
            }
            case Principal.AssumedRole role -> {
                head(out, "AssumedRole", role.roleId() + ":" + role.sessionName(), role);
                roleSession(out, role);
            }
            case Principal.Anonymous nobody -> {
                out.writeStringField("type", "AWSAccount");
                out.writeStringField("principalId", "");
                out.writeStringField("accountId", "ANONYMOUS_PRINCIPAL");
            }
        }
        if (invokedBy != null) {
            out.writeStringField("invokedBy", invokedBy);
        }
        out.writeEndObject();
    }

    private static void head(JsonGenerator out, String type, String principalId, Principal principal)
            throws IOException {
        out.writeStringField("type", type);
        out.writeStringField("principalId", principalId);
        out.writeStringField("arn", principal.arn());
        out.writeStringField("accountId", principal.account());
        out.writeStringField("accessKeyId", principal.accessKeyId());
    }

    private static void forwarded(JsonGenerator out, @Nullable String invokedBy, Instant at) throws IOException {
        if (invokedBy != null) {
            out.writeObjectFieldStart("sessionContext");
            out.writeObjectFieldStart("sessionIssuer");
            out.writeEndObject();
            attributes(out, at);
            out.writeEndObject();
        }
    }

    private static void roleSession(JsonGenerator out, Principal.AssumedRole role) throws IOException {
        out.writeObjectFieldStart("sessionContext");
        out.writeObjectFieldStart("sessionIssuer");
        out.writeStringField("type", "Role");
        out.writeStringField("principalId", role.roleId());
        out.writeStringField("arn", role.roleArn());
        out.writeStringField("accountId", role.account());
        out.writeStringField("userName", role.roleName());
        out.writeEndObject();
        attributes(out, role.sessionStart());
        out.writeEndObject();
    }

    private static void attributes(JsonGenerator out, Instant created) throws IOException {
        out.writeObjectFieldStart("webIdFederationData");
        out.writeEndObject();
        out.writeObjectFieldStart("attributes");
        out.writeStringField(
                "creationDate", created.truncatedTo(ChronoUnit.SECONDS).toString());
        out.writeStringField("mfaAuthenticated", "false");
        out.writeEndObject();
    }
}
