package dev.skelly.eventlog;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;

/**
 * Which log this is. Travels between nodes of one cluster only.
 *
 * @param epoch changed when the log is restored to an earlier state
 * @param cursorKey 16 bytes by which cursors are written and read
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares two of them.
public record LogIdentity(long epoch, byte[] cursorKey) {

    /** Reads it. */
    public static Future<LogIdentity> load(SqlClient sql) {
        return sql.query("select epoch, cursor_key from log_identity").execute().map(rows -> {
            var row = rows.iterator().next();
            return new LogIdentity(
                    row.getLong("epoch"), row.getBuffer("cursor_key").getBytes());
        });
    }
}
