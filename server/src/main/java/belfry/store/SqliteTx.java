package belfry.store;

import belfry.base.Bell;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/**
 * A connection with its prepared statements, used by one thread at a time. Preparing costs more than running for the
 * small statements of the stages, hence the cache.
 */
final class SqliteTx implements Tx, AutoCloseable {
    private static final int STATEMENTS_MAX = 400;

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(64, 0.75f, true);
    private final Set<Bell> bells = new LinkedHashSet<>();
    private final Map<Class<?>, Object> lent;
    private int savepoints;
    /** A rollback failed, so a transaction may still be open. */
    private boolean open;

    SqliteTx(Connection connection, Map<Class<?>, Object> lent) {
        this.connection = connection;
        this.lent = lent;
    }

    @Override
    public <T> Optional<T> lent(Class<T> type) {
        return Optional.ofNullable(lent.get(type)).map(type::cast);
    }

    @Override
    public <R> List<R> query(String sql, RowMapper<R> mapper, @Nullable Object... parameters) {
        return run(sql, parameters, statement -> {
            List<R> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                Row row = new Row(result);
                while (result.next()) {
                    rows.add(mapper.map(row));
                }
            }
            return rows;
        });
    }

    @Override
    public <R> Optional<R> first(String sql, RowMapper<R> mapper, @Nullable Object... parameters) {
        return run(sql, parameters, statement -> {
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? Optional.of(mapper.map(new Row(result))) : Optional.empty();
            }
        });
    }

    @Override
    public int update(String sql, @Nullable Object... parameters) {
        return run(sql, parameters, PreparedStatement::executeUpdate);
    }

    @Override
    public int[] updateAll(String sql, List<@Nullable Object[]> parameters) {
        if (parameters.isEmpty()) {
            return new int[0];
        }
        return run(sql, new Object[0], statement -> {
            for (@Nullable Object[] row : parameters) {
                bind(statement, row);
                statement.addBatch();
            }
            return statement.executeBatch();
        });
    }

    @Override
    public <R> R attempt(Store.Work<R> work) {
        String name = "s" + savepoints++;
        Set<Bell> before = new LinkedHashSet<>(bells);
        try {
            mark("SAVEPOINT " + name);
            R result = undoing(work, name, before);
            mark("RELEASE " + name);
            return result;
        } finally {
            savepoints--;
        }
    }

    private <R> R undoing(Store.Work<R> work, String name, Set<Bell> before) {
        try {
            return work.run(this);
        } catch (StoreException e) {
            if (e.local()) {
                undo(name, before);
            }
            // Else the whole transaction goes, and the savepoint with it; SQLite may have done so already.
            throw e;
        } catch (RuntimeException | Error e) {
            undo(name, before);
            throw e;
        }
    }

    private void undo(String name, Set<Bell> before) {
        mark("ROLLBACK TO " + name);
        mark("RELEASE " + name);
        bells.retainAll(before);
    }

    /** Without its savepoints a transaction is not to be trusted: no failure here concerns one piece of work only. */
    private void mark(String sql) {
        try {
            execute(sql);
        } catch (StoreException e) {
            throw new StoreException(String.valueOf(e.getMessage()), e.getCause() == null ? e : e.getCause());
        }
    }

    @Override
    public void ring(Bell bell) {
        bells.add(bell);
    }

    /**
     * Ends a transaction without keeping anything. Where even that fails it is tried again before the next one begins, so
     * that a connection outlives a failing disk.
     */
    void rollBack() {
        bells.clear();
        try {
            execute("ROLLBACK");
            open = false;
        } catch (StoreException e) {
            // After some failures SQLite has rolled back by itself, and there is nothing left to undo.
            open = !e.local();
        }
    }

    /** Ends what an earlier failure may have left open. */
    void recover() {
        if (open) {
            rollBack();
        }
    }

    /** The bells rung since the last call; the transaction is over. */
    Set<Bell> takeBells() {
        Set<Bell> rung = Set.copyOf(bells);
        bells.clear();
        return rung;
    }

    void execute(String sql) {
        run(sql, new Object[0], statement -> statement.execute());
    }

    /** Not kept among the prepared statements: some pragmas take effect when they are prepared. */
    void pragma(String text) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA " + text);
        } catch (SQLException e) {
            throw new StoreException(message("PRAGMA " + text, e), e, local(e));
        }
    }

    @Override
    public void close() {
        try {
            for (PreparedStatement statement : statements.values()) {
                statement.close();
            }
            connection.close();
        } catch (SQLException e) {
            throw new StoreException("the database could not be closed", e);
        }
    }

    @FunctionalInterface
    private interface Use<R> {
        R apply(PreparedStatement statement) throws SQLException;
    }

    private <R> R run(String sql, @Nullable Object[] parameters, Use<R> use) {
        // A statement in use is taken out of the cache, so that a mapper may run the same SQL again.
        PreparedStatement statement = statements.remove(sql);
        try {
            if (statement == null) {
                statement = connection.prepareStatement(sql, Statement.NO_GENERATED_KEYS);
            }
            bind(statement, parameters);
            R result = use.apply(statement);
            keep(sql, statement);
            return result;
        } catch (SQLException e) {
            closeQuietly(statement);
            throw new StoreException(message(sql, e), e, local(e));
        }
    }

    private void keep(String sql, PreparedStatement statement) throws SQLException {
        PreparedStatement twin = statements.put(sql, statement);
        if (twin != null) {
            twin.close();
        }
        if (statements.size() > STATEMENTS_MAX) {
            var eldest = statements.entrySet().iterator().next();
            statements.remove(eldest.getKey());
            eldest.getValue().close();
        }
    }

    /** The statement's text, never its parameters: those may be secrets. */
    private static String message(String sql, SQLException e) {
        return "the database failed (" + e.getMessage() + ") at: " + sql;
    }

    private static boolean local(SQLException e) {
        // The low byte is SQLite's primary result code; the rest tells more of the same.
        int primary = e.getErrorCode() & 0xFF;
        return primary == SQLiteErrorCode.SQLITE_CONSTRAINT.code
                || primary == SQLiteErrorCode.SQLITE_ERROR.code
                || primary == SQLiteErrorCode.SQLITE_MISMATCH.code
                || primary == SQLiteErrorCode.SQLITE_RANGE.code
                || primary == SQLiteErrorCode.SQLITE_TOOBIG.code;
    }

    private static void closeQuietly(@Nullable PreparedStatement statement) {
        if (statement == null) {
            return;
        }
        try {
            statement.close();
        } catch (SQLException e) {
            // The failure that led here is the one to report.
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object[] parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            bind(statement, i + 1, parameters[i]);
        }
    }

    private static void bind(PreparedStatement statement, int at, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> statement.setObject(at, null);
            case String text -> statement.setString(at, text);
            case Long number -> statement.setLong(at, number);
            case Integer number -> statement.setInt(at, number);
            case Double number -> statement.setDouble(at, number);
            case Boolean flag -> statement.setInt(at, flag ? 1 : 0);
            case Instant instant -> statement.setLong(at, instant.toEpochMilli());
            case byte[] bytes -> statement.setBytes(at, bytes);
            default ->
                throw new IllegalArgumentException("a " + value.getClass().getSimpleName() + " cannot be a parameter");
        }
    }
}
