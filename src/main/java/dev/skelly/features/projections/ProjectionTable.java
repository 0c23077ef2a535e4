package dev.skelly.features.projections;

import dev.skelly.feature.FindProjection;
import dev.skelly.feature.Projection;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The SQL of table {@code projection}. */
final class ProjectionTable {

    private static final String REGISTER =
            "insert into projection (name, version) values ($1, $2) on conflict (name) do nothing";

    private static final String BEHIND = """
            select not exists (select from projection where name = $1) and exists (select from event where type = any ($2))
            """;

    private static final String READ = "select position, paused, log_head() as head from projection where name = $1";

    private static final String APPLIED =
            "update projection set position = $2, error = null, attempts = 0, retry_at = null where name = $1";

    private static final String REBUILT = """
            update projection set position = $2, version = $3, error = null, attempts = 0, retry_at = null where name = $1
            """;

    private static final String HALT = """
            update projection
            set error = $2, attempts = attempts + 1, retry_at = now() + least(60, 2 ^ least(attempts, 10)) * interval '1 second'
            where name = $1
            """;

    private static final String PAUSE = """
            update projection set paused = $2, retry_at = null where name = $1
            returning (select old.paused from projection old where old.name = $1) as before
            """;

    /* How long ago the oldest event was written that is not applied: at most one row is read by its position. */
    private static final String ALL = """
            select p.name, p.version, p.position, p.paused, p.error, head.head,
              coalesce(extract(epoch from now() - oldest.time), 0)::float8 as behind,
              (not p.paused and (p.retry_at is null or p.retry_at <= now() or p.retry_at > now() + interval '2 minutes')) as due
            from log_head() as head (head)
            cross join projection p
            left join lateral (select e.time from event e where e.position = p.position + 1) oldest on true
            where p.name = any ($1)
            order by p.name
            """;

    private ProjectionTable() {}

    /**
     * A row.
     *
     * @param version by which its rows were built
     * @param error why the next event cannot be applied; null if it can
     * @param head the newest position of the log
     * @param behindSeconds the age of the oldest event that is not applied
     * @param due whether it may be advanced now
     */
    record Progress(
            String name,
            int version,
            long position,
            boolean paused,
            @Nullable String error,
            long head,
            double behindSeconds,
            boolean due) {}

    /** How far one is, and the log. */
    record CheckpointRow(long position, boolean paused, long head) {}

    /** Returns whether a projection is not registered and the log holds events of its types. */
    static Future<Boolean> behind(SqlClient sql, Projection projection) {
        return sql.preparedQuery(BEHIND)
                .execute(Tuple.tuple()
                        .addString(projection.name())
                        .addArrayOfString(projection.types().toArray(String[]::new)))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    static Future<Void> register(SqlClient sql, Projection projection) {
        return sql.preparedQuery(REGISTER)
                .execute(Tuple.of(projection.name(), projection.version()))
                .mapEmpty();
    }

    static Future<CheckpointRow> lock(SqlClient sql, String name) {
        return reach(sql, READ + " for update", name);
    }

    static Future<CheckpointRow> read(SqlClient sql, String name) {
        return reach(sql, READ, name);
    }

    private static Future<CheckpointRow> reach(SqlClient sql, String statement, String name) {
        return sql.preparedQuery(statement).execute(Tuple.of(name)).map(rows -> {
            Row row = rows.iterator().next();
            return new CheckpointRow(row.getLong("position"), row.getBoolean("paused"), row.getLong("head"));
        });
    }

    static Future<Void> applied(SqlClient sql, String name, long position) {
        return sql.preparedQuery(APPLIED).execute(Tuple.of(name, position)).mapEmpty();
    }

    static Future<Void> rebuilt(SqlClient sql, Projection projection, long position) {
        return sql.preparedQuery(REBUILT)
                .execute(Tuple.of(projection.name(), position, projection.version()))
                .mapEmpty();
    }

    static Future<Void> halt(SqlClient sql, String name, String error) {
        return sql.preparedQuery(HALT).execute(Tuple.of(name, error)).mapEmpty();
    }

    /** Returns whether it was another state before. */
    static Future<Boolean> pause(SqlClient sql, String name, boolean paused) {
        return sql.preparedQuery(PAUSE)
                .execute(Tuple.of(name, paused))
                .map(rows -> rows.iterator().next().getBoolean("before") != paused);
    }

    static Future<List<Progress>> all(SqlClient sql, Collection<String> names) {
        return sql.preparedQuery(ALL)
                .execute(Tuple.of(names.toArray(String[]::new)))
                .map(rows -> rows.stream()
                        .map(row -> new Progress(
                                row.getString("name"),
                                row.getInteger("version"),
                                row.getLong("position"),
                                row.getBoolean("paused"),
                                row.getString("error"),
                                row.getLong("head"),
                                row.getDouble("behind"),
                                row.getBoolean("due")))
                        .toList());
    }

    static Future<FindProjection.ProjectionReach> find(SqlClient sql, FindProjection query) {
        return all(sql, List.of(query.name())).map(rows -> {
            if (rows.isEmpty()) {
                return new FindProjection.ProjectionReach(0, false, null);
            }
            var row = rows.get(0);
            return new FindProjection.ProjectionReach(row.position(), row.paused(), row.error());
        });
    }
}
