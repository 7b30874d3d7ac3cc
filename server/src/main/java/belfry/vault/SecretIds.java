package belfry.vault;

import belfry.base.Arn;
import belfry.store.Tx;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What callers may write where a secret is asked for: its name, its ARN, or its ARN without the random suffix. A name that
 * itself ends in a hyphen and six characters is taken for a whole ARN first (semantics: secretsmanager-kms.md A1).
 */
final class SecretIds {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9/_+=.@!-]{1,512}");
    private static final String RESOURCE = "secret:";

    private SecretIds() {}

    static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw SecretErrors.invalidName();
        }
    }

    /** The secret, even if it is marked for deletion. */
    static Secret any(Tx tx, Place place, String typed) {
        return lookUp(tx, place, typed).orElseThrow(SecretErrors::notFound);
    }

    /** The secret, which must not be marked for deletion. */
    static Secret live(Tx tx, Place place, String typed) {
        Secret secret = any(tx, place, typed);
        if (secret.marked()) {
            throw SecretErrors.markedForDeletion();
        }
        return secret;
    }

    static Optional<Secret> lookUp(Tx tx, Place place, String typed) {
        if (!typed.startsWith("arn:")) {
            checkName(typed);
            return SecretTable.find(tx, place, typed);
        }
        Arn arn = Arn.parse(typed)
                .filter(a ->
                        a.service().equals("secretsmanager") && a.resource().startsWith(RESOURCE))
                .orElseThrow(SecretErrors::invalidName);
        String rest = arn.resource().substring(RESOURCE.length());
        checkName(rest);
        if (!place.holds(arn)) {
            return Optional.empty();
        }
        return whole(tx, place, rest).or(() -> SecretTable.find(tx, place, rest));
    }

    /** The name in what was typed, for answers about secrets that do not exist. */
    static String nameIn(String typed) {
        return typed.substring(typed.lastIndexOf(':') + 1);
    }

    private static Optional<Secret> whole(Tx tx, Place place, String rest) {
        int cut = rest.length() - Secret.SUFFIX_LENGTH - 1;
        if (cut < 1 || rest.charAt(cut) != '-') {
            return Optional.empty();
        }
        String suffix = rest.substring(cut + 1);
        return SecretTable.find(tx, place, rest.substring(0, cut))
                .filter(secret -> secret.suffix().equals(suffix));
    }
}
