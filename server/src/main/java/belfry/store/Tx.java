package belfry.store;

import belfry.base.Bell;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A transaction, as work sees it. Parameters may be {@link String}, {@link Long}, {@link Integer}, {@link Double},
 * {@link Boolean} (kept as 0 and 1), {@code byte[]}, {@link Instant} (kept as epoch milliseconds) or null.
 */
public interface Tx {
    /** Makes a value of a row. */
    @FunctionalInterface
    interface RowMapper<R> {
        R map(Row row);
    }

    /** All rows. Bound the result in the SQL where it could be large. */
    <R> List<R> query(String sql, RowMapper<R> mapper, @Nullable Object... parameters);

    /** The first row, or empty. */
    <R> Optional<R> first(String sql, RowMapper<R> mapper, @Nullable Object... parameters);

    /** Runs an insert, update or delete; returns the count of rows changed. */
    int update(String sql, @Nullable Object... parameters);

    /**
     * Runs one insert, update or delete for each list of parameters, in their order, for less than as many calls of
     * {@link #update}; returns the count of rows each has changed.
     */
    int[] updateAll(String sql, List<@Nullable Object[]> parameters);

    /**
     * Runs {@code work} inside a savepoint: what it throws is thrown on, after everything it wrote has been undone. So an
     * operation's effect can be taken back while the record of its failure is kept.
     */
    <R> R attempt(Store.Work<R> work);

    /** Rings {@code bell} once this transaction is durable; not at all if it is not. */
    void ring(Bell bell);

    /** What was lent to all transactions of this store ({@link Store#lend}); empty where nothing was. */
    <T> Optional<T> lent(Class<T> type);

    /** A count: the first column of the first row, 0 if there is none. */
    default long count(String sql, @Nullable Object... parameters) {
        return first(sql, row -> row.number(1), parameters).orElse(0L);
    }

    /** A time: the first column of the first row, empty if there is none or it is null. */
    default Optional<Instant> instant(String sql, @Nullable Object... parameters) {
        return first(sql, row -> Optional.ofNullable(row.instantOrNull(1)), parameters)
                .flatMap(at -> at);
    }
}
