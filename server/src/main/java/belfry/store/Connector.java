package belfry.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;

/** Opens connections to the database: the seam at which tests let its I/O fail. */
@FunctionalInterface
public interface Connector {
    /** SQLite's own. */
    Connector DIRECT = SQLiteConfig::createConnection;

    Connection open(SQLiteConfig config, String url) throws SQLException;
}
