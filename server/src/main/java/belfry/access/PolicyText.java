package belfry.access;

import belfry.base.Arn;
import belfry.store.Tx;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Policy documents on their way in and out of IAM. */
final class PolicyText {
    private PolicyText() {}

    static void checkIdentity(String text) {
        try {
            var unused = PolicyShape.IDENTITY.read(text);
        } catch (IllegalArgumentException e) {
            throw IamErrors.malformed(String.valueOf(e.getMessage()));
        }
    }

    /** A trust policy may name only users and roles that exist, as far as this account can tell. */
    static void checkTrust(Tx tx, String account, String text) {
        try {
            PolicyShape.TRUST.read(text).statements().stream()
                    .flatMap(statement -> statement.principal().stream())
                    .flatMap(principal -> principal.aws().stream())
                    .filter(name -> !exists(tx, account, name))
                    .findFirst()
                    .ifPresent(name -> {
                        throw IamErrors.malformed("Invalid principal in policy: \"AWS\":\"" + name + "\"");
                    });
        } catch (IllegalArgumentException e) {
            throw IamErrors.malformed(String.valueOf(e.getMessage()));
        }
    }

    /** RFC 3986: clients decode it, and {@code +} would stay a plus sign. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static boolean exists(Tx tx, String account, String name) {
        Optional<Arn> arn = Arn.parse(name)
                .filter(a -> a.service().equals("iam") && a.account().equals(account));
        if (arn.isEmpty()) {
            return true;
        }
        String resource = arn.get().resource();
        for (EntityKind kind : EntityKind.values()) {
            if (resource.startsWith(kind.word() + "/")) {
                String entity = resource.substring(resource.lastIndexOf('/') + 1);
                return EntityTable.find(tx, account, kind, entity)
                        .filter(found -> found.arn().equals(name))
                        .isPresent();
            }
        }
        return true;
    }
}
