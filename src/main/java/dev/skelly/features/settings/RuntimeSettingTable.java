package dev.skelly.features.settings;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The SQL of the tables {@code setting_change} and {@code setting_version}. */
final class RuntimeSettingTable {

    /* One statement, so that values and version are of one moment. */
    private static final String READ = """
            select version, key, value
            from setting_version
            left join setting_change on true
            """;

    private static final String LOCK = "update setting_version set version = version + 1 returning version";

    private static final String PUT = """
            insert into setting_change (key, value)
            select * from unnest($1::text[], $2::text[])
            on conflict (key) do update set value = excluded.value
            """;

    private RuntimeSettingTable() {}

    static Future<ChangedSettings> read(SqlClient sql) {
        return sql.preparedQuery(READ).execute().map(RuntimeSettingTable::changed);
    }

    private static ChangedSettings changed(RowSet<Row> rows) {
        var version = 0L;
        var values = new HashMap<String, String>();
        for (var row : rows) {
            version = row.getLong("version");
            if (row.getString("key") != null) {
                values.put(row.getString("key"), row.getString("value"));
            }
        }
        return new ChangedSettings(version, values);
    }

    /** Locks the settings until the transaction ends, and returns them with the version that they get by it. */
    static Future<ChangedSettings> next(SqlClient sql) {
        return sql.query(LOCK).execute().compose(locked -> read(sql));
    }

    static Future<Void> change(SqlClient sql, Map<String, String> values, Set<String> reset) {
        var keys = values.keySet().stream().sorted().toArray(String[]::new);
        var texts = new String[keys.length];
        for (var n = 0; n < keys.length; n++) {
            texts[n] = values.get(keys[n]);
        }
        return sql.preparedQuery("delete from setting_change where key = any ($1)")
                .execute(Tuple.tuple().addArrayOfString(reset.toArray(String[]::new)))
                .compose(gone -> sql.preparedQuery(PUT)
                        .execute(Tuple.tuple().addArrayOfString(keys).addArrayOfString(texts)))
                .mapEmpty();
    }
}
