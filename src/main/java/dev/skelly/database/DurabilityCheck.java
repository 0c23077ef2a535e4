package dev.skelly.database;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks before the start that a database keeps what it acknowledges. */
public final class DurabilityCheck {

    private static final Logger LOGGER = LoggerFactory.getLogger(DurabilityCheck.class);
    private static final int VERSION_MIN = 150_000;
    private static final List<String> NEEDED = List.of("fsync", "synchronous_commit", "full_page_writes");

    private DurabilityCheck() {}

    /**
     * Checks the settings of this login's sessions.
     *
     * @param unsafe whether the operator allows a database that may lose acknowledged commits; then the check only warns
     * @return fails with an {@link IllegalStateException} that says what to change
     */
    public static Future<Void> check(SqlClient sql, boolean unsafe) {
        return sql.query("""
                        select name, setting
                        from pg_settings
                        where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'max_prepared_transactions',
                          'server_version_num')""").execute().map(DurabilityCheck::byName).compose(settings -> judge(settings, unsafe));
    }

    private static Map<String, String> byName(RowSet<Row> rows) {
        var settings = new HashMap<String, String>();
        rows.forEach(row -> settings.put(row.getString("name"), row.getString("setting")));
        return settings;
    }

    private static Future<Void> judge(Map<String, String> settings, boolean unsafe) {
        var version = Integer.parseInt(settings.getOrDefault("server_version_num", "0"));
        if (version < VERSION_MIN) {
            return Future.failedFuture(
                    new IllegalStateException("db.url: PostgreSQL " + version / 10_000 + " (expected: 15 or later)"));
        }
        if (!"0".equals(settings.get("max_prepared_transactions"))) {
            LOGGER.atWarn().log("the database allows prepared transactions; a forgotten one holds back clean-up");
        }
        var off =
                NEEDED.stream().filter(name -> "off".equals(settings.get(name))).toList();
        if (off.isEmpty()) {
            return Future.succeededFuture();
        }
        if (unsafe) {
            LOGGER.atWarn()
                    .addKeyValue("off", off)
                    .log("the database may forget what it acknowledged, as db.unsafe allows");
            return Future.succeededFuture();
        }
        return Future.failedFuture(new IllegalStateException("db.url: " + String.join(", ", off)
                + " off, so the database may forget what it acknowledged (expected: on, or db.unsafe=true)"));
    }
}
