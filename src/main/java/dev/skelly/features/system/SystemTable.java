package dev.skelly.features.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The SQL of the tables {@code system_node} and {@code system_metrics}. Times are those of the database, which all nodes share. */
final class SystemTable {

    /** The counts stop here, so that they cost little whatever they count. */
    static final int COUNT_MAX = 10_000;

    private static final String PUT = """
            insert into system_node (node, figures, seen_at)
            values ($1, $2, clock_timestamp())
            on conflict (node) do update set figures = excluded.figures, seen_at = excluded.seen_at
            """;

    private static final String SILENT = """
            delete from system_node
            where abs(extract(epoch from clock_timestamp() - seen_at)) > $1::float8 / 1000
            returning node, seen_at
            """;

    private static final String LEVELS = """
            select
              log_head() as head,
              clock_timestamp() as now,
              (select count(*) from (select from inbox where state in ('running', 'waiting') limit $1) counted) as pending,
              (select count(*) from (select from dead_letter where state = 'open' limit $1) counted) as dead
            """;

    private static final String LOCK = "select head, measured_at, own, shown from system_metrics for update";

    private static final String MEASURED =
            "update system_metrics set head = $1, measured_at = $2, own = $3, shown = coalesce($4, shown)";

    /** A node that has not reported for too long. */
    record SilentNode(String node, Instant seenAt) {}

    /**
     * The last measurement.
     *
     * @param head the log's head then
     * @param own whether it appended an event itself
     * @param shown the levels of the last event; empty before the first
     */
    record LastMeasured(long head, Instant at, boolean own, String shown) {}

    /**
     * Levels of the database.
     *
     * @param pending events that a worker runs or will retry
     * @param dead open dead letters
     */
    record Levels(long head, Instant now, int pending, int dead) {}

    private final JsonMapper json;

    SystemTable(JsonMapper json) {
        this.json = json;
    }

    Future<Void> put(SqlClient sql, SystemEvent.NodeFigures figures) {
        var row = Tuple.of(
                figures.node(), new JsonObject(json.valueToTree(figures).toString()));
        return sql.preparedQuery(PUT).execute(row).mapEmpty();
    }

    static Future<Void> forget(SqlClient sql, String node) {
        return sql.preparedQuery("delete from system_node where node = $1")
                .execute(Tuple.of(node))
                .mapEmpty();
    }

    static Future<List<SilentNode>> takeSilent(SqlClient sql, long millis) {
        return sql.preparedQuery(SILENT)
                .execute(Tuple.of((double) millis))
                .map(rows -> rows.stream()
                        .map(row -> new SilentNode(
                                row.getString("node"),
                                row.getOffsetDateTime("seen_at").toInstant()))
                        .toList());
    }

    Future<List<SystemEvent.NodeFigures>> nodes(SqlClient sql) {
        return sql.query("select figures::text as figures from system_node order by node")
                .execute()
                .map(rows -> rows.stream().map(this::figures).toList());
    }

    private SystemEvent.NodeFigures figures(Row row) {
        try {
            return json.readValue(row.getString("figures"), SystemEvent.NodeFigures.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("figures of a node are not JSON", e);
        }
    }

    static Future<Levels> levels(SqlClient sql) {
        return sql.preparedQuery(LEVELS).execute(Tuple.of(COUNT_MAX)).map(rows -> {
            var row = rows.iterator().next();
            return new Levels(
                    row.getLong("head"),
                    row.getOffsetDateTime("now").toInstant(),
                    row.getLong("pending").intValue(),
                    row.getLong("dead").intValue());
        });
    }

    /** Returns the last measurement, locked until the transaction ends. */
    static Future<LastMeasured> lock(SqlClient sql) {
        return sql.query(LOCK).execute().map(rows -> {
            var row = rows.iterator().next();
            return new LastMeasured(
                    row.getLong("head"),
                    row.getOffsetDateTime("measured_at").toInstant(),
                    row.getBoolean("own"),
                    row.getString("shown"));
        });
    }

    /** Stores a measurement; {@code shown} is null when it emitted nothing. */
    static Future<Void> measured(SqlClient sql, Levels levels, @Nullable String shown) {
        var row = Tuple.of(levels.head(), levels.now().atOffset(ZoneOffset.UTC), shown != null, shown);
        return sql.preparedQuery(MEASURED).execute(row).mapEmpty();
    }
}
