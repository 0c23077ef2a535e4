package dev.skelly.eventlog;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;

/**
 * Identifies a log. Travels only between nodes of one cluster.
 *
 * @param epoch changes when the log is restored to an earlier state
 * @param cursorKey 16 bytes that encrypt and decrypt cursors
 */
@SuppressWarnings("ArrayRecordComponent") // Two identities are never compared.
public record LogIdentity(long epoch, byte[] cursorKey) {

    private static final String CHANGE_EPOCH = """
            with former as (select epoch from log_identity for update)
            update log_identity set epoch = $1 from former returning former.epoch
            """;

    /** Loads the identity. */
    public static Future<LogIdentity> load(SqlClient sql) {
        return sql.query("select epoch, cursor_key from log_identity").execute().map(rows -> {
            var row = rows.iterator().next();
            return new LogIdentity(
                    row.getLong("epoch"), row.getBuffer("cursor_key").getBytes());
        });
    }

    /** Changes the epoch. Returns the former one. */
    public static Future<Long> changeEpoch(SqlClient sql, long epoch) {
        return sql.preparedQuery(CHANGE_EPOCH)
                .execute(Tuple.of(epoch))
                .map(rows -> rows.iterator().next().getLong("epoch"));
    }
}
