package belfry.store;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * One database. Work runs in transactions: reads see one consistent snapshot, writes are serial and durable.
 *
 * <p>Group commit: all writers waiting at one moment share one transaction and one flush to disk; each piece of work has
 * a savepoint of its own, so one that throws leaves no trace and does not disturb the others.
 */
public interface Store extends AutoCloseable {
    /** What runs inside a transaction. It may run on another thread than the caller's. */
    @FunctionalInterface
    interface Work<R> {
        R run(Tx tx);
    }

    /**
     * Runs {@code work} on a consistent snapshot; it can change nothing.
     *
     * @throws StoreException when the database fails
     */
    <R> R read(Work<R> work);

    /**
     * Runs {@code work} alone among writers and returns its result once it is on disk. What {@code work} throws is thrown
     * here, with everything it wrote undone. The work must be short: no network, no waiting, no other transaction.
     *
     * @throws StoreException when the database fails; then nothing of the work is kept
     */
    <R> R write(Work<R> work);

    /** Like {@link #write}, for work without a result. */
    default void change(Consumer<Tx> work) {
        var unused = write(tx -> {
            work.accept(tx);
            return true;
        });
    }

    /**
     * Lends {@code service} to all transactions from now on, for code that is given nothing but a {@link Tx}. Once, at the
     * start; meant for what belongs to reading and writing rows, such as sealing them.
     */
    <T> void lend(Class<T> type, T service);

    /** Forgets everything: every row of every stage. For development mode only. */
    void reset();

    /**
     * The same database for work between two stages: {@link #write} returns once the work is committed, without waiting
     * for the disk. Commits reach the disk in their order, so a power cut takes back the newest of them together: a
     * cursor never without its effects, and the stage does that work again. A killed process loses nothing.
     *
     * <p>Nothing that has left the server may rest on such work: {@link #barrier} first.
     */
    Store relaying();

    /**
     * Returns once everything committed so far is on disk.
     *
     * @throws StoreException when the database fails
     */
    void barrier();

    /**
     * Why nothing can be written just now (disk full, read-only, I/O error); empty where it can. After a failure this
     * tries a write, so that the answer is true even if nobody else writes.
     */
    Optional<String> trouble();

    /** How many commits waited for the disk so far: for benchmarks and health. */
    long flushes();

    @Override
    void close();
}
