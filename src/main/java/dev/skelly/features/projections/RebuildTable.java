package dev.skelly.features.projections;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skelly.feature.Problem;
import dev.skelly.feature.ProjectedEvent;
import dev.skelly.feature.Projection;
import io.vertx.core.Future;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The SQL of copies of a projection's tables: in a schema of their own for a rebuild, or temporary. */
final class RebuildTable {

    /** The code of the problem of an event that cannot be applied. */
    static final String FAILED = "projection-failed";

    private static final int SHOWN_ROWS = 100;
    private static final String COPY_ERROR = "P0001";

    /* Connections, rollbacks, resources, locks and operators: https://www.postgresql.org/docs/18/errcodes-appendix.html */
    private static final Set<String> TEMPORARY = Set.of("08", "40", "53", "55", "57");

    private static final String COUNT = """
            select count(*) filter (where present is null) as added, count(*) filter (where rebuilt is null) as removed,
              count(*) filter (where present is not null and rebuilt is not null) as changed
            from projection_difference($1, $2)
            """;

    private static final String ROWS = """
            select coalesce(jsonb_agg(jsonb_build_object('key', key, 'present', present, 'rebuilt', rebuilt)), '[]')::text
            from (select * from projection_difference($1, $2) limit $3) shown
            """;

    private final JsonMapper json;

    RebuildTable(JsonMapper json) {
        this.json = json;
    }

    /** Returns the schema of a rebuild. */
    static String schema(UUID replay) {
        return "skelly_rebuild_" + replay.toString().replace("-", "");
    }

    /** Makes the schema with empty copies, unless it is there. */
    Future<Void> create(SqlClient sql, String schema, Projection projection) {
        return sql.preparedQuery("select exists (select from pg_namespace where nspname = $1)")
                .execute(Tuple.of(schema))
                .compose(rows -> rows.iterator().next().getBoolean(0)
                        ? Future.succeededFuture()
                        : sql.query("create schema " + schema)
                                .execute()
                                .compose(made -> copy(sql, schema, projection)));
    }

    /** Makes temporary copies, which later SQL of this transaction takes for the tables. */
    Future<Void> createTemporary(SqlClient sql, Projection projection) {
        Future<?> made = Future.succeededFuture();
        for (var table : projection.tables()) {
            made = made.compose(done -> sql.query(
                            "create temporary table " + table + " (like " + table + " including all) on commit drop")
                    .execute());
        }
        return made.mapEmpty();
    }

    private Future<Void> copy(SqlClient sql, String schema, Projection projection) {
        return each(sql, projection, "select projection_copy($1, $2)", schema)
                .recover(failure -> Future.failedFuture(
                        failure instanceof PgException refused && COPY_ERROR.equals(refused.getSqlState())
                                ? Problem.conflict(FAILED, String.valueOf(refused.getErrorMessage()))
                                : failure));
    }

    Future<Void> drop(SqlClient sql, String schema) {
        return sql.query("drop schema if exists " + schema + " cascade")
                .execute()
                .mapEmpty();
    }

    /** Waits until no transaction uses the tables, at most 2 s, and lets none begin with them until this one ends. */
    Future<Void> lock(SqlClient sql, Projection projection) {
        return sql.query("set local lock_timeout = '2s'")
                .execute()
                .compose(set -> sql.query(
                                "lock table " + String.join(", ", projection.tables()) + " in access exclusive mode")
                        .execute())
                .mapEmpty();
    }

    /** Puts the copies in the place of the tables, which must be locked. */
    Future<Void> swap(SqlClient sql, String schema, Projection projection) {
        return each(sql, projection, "select projection_switch($1, $2)", schema).compose(done -> drop(sql, schema));
    }

    private static Future<Void> each(SqlClient sql, Projection projection, String statement, String schema) {
        Future<Void> all = Future.succeededFuture();
        for (var table : projection.tables()) {
            all = all.compose(done -> sql.preparedQuery(statement)
                    .execute(Tuple.of(table, schema))
                    .mapEmpty());
        }
        return all;
    }

    /** Applies events to the copies. The projection sees no other table meanwhile. */
    Future<Void> apply(SqlClient sql, String schema, Projection projection, List<ProjectedEvent> events) {
        if (events.isEmpty()) {
            return Future.succeededFuture();
        }
        return sql.query("select current_setting('search_path')")
                .execute()
                .map(rows -> rows.iterator().next().getString(0))
                .compose(path -> path(sql, schema)
                        .compose(set -> apply(sql, projection, events))
                        .compose(done -> path(sql, path)));
    }

    private static Future<Void> path(SqlClient sql, String path) {
        return sql.preparedQuery("select set_config('search_path', $1, true)")
                .execute(Tuple.of(path))
                .mapEmpty();
    }

    /** Applies events. Fails with problem {@link #FAILED} if that is the projection's fault. */
    static Future<Void> apply(SqlClient sql, Projection projection, List<ProjectedEvent> events) {
        return events.isEmpty()
                ? Future.succeededFuture()
                : Future.succeededFuture()
                        .compose(start -> projection.apply(sql, events))
                        .recover(failure -> Future.failedFuture(
                                temporary(failure)
                                        ? failure
                                        : Problem.conflict(
                                                FAILED, "projection " + projection.name() + ": " + failure)));
    }

    private static boolean temporary(Throwable failure) {
        return failure instanceof PgException refused
                ? TEMPORARY.contains(String.valueOf(refused.getSqlState()).substring(0, 2))
                : failure instanceof IOException || failure instanceof VertxException;
    }

    /** Lets all later statements of this transaction see one state of the database; its first statement. */
    static Future<Void> snapshot(SqlClient sql) {
        return sql.query("set transaction isolation level repeatable read")
                .execute()
                .mapEmpty();
    }

    /** Returns the rows in which the tables and their copies differ: numbers, and the first rows side by side. */
    Future<JsonNode> differences(SqlClient sql, String schema, Projection projection) {
        var report = json.createObjectNode();
        Future<?> all = Future.succeededFuture();
        for (var table : projection.tables()) {
            var entry = report.putObject(table);
            all = all.compose(done -> differences(sql, schema, table, entry));
        }
        return all.map(done -> report);
    }

    private Future<Void> differences(SqlClient sql, String schema, String table, ObjectNode entry) {
        return sql.preparedQuery(COUNT)
                .execute(Tuple.of(table, schema))
                .compose(rows -> {
                    var counts = rows.iterator().next();
                    List.of("added", "removed", "changed").forEach(name -> entry.put(name, counts.getLong(name)));
                    return sql.preparedQuery(ROWS).execute(Tuple.of(table, schema, SHOWN_ROWS));
                })
                .map(rows -> {
                    entry.set("rows", tree(rows.iterator().next().getString(0)));
                    return null;
                });
    }

    /** Returns the rows of each table, by primary key order of their text; at most 100. */
    Future<JsonNode> rows(SqlClient sql, Projection projection) {
        var found = json.createObjectNode();
        Future<?> all = Future.succeededFuture();
        for (var table : projection.tables()) {
            all = all.compose(done -> sql.query(
                            "select coalesce(jsonb_agg(r), '[]')::text from (select to_jsonb(t) as r from " + table
                                    + " t order by to_jsonb(t)::text limit " + SHOWN_ROWS + ") shown")
                    .execute()
                    .map(rows -> found.set(table, tree(rows.iterator().next().getString(0)))));
        }
        return all.map(done -> found);
    }

    private JsonNode tree(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database has returned no JSON", e);
        }
    }
}
