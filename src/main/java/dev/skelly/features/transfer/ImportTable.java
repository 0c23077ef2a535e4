package dev.skelly.features.transfer;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The SQL that finds events that are in the log already, with or without a position. */
final class ImportTable {

    private static final String FIND = """
            select id, type, type_version, subject, channels, data::text as data
            from event
            where id = any ($1)
            """;

    private ImportTable() {}

    /** An event in the log, without its encrypted fields. */
    record KnownImport(String type, int version, String subject, List<String> channels, String data) {}

    static Future<Map<UUID, KnownImport>> find(SqlClient sql, Collection<UUID> ids) {
        return sql.preparedQuery(FIND)
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .map(rows -> {
                    var known = new HashMap<UUID, KnownImport>();
                    rows.forEach(row -> known.put(
                            row.getUUID("id"),
                            new KnownImport(
                                    row.getString("type"),
                                    row.getInteger("type_version"),
                                    row.getString("subject"),
                                    List.of(row.getArrayOfStrings("channels")),
                                    row.getString("data"))));
                    return known;
                });
    }
}
