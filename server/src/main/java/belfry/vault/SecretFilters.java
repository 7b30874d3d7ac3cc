package belfry.vault;

import belfry.api.secretsmanager.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The filters of ListSecrets and BatchGetSecretValue: all filters must hold, of a filter's values one must; a value that
 * begins with {@code !} must not (semantics: secretsmanager-kms.md A5).
 */
final class SecretFilters {
    private static final int VALUES_MAX = 10;
    private static final Pattern WORD_BREAK = Pattern.compile("[^\\p{L}\\p{N}]+");

    private SecretFilters() {}

    static Predicate<Secret> of(@Nullable List<Filter> filters) {
        Predicate<Secret> all = secret -> true;
        for (Filter filter : filters == null ? List.<Filter>of() : filters) {
            all = all.and(one(filter));
        }
        return all;
    }

    private static Predicate<Secret> one(Filter filter) {
        if (filter.key() == null || filter.values() == null || filter.values().isEmpty()) {
            throw SecretErrors.invalidParameter("Invalid filter: a filter needs a key and at least one value.");
        }
        if (filter.values().size() > VALUES_MAX) {
            throw SecretErrors.invalidParameter("Invalid filter: at most " + VALUES_MAX + " values.");
        }
        Predicate<Secret> any = secret -> false;
        for (String value : filter.values()) {
            boolean negated = value.startsWith("!");
            Predicate<Secret> matches = matcher(filter.key(), negated ? value.substring(1) : value);
            any = any.or(negated ? matches.negate() : matches);
        }
        return any;
    }

    private static Predicate<Secret> matcher(String key, String value) {
        return switch (key) {
            case "name" -> secret -> secret.name().startsWith(value);
            case "description" -> secret -> lower(secret.description()).startsWith(lower(value));
            case "tag-key" ->
                secret -> Tags.read(secret.tags()).keySet().stream().anyMatch(k -> k.startsWith(value));
            case "tag-value" ->
                secret -> Tags.read(secret.tags()).values().stream().anyMatch(v -> v.startsWith(value));
            // No secret here is replicated or owned by another service, so there is nothing these could match.
            case "primary-region", "owning-service" -> secret -> false;
            case "all" -> secret -> wordsIn(secret, value);
            default -> throw SecretErrors.invalidParameter("Invalid filter key: " + key);
        };
    }

    /** Each word of the value must begin a word of the name, the description or a tag. */
    private static boolean wordsIn(Secret secret, String value) {
        List<String> texts = new ArrayList<>(List.of(secret.name(), lower(secret.description())));
        Map<String, String> tags = Tags.read(secret.tags());
        texts.addAll(tags.keySet());
        texts.addAll(tags.values());
        List<String> words = texts.stream().flatMap(SecretFilters::words).toList();
        return words(value).allMatch(word -> words.stream().anyMatch(w -> w.startsWith(word)));
    }

    private static Stream<String> words(String text) {
        return WORD_BREAK.splitAsStream(lower(text)).filter(word -> !word.isEmpty());
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
