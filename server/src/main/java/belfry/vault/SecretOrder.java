package belfry.vault;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * By what a listing of secrets is ordered. The key is text that sorts as wanted and is unique, so that a page can go on
 * after it whatever was added or removed meanwhile.
 */
record SecretOrder(By by, boolean descending) {
    enum By {
        CREATED,
        ACCESSED,
        CHANGED,
        NAME
    }

    static final SecretOrder BY_CREATION = new SecretOrder(By.CREATED, false);

    static SecretOrder of(@Nullable String sortBy, @Nullable String sortOrder) {
        By by = switch (sortBy == null ? "" : sortBy) {
            case "last-accessed-date" -> By.ACCESSED;
            case "last-changed-date" -> By.CHANGED;
            case "name" -> By.NAME;
            case "", "created-date" -> By.CREATED;
            default -> throw SecretErrors.invalidParameter("Invalid SortBy: " + sortBy);
        };
        return new SecretOrder(by, "desc".equals(sortOrder));
    }

    String key(Secret secret) {
        return switch (by) {
            case CREATED -> dated(secret.createdAt(), secret);
            case ACCESSED -> dated(secret.accessedOn(), secret);
            case CHANGED -> dated(secret.changedAt(), secret);
            case NAME -> secret.name();
        };
    }

    int compare(String one, String other) {
        return descending ? other.compareTo(one) : one.compareTo(other);
    }

    private static String dated(@Nullable Instant at, Secret secret) {
        return String.format(Locale.ROOT, "%015d %s", at == null ? 0 : at.toEpochMilli(), secret.name());
    }
}
