package dev.skelly.features.settings;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Map;
import java.util.TreeMap;

/** The SQL of table {@code setting_seen}. */
final class SettingTable {

    private static final String LOCK = "lock table setting_seen in share row exclusive mode";

    private static final String PUT =
            "insert into setting_seen (key, value) select * from unnest($1::text[], $2::text[])";

    private SettingTable() {}

    /** Returns the settings of the last start, empty before the first. Locks the table until the transaction ends. */
    static Future<Map<String, String>> lock(SqlClient sql) {
        return sql.query(LOCK)
                .execute()
                .compose(locked ->
                        sql.query("select key, value from setting_seen").execute())
                .map(rows -> {
                    var seen = new TreeMap<String, String>();
                    rows.forEach(row -> seen.put(row.getString("key"), row.getString("value")));
                    return seen;
                });
    }

    static Future<Void> replace(SqlClient sql, Map<String, String> values) {
        var sorted = new TreeMap<>(values);
        return sql.query("delete from setting_seen")
                .execute()
                .compose(gone -> sql.preparedQuery(PUT)
                        .execute(Tuple.tuple()
                                .addArrayOfString(sorted.keySet().toArray(String[]::new))
                                .addArrayOfString(sorted.values().toArray(String[]::new))))
                .mapEmpty();
    }
}
