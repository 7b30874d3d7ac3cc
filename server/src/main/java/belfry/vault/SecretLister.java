package belfry.vault;

import belfry.api.secretsmanager.ListSecretVersionIdsRequest;
import belfry.api.secretsmanager.ListSecretVersionIdsResponse;
import belfry.api.secretsmanager.ListSecretsRequest;
import belfry.api.secretsmanager.ListSecretsResponse;
import belfry.api.secretsmanager.SecretListEntry;
import belfry.api.secretsmanager.SecretVersionsListEntry;
import belfry.gateway.Call;
import belfry.store.Tx;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** ListSecrets and ListSecretVersionIds. */
final class SecretLister {
    private static final int PAGE = 100;

    /** @param nextToken null on the last page */
    record Page(List<Secret> secrets, @Nullable String nextToken) {}

    private SecretLister() {}

    static ListSecretsResponse list(Tx tx, ListSecretsRequest in, Call call) {
        Page page = page(
                tx,
                Place.of(call),
                SecretFilters.of(in.filters()),
                Boolean.TRUE.equals(in.includePlannedDeletion()),
                SecretOrder.of(in.sortBy(), in.sortOrder()),
                in.maxResults() == null ? PAGE : in.maxResults(),
                in.nextToken());
        return new ListSecretsResponse()
                .secretList(
                        page.secrets().stream().map(secret -> entry(tx, secret)).toList())
                .nextToken(page.nextToken());
    }

    static Page page(
            Tx tx,
            Place place,
            Predicate<Secret> filter,
            boolean includeMarked,
            SecretOrder order,
            int limit,
            @Nullable String token) {
        String after = token == null ? null : Marker.read(token).orElseThrow(SecretErrors::invalidToken);
        List<Secret> rest = SecretTable.all(tx, place).stream()
                .filter(secret -> includeMarked || !secret.marked())
                .filter(filter)
                .filter(secret -> after == null || order.compare(order.key(secret), after) > 0)
                .sorted(Comparator.comparing(order::key, order::compare))
                .limit(limit + 1L)
                .toList();
        if (rest.size() <= limit) {
            return new Page(rest, null);
        }
        return new Page(rest.subList(0, limit), Marker.after(order.key(rest.get(limit - 1))));
    }

    static ListSecretVersionIdsResponse versions(Tx tx, ListSecretVersionIdsRequest in, Call call) {
        Secret secret = SecretIds.any(tx, Place.of(call), in.secretId());
        int limit = in.maxResults() == null ? PAGE : in.maxResults();
        String after =
                in.nextToken() == null ? "" : Marker.read(in.nextToken()).orElseThrow(SecretErrors::invalidToken);
        boolean deprecated = Boolean.TRUE.equals(in.includeDeprecated());
        Map<String, List<String>> stages = Stages.byVersion(tx, secret);
        List<Version> rest = VersionTable.all(tx, secret).stream()
                .filter(version -> deprecated || stages.containsKey(version.versionId()))
                .filter(version -> version.versionId().compareTo(after) > 0)
                .sorted(Comparator.comparing(Version::versionId))
                .limit(limit + 1L)
                .toList();
        List<Version> shown = rest.subList(0, Math.min(limit, rest.size()));
        return new ListSecretVersionIdsResponse()
                .arn(secret.arn())
                .name(secret.name())
                .versions(shown.stream()
                        .map(version -> entry(version, stages.get(version.versionId())))
                        .toList())
                .nextToken(rest.size() > limit ? Marker.after(shown.getLast().versionId()) : null);
    }

    private static SecretVersionsListEntry entry(Version version, @Nullable List<String> stages) {
        return new SecretVersionsListEntry()
                .versionId(version.versionId())
                .versionStages(stages)
                .createdDate(version.createdAt())
                .lastAccessedDate(version.accessedOn())
                .kmsKeyIds(List.of(version.kmsKey() == null ? "DefaultEncryptionKey" : version.kmsKey()));
    }

    static SecretListEntry entry(Tx tx, Secret secret) {
        Map<String, List<String>> stages = Stages.byVersion(tx, secret);
        return new SecretListEntry()
                .arn(secret.arn())
                .name(secret.name())
                .description(secret.description())
                .kmsKeyId(secret.kmsKey())
                .createdDate(secret.createdAt())
                .lastChangedDate(secret.changedAt())
                .lastAccessedDate(secret.accessedOn())
                .deletedDate(secret.deletedAt())
                .tags(SecretTags.shown(secret))
                .secretVersionsToStages(stages.isEmpty() ? null : stages);
    }
}
