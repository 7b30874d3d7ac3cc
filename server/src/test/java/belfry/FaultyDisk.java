package belfry;

import belfry.store.Connector;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * SQLite's own connections, of which the n-th statement can be made to fail as a disk fails: the statement is not run,
 * and SQLite's error code comes back instead.
 */
final class FaultyDisk implements Connector {
    private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
    private volatile SQLiteErrorCode code = SQLiteErrorCode.SQLITE_IOERR_WRITE;
    private volatile String only = "";
    private volatile boolean fired;
    private volatile boolean lasting;
    private volatile @Nullable Connection last;

    /** Lets the n-th statement from now on fail, once, or with all that follow it until {@link #mend}. */
    void failAt(int n, SQLiteErrorCode with, boolean lastingly) {
        code = with;
        only = "";
        lasting = lastingly;
        fired = false;
        left.set(n);
    }

    /** Lets the next statement that begins so fail. */
    void failAt(String sql, SQLiteErrorCode with) {
        failAt(1, with, false);
        only = sql;
    }

    /** Lets everything work again; returns whether anything has failed. */
    boolean mend() {
        left.set(Integer.MAX_VALUE);
        return fired;
    }

    /** Runs a statement straight on the writer's connection, which is opened last. */
    void pragma(String sql) {
        try (Statement statement = Objects.requireNonNull(last).createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Connection open(SQLiteConfig config, String url) throws SQLException {
        Connection real = config.createConnection(url);
        last = real;
        return proxy(Connection.class, (method, arguments) -> {
            Object result = call(real, method, arguments);
            return result instanceof PreparedStatement statement ? watched(statement, (String) arguments[0]) : result;
        });
    }

    private PreparedStatement watched(PreparedStatement statement, String sql) {
        return proxy(PreparedStatement.class, (method, arguments) -> {
            if (method.getName().startsWith("execute") && sql.startsWith(only)) {
                count();
            }
            return call(statement, method, arguments);
        });
    }

    private void count() throws SQLException {
        int now = left.get() == Integer.MAX_VALUE ? Integer.MAX_VALUE : left.decrementAndGet();
        if (now == 0 || (now < 0 && lasting)) {
            fired = true;
            throw new SQLiteException("injected", code);
        }
    }

    @FunctionalInterface
    private interface Calling {
        Object call(Method method, Object[] arguments) throws Throwable;
    }

    private static Object call(Object real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, Calling calling) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> calling.call(method, arguments)));
    }
}
