package dev.skelly.eventlog;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The SQL of table {@code retention_period}: the retention of each type, as it was declared last. */
public final class StoredRetentionTable {

    /**
     * The limited retention of a type.
     *
     * @param names all stored names of the type
     */
    public record StoredRetention(String type, List<String> names, Duration period) {}

    private static final String REMEMBER = """
            insert into retention_period as r (type, names, seconds)
            select type, string_to_array(names, E'\\n'), seconds
            from unnest($1::text[], $2::text[], $3::bigint[]) as declared (type, names, seconds)
            on conflict (type) do update set names = excluded.names, seconds = excluded.seconds
            where r.names <> excluded.names or r.seconds <> excluded.seconds
            """;

    private static final String ADD = """
            insert into retention_period (type, names, seconds)
            select gone.type, array[gone.type], gone.seconds
            from unnest($1::text[], $2::bigint[]) as gone (type, seconds)
            where not exists (select from retention_period r where gone.type = any (r.names))
            on conflict (type) do nothing
            """;

    private static final String FORGET = "delete from retention_period where type = any ($1)";

    private StoredRetentionTable() {}

    /**
     * Stores what is declared now.
     *
     * @param unlimited names of declared types whose data is kept for ever
     */
    public static Future<Void> remember(SqlClient sql, List<StoredRetention> limited, Collection<String> unlimited) {
        return sql.preparedQuery(REMEMBER)
                .execute(Tuple.of(
                        limited.stream().map(StoredRetention::type).toArray(String[]::new),
                        limited.stream()
                                .map(retention -> String.join("\n", retention.names()))
                                .toArray(String[]::new),
                        limited.stream()
                                .map(retention -> retention.period().toSeconds())
                                .toArray(Long[]::new)))
                .compose(stored -> sql.preparedQuery(FORGET).execute(Tuple.of(unlimited.toArray(String[]::new))))
                .mapEmpty();
    }

    /** Stores the retentions of types that are not declared, by stored name. One that is stored already stays as it is. */
    public static Future<Void> add(SqlClient sql, Map<String, Duration> undeclared) {
        return undeclared.isEmpty()
                ? Future.succeededFuture()
                : sql.preparedQuery(ADD)
                        .execute(Tuple.tuple()
                                .addArrayOfString(undeclared.keySet().toArray(String[]::new))
                                .addArrayOfLong(undeclared.values().stream()
                                        .map(Duration::toSeconds)
                                        .toArray(Long[]::new)))
                        .mapEmpty();
    }

    /** Returns what is stored, by type. */
    public static Future<List<StoredRetention>> all(SqlClient sql) {
        return sql.query("select type, names, seconds from retention_period order by type")
                .execute()
                .map(rows -> rows.stream()
                        .map(row -> new StoredRetention(
                                row.getString("type"),
                                List.of(row.getArrayOfStrings("names")),
                                Duration.ofSeconds(row.getLong("seconds"))))
                        .toList());
    }
}
