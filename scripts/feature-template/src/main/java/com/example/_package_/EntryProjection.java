package com.example._package_;

import dev.skelly.eventlog.Tx;
import dev.skelly.feature.Command;
import dev.skelly.feature.Query;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/** The entries as readers see them: the SQL of table {@code _table__entry}. */
final class EntryProjection {

    record KeepEntry(UUID id, String text) implements Command<Void> {}
    record ReadEntries() implements Query<_Name_Latest> {}
    record _Name_Latest(List<String> texts) {}

    static Future<Void> keep(Tx tx, KeepEntry entry) {
        return tx.sql()
                .preparedQuery("insert into _table__entry (id, text) values ($1, $2)")
                .execute(Tuple.of(entry.id(), entry.text()))
                .mapEmpty();
    }

    static Future<_Name_Latest> read(SqlClient sql, ReadEntries query) {
        return sql.query("select text from _table__entry order by id desc limit 20")
                .execute()
                .map(rows -> new _Name_Latest(rows.stream().map(row -> row.getString("text")).toList()));
    }
}
