package belfry.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One row of a result: columns by their 1-based position in the select list. */
public final class Row {
    private final ResultSet result;

    Row(ResultSet result) {
        this.result = result;
    }

    /** Text that is never null. */
    public String text(int column) {
        return present(textOrNull(column), column);
    }

    public @Nullable String textOrNull(int column) {
        try {
            return result.getString(column);
        } catch (SQLException e) {
            throw failed(column, e);
        }
    }

    public long number(int column) {
        try {
            return result.getLong(column);
        } catch (SQLException e) {
            throw failed(column, e);
        }
    }

    public @Nullable Long numberOrNull(int column) {
        long value = number(column);
        return wasNull(column) ? null : value;
    }

    public double decimal(int column) {
        try {
            return result.getDouble(column);
        } catch (SQLException e) {
            throw failed(column, e);
        }
    }

    public @Nullable Double decimalOrNull(int column) {
        double value = decimal(column);
        return wasNull(column) ? null : value;
    }

    public boolean flag(int column) {
        return number(column) != 0;
    }

    public Instant instant(int column) {
        return Instant.ofEpochMilli(number(column));
    }

    public @Nullable Instant instantOrNull(int column) {
        Long millis = numberOrNull(column);
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    public byte[] bytes(int column) {
        return present(bytesOrNull(column), column);
    }

    public byte @Nullable [] bytesOrNull(int column) {
        try {
            return result.getBytes(column);
        } catch (SQLException e) {
            throw failed(column, e);
        }
    }

    private boolean wasNull(int column) {
        try {
            return result.wasNull();
        } catch (SQLException e) {
            throw failed(column, e);
        }
    }

    private static <T> T present(@Nullable T value, int column) {
        if (value == null) {
            throw new IllegalStateException("column " + column + " is null");
        }
        return value;
    }

    private static StoreException failed(int column, SQLException e) {
        return new StoreException("column " + column + " could not be read", e);
    }
}
