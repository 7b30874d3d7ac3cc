package belfry.store;

import belfry.base.Bell;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteConfig;

/** The store in one SQLite file: write-ahead log, a flush at every commit, one writer, a few readers. */
public final class SqliteStore implements Store {
    private static final int READERS = 4;
    private static final int WAL_AUTOCHECKPOINT_PAGES = 4_000;
    /** Nobody else should hold the database; a caller is told within a second where somebody does. */
    private static final int BUSY_MILLIS_MAX = 800;

    /** A store that has room for this again has room for calls. */
    private static final int PROBE_BYTES = 64 * 1024;

    /** How often somebody who waits for a connection looks whether the store is closed meanwhile. */
    private static final int LOOK_AGAIN_SECONDS = 1;

    private static final int CACHE_KIB = 32 * 1024;

    private final BlockingQueue<SqliteTx> readers = new ArrayBlockingQueue<>(READERS);
    private final Map<Class<?>, Object> lent = new ConcurrentHashMap<>();
    private final Connector connector;
    private final SqliteTx writing;
    private final GroupCommit writer;
    private volatile boolean closed;

    /** A store on SQLite's own connections whose failed flush only closes it. */
    public SqliteStore(Path file, Consumer<Bell> ring) {
        this(file, ring, Connector.DIRECT, () -> {});
    }

    /**
     * Opens or makes the database and brings its schema up to date.
     *
     * @param file the database file; its folder must exist
     * @param ring called after each commit, for each bell rung in it
     * @param flushFailed called once when a flush to disk has failed: the store is closed then, and what is on disk is
     *     known again only after a restart
     * @throws StoreException if it cannot be opened
     */
    public SqliteStore(Path file, Consumer<Bell> ring, Connector connector, Runnable flushFailed) {
        this.connector = connector;
        String url = "jdbc:sqlite:" + file;
        migrate(url);
        for (int i = 0; i < READERS; i++) {
            readers.add(open(url));
        }
        this.writing = open(url);
        this.writer = new GroupCommit(writing, ring, flushFailed);
    }

    @Override
    public <R> R read(Work<R> work) {
        SqliteTx reader = take();
        try {
            reader.recover();
            reader.execute("BEGIN");
            try {
                return work.run(reader);
            } finally {
                // Nothing was changed; this only lets the snapshot go.
                reader.rollBack();
            }
        } finally {
            readers.add(reader);
        }
    }

    @Override
    public <R> R write(Work<R> work) {
        return writer.run(work, Flush.NOW);
    }

    @Override
    public Store relaying() {
        return new Relaying(this, writer);
    }

    @Override
    public void barrier() {
        writer.barrier();
    }

    @Override
    public <T> void lend(Class<T> type, T service) {
        lent.put(type, service);
    }

    @Override
    public void reset() {
        change(tx -> {
            List<String> tables = tx.query(
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                            + " AND name <> 'flyway_schema_history'",
                    row -> row.text(1));
            tables.forEach(table -> tx.update("DELETE FROM \"" + table + "\""));
            tx.ring(Bell.RESET);
        });
    }

    @Override
    public Optional<String> trouble() {
        if (writer.failure().isPresent()) {
            try {
                change(tx -> tx.update(
                        "INSERT INTO store_probe (id, room) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET room = excluded.room",
                        new byte[PROBE_BYTES]));
                change(tx -> tx.update("DELETE FROM store_probe"));
            } catch (StoreException e) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
        }
        return Optional.empty();
    }

    @Override
    public long flushes() {
        return writer.flushes();
    }

    @Override
    public void close() {
        closed = true;
        writer.close();
        writing.close();
        for (int i = 0; i < READERS; i++) {
            closeReader();
        }
    }

    /** A connection in use is left to its user, whom the end of the process ends too. */
    private void closeReader() {
        try {
            SqliteTx reader = readers.poll(LOOK_AGAIN_SECONDS, TimeUnit.SECONDS);
            if (reader != null) {
                reader.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private SqliteTx take() {
        try {
            while (!closed) {
                SqliteTx reader = readers.poll(LOOK_AGAIN_SECONDS, TimeUnit.SECONDS);
                if (reader != null) {
                    return reader;
                }
            }
            throw new StoreException("the store is closed", new IllegalStateException("closed"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while waiting for the database", e);
        }
    }

    private SqliteTx open(String url) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS_MAX);
        config.setCacheSize(-CACHE_KIB);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, String.valueOf(WAL_AUTOCHECKPOINT_PAGES));
        try {
            return new SqliteTx(connector.open(config, url), lent);
        } catch (SQLException e) {
            throw new StoreException("the database could not be opened", e);
        }
    }

    private static void migrate(String url) {
        try {
            Flyway.configure(SqliteStore.class.getClassLoader())
                    .dataSource(url, "", "")
                    .locations("classpath:belfry/schema")
                    .outOfOrder(true)
                    .loggers("slf4j")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new StoreException("the database could not be opened: " + innermost(e), e);
        }
    }

    /** Flyway's own message is a page; what SQLite said is a sentence. */
    private static String innermost(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
