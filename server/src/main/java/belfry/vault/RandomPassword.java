package belfry.vault;

import belfry.api.secretsmanager.GetRandomPasswordRequest;
import belfry.base.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** GetRandomPassword: every character equally likely, each wanted kind at least once (semantics: secretsmanager-kms.md A5). */
final class RandomPassword {
    private static final int DEFAULT_LENGTH = 32;
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String DIGITS = "0123456789";
    private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    private final Ids ids;

    RandomPassword(Ids ids) {
        this.ids = ids;
    }

    String make(GetRandomPasswordRequest in) {
        List<String> kinds = kinds(in);
        int length = in.passwordLength() == null ? DEFAULT_LENGTH : Math.toIntExact(in.passwordLength());
        boolean each = !Boolean.FALSE.equals(in.requireEachIncludedType());
        if (kinds.isEmpty() || (each && kinds.contains(""))) {
            throw SecretErrors.invalidParameter("The excluded characters leave nothing to choose from.");
        }
        if (each && length < kinds.size()) {
            throw SecretErrors.invalidParameter(
                    "Password length " + length + " is too short based on the required types.");
        }
        List<Character> password = new ArrayList<>();
        if (each) {
            kinds.forEach(kind -> password.add(pick(kind)));
        }
        String all = String.join("", kinds);
        if (all.isEmpty()) {
            throw SecretErrors.invalidParameter("The excluded characters leave nothing to choose from.");
        }
        while (password.size() < length) {
            password.add(pick(all));
        }
        shuffle(password);
        return password.stream().map(String::valueOf).collect(Collectors.joining());
    }

    private static List<String> kinds(GetRandomPasswordRequest in) {
        List<String> kinds = new ArrayList<>();
        add(kinds, in.excludeLowercase(), LOWER);
        add(kinds, in.excludeUppercase(), UPPER);
        add(kinds, in.excludeNumbers(), DIGITS);
        add(kinds, in.excludePunctuation(), PUNCTUATION);
        if (Boolean.TRUE.equals(in.includeSpace())) {
            kinds.add(" ");
        }
        String excluded = in.excludeCharacters() == null ? "" : in.excludeCharacters();
        kinds.replaceAll(kind -> kind.chars()
                .filter(c -> excluded.indexOf(c) < 0)
                .mapToObj(c -> String.valueOf((char) c))
                .collect(Collectors.joining()));
        return kinds;
    }

    private static void add(List<String> kinds, @Nullable Boolean excluded, String kind) {
        if (!Boolean.TRUE.equals(excluded)) {
            kinds.add(kind);
        }
    }

    private char pick(String from) {
        return from.charAt(ids.below(from.length()));
    }

    /** So that the wanted kinds do not stand in front (Fisher and Yates). */
    private void shuffle(List<Character> password) {
        for (int i = password.size() - 1; i > 0; i--) {
            int j = ids.below(i + 1);
            Character swapped = password.set(i, password.get(j));
            password.set(j, swapped);
        }
    }
}
