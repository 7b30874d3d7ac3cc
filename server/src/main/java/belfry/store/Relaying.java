package belfry.store;

import java.util.Optional;

/** A store's {@link Store#relaying} side: the same reads, and writes that do not wait for the disk. */
final class Relaying implements Store {
    private final SqliteStore store;
    private final GroupCommit writer;

    Relaying(SqliteStore store, GroupCommit writer) {
        this.store = store;
        this.writer = writer;
    }

    @Override
    public <R> R read(Work<R> work) {
        return store.read(work);
    }

    @Override
    public <R> R write(Work<R> work) {
        return writer.run(work, Flush.LATER);
    }

    @Override
    public Store relaying() {
        return this;
    }

    @Override
    public void barrier() {
        store.barrier();
    }

    @Override
    public <T> void lend(Class<T> type, T service) {
        store.lend(type, service);
    }

    @Override
    public void reset() {
        store.reset();
    }

    @Override
    public Optional<String> trouble() {
        return store.trouble();
    }

    @Override
    public long flushes() {
        return store.flushes();
    }

    @Override
    public void close() {
        store.close();
    }
}
